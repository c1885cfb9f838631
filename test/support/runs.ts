/** `facade` runs the tests over HTTP on EventStoreDB's protocol; absent: in memory. */
export const engine = process.env['TEST_ENGINE'];

/** A real server, for these tests alone. */
export const realServer = process.env['EVENTSTORE_URL'];

/** A shell command that empties it: there is one record on a server, and each test has one of its own. */
export const emptiesServer = process.env['EVENTSTORE_EMPTY'];

/** EventStoreDB rewrites no event, so words can not be erased there: the second request is refused. */
export const erases = realServer === undefined && engine !== 'facade';

/** Texts that are drawn from the record are written anew instead of compared. */
export const draws = process.env['DRAW'] === '1';

/** How much is written while a mirror follows: `npm run mirror` takes 10,000. */
export const mirrorWrites = Number(process.env['MIRROR_WRITES'] ?? 80);
