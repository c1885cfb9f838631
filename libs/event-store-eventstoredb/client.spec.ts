import { expect, it } from '@jest/globals';

import { makeClient } from './client.js';

it('catches the failure of a next connection for which a failed call waits', async () => {
  const unused = 'esdb+discover://127.0.0.1:1?tls=false&maxDiscoverAttempts=1&discoveryInterval=1';
  const client = makeClient(unused);
  const read = client.api.readAll();
  const failed = new Promise((resolve) => read.on('error', resolve));
  const inside = client.api as unknown as {
    handleError(grpcClient: { getChannel(): unknown }, error: Error): Promise<void>;
  };
  const unavailable = 14;
  const error = Object.assign(new Error('gone'), { code: unavailable });
  await expect(inside.handleError({ getChannel: () => undefined }, error)).resolves.toBeUndefined();
  expect(await failed).toEqual(new Error('Failed to discover after 1 attempts.'));
  client.close();
});
