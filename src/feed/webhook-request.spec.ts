import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { WebhookNetworks } from './webhook-networks.js';
import type { Resolved } from './webhook-networks.js';
import { attempt } from './webhook-request.js';
import type { Sending, Sent } from './webhook-request.js';

const sent: Sent = {
  body: '{}',
  headers: { 'webhook-id': 'event', 'webhook-timestamp': '1', 'webhook-signature': 'v1,none' },
};
const networks = new WebhookNetworks(['127.0.0.1']);
const principalId = '01960b3a-0000-7000-8000-000000000001';
const withinMs = 150;

/** Says it again and again, until the other side has gone. */
function withoutEnd(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 1);
  socket.on('close', () => clearInterval(timer));
}

const late = { why: 'no answer within 0.15 s' };
const cut = { why: "can't be reached, ECONNRESET" };

/** What a receiver may do with a request, and what is said of it. */
const receivers: Readonly<Record<string, readonly [(socket: Socket) => void, unknown]>> = {
  'changes the protocol': [
    (socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: words\r\nConnection: Upgrade\r\n\r\n'),
    { status: 101 },
  ],
  'answers with a body without end': [
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n');
      withoutEnd(socket, 'x'.repeat(10_000));
    },
    { status: 200 },
  ],
  'answers with headers without end': [
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      withoutEnd(socket, 'name: value\r\n'.repeat(1_000));
    },
    { why: "can't be reached, HPE_HEADER_OVERFLOW" },
  ],
  'gives hints without end': [(socket) => withoutEnd(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'), late],
  'says its head byte by byte': [
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nname: ');
      withoutEnd(socket, 'x');
    },
    late,
  ],
  'begins its head and no more': [(socket) => socket.write('HTTP/1.1 200 OK\r\nna'), late],
  'says nothing': [() => undefined, late],
  'hangs up': [(socket) => socket.end(), cut],
  'breaks the connection in its head': [
    (socket) => {
      socket.write('HTTP/1.1 20');
      socket.resetAndDestroy();
    },
    cut,
  ],
  'goes after an interim answer': [(socket) => socket.end('HTTP/1.1 100 Continue\r\n\r\n'), cut],
  'speaks no HTTP': [
    (socket) => socket.write('220 mail.example ESMTP\r\n'),
    { why: "can't be reached, HPE_INVALID_CONSTANT" },
  ],
};

async function receiverThat(does: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => does(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('An attempt to deliver ends, and says what came of it,', () => {
  it.each(Object.entries(receivers))('where the receiver %s', async (_name, [does, said]) => {
    const { server, port } = await receiverThat(does);
    const ended = new AbortController();
    try {
      const url = `http://127.0.0.1:${port}/`;
      expect(await attempt({ url, principalId }, () => sent, networks, ended.signal, withinMs)).toEqual(said);
    } finally {
      server.close();
    }
  });

  it('where TLS was asked for, and the receiver speaks none', async () => {
    const { server, port } = await receiverThat((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const { signal } = new AbortController();
    const said = await attempt(
      { url: `https://127.0.0.1:${port}/`, principalId },
      () => sent,
      networks,
      signal,
      withinMs,
    );
    expect(said).toEqual({ why: expect.stringMatching(/^can't be reached, [A-Z_]+$/) });
    server.close();
  });

  it('at once where the webhook has ended meanwhile, whatever the receiver does', async () => {
    const { server, port } = await receiverThat(() => ended.abort(new Error('ended')));
    const ended = new AbortController();
    const url = `http://127.0.0.1:${port}/`;
    await expect(attempt({ url, principalId }, () => sent, networks, ended.signal)).rejects.toThrow('ended');
    server.close();
  });
});

describe('What an attempt sends', () => {
  /** The receiver's name is found only once it is told to be, and it keeps what comes. */
  async function slowlyFound() {
    const received: string[] = [];
    const { server, port } = await receiverThat((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    server.on('connection', (socket) => socket.on('data', (chunk) => received.push(String(chunk))));
    const { promise: found, resolve: find } = Promise.withResolvers<readonly Resolved[]>();
    const named = new WebhookNetworks(['127.0.0.1'], () => found);
    const { signal } = new AbortController();
    const url = `http://receiver.example:${port}/`;
    return {
      received,
      find: () => find([{ address: '127.0.0.1', family: 4 }]),
      sent: (sending: Sending) => attempt({ url, principalId }, sending, named, signal),
      [Symbol.dispose]: () => void server.close(),
    };
  }

  it('is asked for once the receiver is connected, so that words which were erased until then do not go out', async () => {
    using receiver = await slowlyFound();
    let body = '"Words."';
    const attempted = receiver.sent(() => ({ ...sent, body }));
    body = 'null';
    receiver.find();
    expect(await attempted).toEqual({ status: 204 });
    expect(receiver.received.join('')).toMatch(/Content-Length: 4\r\n\r\nnull$/);
    expect(receiver.received.join('')).toContain('webhook-signature: v1,none\r\n');
  });

  it('is nothing at all where it may not be told by then', async () => {
    using receiver = await slowlyFound();
    let mayTell = true;
    const attempted = receiver.sent(() => (mayTell ? sent : undefined));
    mayTell = false;
    receiver.find();
    expect([await attempted, receiver.received]).toEqual([undefined, []]);
  });

  it('and can not be made is no fault of the receiver', async () => {
    using receiver = await slowlyFound();
    receiver.find();
    const unmade = receiver.sent(() => {
      throw new Error('The record was begun anew.');
    });
    await expect(unmade).rejects.toThrow('The record was begun anew.');
    expect(receiver.received).toEqual([]);
  });
});
