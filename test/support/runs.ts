/** `facade` runs the tests over HTTP on EventStoreDB's protocol; absent: in memory. */
export const engine = process.env['TEST_ENGINE'];

/** A real server, for these tests alone. */
export const realServer = process.env['EVENTSTORE_URL'];

/** A shell command that empties it: there is one record on a server, and each test has one of its own. */
export const emptiesServer = process.env['EVENTSTORE_EMPTY'];

/** Whether what the store holds lies in files, where there is a folder: on a cluster it lies with the nodes. */
export const keepsFiles = realServer === undefined && engine !== 'facade';

/** Texts that are drawn from the record are written anew instead of compared. */
export const draws = process.env['DRAW'] === '1';

/** How much is written while a mirror follows: `npm run mirror` takes 10,000. */
export const mirrorWrites = Number(process.env['MIRROR_WRITES'] ?? 80);

/** What the interface is now is kept as that of the release: `RELEASE=1 npm test -- test/compatibility`. */
export const releases = process.env['RELEASE'] === '1';
