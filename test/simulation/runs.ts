/** How many histories of each kind are generated; more with SIMULATION_RUNS. */
export const runs = Number(process.env['SIMULATION_RUNS'] ?? 250);

/** CI plays the same histories each time, so that what fails there is what changed; elsewhere they are new ones. */
const drawn = process.env['CI'] === undefined ? Math.floor(Math.random() * 2 ** 31) : 383_058_627;
/** A failing run prints its seed and the path to the failure; SIMULATION_SEED and SIMULATION_PATH play that one again. */
const seed = Number(process.env['SIMULATION_SEED'] ?? drawn);
const path = process.env['SIMULATION_PATH'];

/** A shorter history that fails as well takes minutes to find, so it is looked for only where one failure is played again. */
export const settings =
  path === undefined ? { numRuns: runs, seed, endOnFailure: true } : { numRuns: runs, seed, path };

/** What asks no store is played in no time, and shrunk in none. */
export const pureSettings = { numRuns: Math.max(runs, 1_000), seed };

/** A long run may take hours. */
export const timeoutMs = 240_000 + runs * 4_000;

/** Few histories need not come to everything that there is. */
export const isMany = runs >= 200 && path === undefined;

process.stdout.write(`Simulation: ${runs} histories, SIMULATION_SEED=${seed}\n`);
