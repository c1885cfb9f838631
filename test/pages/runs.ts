/** How many random acts are given to whoever follows; more with FOLLOWING_ACTS. */
export const actsWanted = Number(process.env['FOLLOWING_ACTS'] ?? 40);

/** A failing run names its seed; FOLLOWING_SEED gives the same acts again. */
export const seed = Number(process.env['FOLLOWING_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
