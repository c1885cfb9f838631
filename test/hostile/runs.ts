/** How many malformed requests are generated; more with HOSTILE_REQUESTS. */
export const requestsWanted = Number(process.env['HOSTILE_REQUESTS'] ?? 600);

/** A failing run prints its seed; HOSTILE_SEED sends the same requests again. */
export const seed = Number(process.env['HOSTILE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How much CPU one turn of the event loop may take, in ms; only asserted where it is asked for, for it is a timing. */
export const heldMsMax = Number(process.env['HOSTILE_HELD_MS'] ?? Infinity);

process.stdout.write(`Hostile: ${requestsWanted} requests, HOSTILE_SEED=${seed}\n`);
