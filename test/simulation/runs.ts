import fc from 'fast-check';

/** How many histories of the most frequent kind are generated; more with SIMULATION_RUNS. */
export const runs = Number(process.env['SIMULATION_RUNS'] ?? 110);
/** Of kinds that are longer, or that are looked at more closely. */
export const fewerRuns = Math.max(1, Math.ceil(runs / 5));

/** Whole books and pages take as long to make as all the rest, so only one in so many is compared. */
export const viewsOfOneIn = Number(process.env['SIMULATION_VIEWS'] ?? 3);

/** The same histories each time, so that what fails is what changed; SIMULATION_FRESH=1 draws new ones. */
const drawn = process.env['SIMULATION_FRESH'] === '1' ? Math.floor(Math.random() * 2 ** 31) : 383_058_627;
/** A failing run prints its seed and the path to the failure; SIMULATION_SEED and SIMULATION_PATH play that one again. */
const firstSeed = Number(process.env['SIMULATION_SEED'] ?? drawn);
const path = process.env['SIMULATION_PATH'];
/** After so many minutes a kind of history begins no further hundred: the next run goes on where this one ended. */
const budgetMs = Number(process.env['SIMULATION_MINUTES'] ?? Number.POSITIVE_INFINITY) * 60_000;

/** What asks no store is played in no time, and shrunk in none. */
export const pureSettings = { numRuns: Math.max(runs, 1_000), seed: firstSeed };

/** A long run may take hours. */
export const timeoutMs = 240_000 + runs * 4_000;

/** Few histories need not come to everything that there is. */
export const isMany = runs >= 2_000 && path === undefined && !Number.isFinite(budgetMs);

/** So many histories share a seed; the next ones have the next. */
const perSeed = 100;

/**
 * Plays `wanted` histories, by hundreds, each from a seed of its own, until the budget is spent; then it says by which
 * seed to go on. A shorter history that fails as well takes minutes to find, so it is looked for only where one failure
 * is played again.
 */
export async function assertMany<T>(
  name: string,
  property: fc.IAsyncProperty<T>,
  wanted: number = runs,
): Promise<void> {
  if (path !== undefined) return fc.assert(property, { numRuns: perSeed, seed: firstSeed, path });
  const began = performance.now();
  let played = 0;
  let seed = firstSeed;
  for (; played < wanted && performance.now() - began < budgetMs; seed += 1) {
    const numRuns = Math.min(perSeed, wanted - played);
    await fc.assert(property, { numRuns, seed, endOnFailure: true });
    played += numRuns;
  }
  const rest = wanted - played;
  const next = rest === 0 ? '' : `; go on with SIMULATION_SEED=${seed} for the other ${rest}`;
  process.stdout.write(
    `${name}: ${played} of ${wanted} histories from SIMULATION_SEED=${firstSeed}${next}\n`,
  );
}
