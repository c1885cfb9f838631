/** `facade` runs the tests over HTTP on EventStoreDB's protocol; absent: in memory. */
export const engine = process.env['TEST_ENGINE'];

/** A real server, shared with whatever it holds already. */
export const realServer = process.env['EVENTSTORE_URL'];
