/** How many answers about past moments are kept and asked again, and how much is written in between. */
export const finalAnswers = Number(process.env['FINAL_ANSWERS'] ?? 120);
export const finalWrites = Number(process.env['FINAL_WRITES'] ?? 150);

/** The same in every run unless another is asked for, so that what fails is what changed. */
export const finalSeed = Number(process.env['FINAL_SEED'] ?? 82_952_755);

/** How many histories are made of which each list is kept and asked again. */
export const pastHistories = Number(process.env['PAST_HISTORIES'] ?? 2);
