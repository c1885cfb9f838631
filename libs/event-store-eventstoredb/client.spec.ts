import { expect, it } from '@jest/globals';
import { credentials } from '@grpc/grpc-js';

import { Client } from './client.js';
import { CallLost } from './failures.js';

const unused = 'esdb://127.0.0.1:1?tls=false';

it('lends no way to the server once it was given up', () => {
  const client = new Client(unused, '127.0.0.1:1', credentials.createInsecure());
  client.retire(new Error('Another node leads.'));
  expect(() => client.borrow(() => undefined)).toThrow(CallLost);
});

it('refuses an append on a closed channel where its caller can catch it', async () => {
  const client = new Client(unused, '127.0.0.1:1', credentials.createInsecure());
  const { api } = client.borrow(() => undefined);
  const first = api.appendToStream('notes-1', []);
  await expect(first).rejects.toThrow('No connection established');
  client.close(new Error('The store is closed.'));
  await expect(api.appendToStream('notes-1', [])).rejects.toThrow(CallLost);
});
