/** How many histories of signed and forged acts are played; more with SIGNED_RUNS. */
export const runs = Number(process.env['SIGNED_RUNS'] ?? 8);

/** A failing run prints its seed; SIGNED_SEED plays the same histories again. */
export const seed = Number(process.env['SIGNED_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

process.stdout.write(`Signed acts: ${runs} histories, SIGNED_SEED=${seed}\n`);
