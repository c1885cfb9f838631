/** GOLDEN_WRITE=1 writes the events that are missing; those that are there are never touched. */
export const writesMissing = process.env['GOLDEN_WRITE'] === '1';
