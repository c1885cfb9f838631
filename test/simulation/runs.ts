/** How many histories are generated; more with SIMULATION_RUNS. */
export const runs = Number(process.env['SIMULATION_RUNS'] ?? 1_000);

/** A failing run prints its seed; SIMULATION_SEED plays the same histories again. */
export const seed = Number(process.env['SIMULATION_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

process.stdout.write(`Simulation: ${runs} histories, SIMULATION_SEED=${seed}\n`);
