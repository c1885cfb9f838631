/** A server on which the contract is run too, as in `esdb://admin:changeit@127.0.0.1:2113?tls=false`. */
export const serverUrl = process.env['EVENTSTOREDB_TEST_URL'];

/** How many faults the store must come through, two after each other; more with FAULTS. */
export const faultRuns = Number(process.env['FAULTS'] ?? 12);

/** A failing run prints its seed; FAULTS_SEED strikes with the same pairs again. */
export const faultSeed = Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How many faults it must come through while real time passes; without it only the few that CI has time for. */
export const realFaultRuns = Number(process.env['REAL_FAULTS'] ?? 0);

/** How many events a subscription must catch up on in flat memory; CATCH_UP_EVENTS=300000 is the promised size. */
export const catchUpEvents = Number(process.env['CATCH_UP_EVENTS'] ?? 20_000);
