/** How many schedules are played; the long form is `npm run schedules`. */
export const schedulesWanted = Number(process.env['SCHEDULES'] ?? 4);
/** The same schedules each time, unless a seed says where to go on; a failure prints seed and path, and both play it again. */
export const firstSeed = Number(process.env['SCHEDULES_SEED'] ?? 20_261_128);
export const path = process.env['SCHEDULES_PATH'];
/** After so many minutes no further schedules are begun: the next run goes on where this one ended. */
export const budgetMs = Number(process.env['SCHEDULES_MINUTES'] ?? Number.POSITIVE_INFINITY) * 60_000;
/** How many of the planted faults are looked for; there are no more than fourteen. */
export const plantedWanted = Number(process.env['PLANTED'] ?? 2);
