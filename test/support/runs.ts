/** `facade` runs the tests over HTTP on EventStoreDB's protocol; absent: in memory. */
export const engine = process.env['TEST_ENGINE'];

/** A real server, shared with whatever it holds already. */
export const realServer = process.env['EVENTSTORE_URL'];

/** EventStoreDB rewrites no event, so words can not be erased there: the second request is refused. */
export const erases = realServer === undefined && engine !== 'facade';

/** Texts that are drawn from the record are written anew instead of compared. */
export const draws = process.env['DRAW'] === '1';
