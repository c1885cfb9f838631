import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { onceClosed } from './once-closed.js';

it('A reader who has gone is heard of, whether that was before or after it was asked for', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
  reader.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  const [, answer] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  const told: string[] = [];
  onceClosed(answer, () => told.push('asked for before'));
  expect(told).toEqual([]);
  const closed = once(answer, 'close');
  reader.destroy();
  await closed;
  onceClosed(answer, () => told.push('asked for after'));
  expect(told).toEqual(['asked for before', 'asked for after']);
  server.close();
});
