/** How many answers about past moments are kept and asked again, and how much is written in between. */
export const finalAnswers = Number(process.env['FINAL_ANSWERS'] ?? 120);
export const finalWrites = Number(process.env['FINAL_WRITES'] ?? 150);

/** A failing run prints its seed; FINAL_SEED asks and writes the same again. */
export const finalSeed = Number(process.env['FINAL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
