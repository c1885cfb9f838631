/** GOLDEN_WRITE=1 writes the events that are missing; those that are there are never touched. */
export const writesMissing = process.env['GOLDEN_WRITE'] === '1';

/** `WALK_TEXTS=before npm test -- test/demo/walk` writes all that is answered into `test/demo/walked/before`. */
export const walkedTexts = process.env['WALK_TEXTS'];
