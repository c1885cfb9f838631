import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ActingServer } from './acting-server.js';
import { alternate, inShare } from './figures.js';
import type { Figure, Run } from './figures.js';
import { MeasuredServer } from './measured-server.js';

const clients = 64;
const actsAtOnce = 2_000;
const readers = 8;

/** Takes whatever is sent and answers 200: a collector of spans, and a receiver of webhooks. */
async function taker(): Promise<{ readonly url: string; readonly taken: () => number; close(): void }> {
  let taken = 0;
  const server = createServer((request, response) => {
    taken += 1;
    request
      .resume()
      .on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    taken: () => taken,
    close: () => {
      server.close().closeAllConnections();
    },
  };
}

type Around = 'the access log' | 'spans' | 'a feed with eight readers' | 'a webhook' | 'all of these';

const has = (around: Around, one: Around) => around === one || around === 'all of these';

const settingsOf = (around: Around, url: string): Readonly<Record<string, string>> => ({
  ...(has(around, 'the access log') ? { ENTENTE_LOG: 'info' } : {}),
  ...(has(around, 'spans') ? { OTEL_EXPORTER_OTLP_ENDPOINT: url } : {}),
  ...(has(around, 'a webhook') ? { ENTENTE_WEBHOOK_NETWORKS: '127.0.0.0/8' } : {}),
});

/** Readers of server-sent events that take all that comes, until they are left. */
async function followFeed(server: MeasuredServer, count: number, signal: AbortSignal): Promise<() => number> {
  let bytes = 0;
  for (let at = 0; at < count; at += 1) {
    const response = await fetch(`${server.url}/v1/feed`, {
      headers: { authorization: `Bearer ${server.keys()['secretariat']}`, accept: 'text/event-stream' },
      signal,
    });
    const read = async () => {
      for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
    };
    read().catch(() => {});
  }
  return () => bytes;
}

async function subscribe(server: MeasuredServer, dialogue: string, url: string): Promise<void> {
  const { status } = await fetch(`${server.url}/v1/webhooks`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.keys()['secretariat']}`,
      'content-type': 'application/json',
      'idempotency-key': 'the-webhook',
    },
    body: JSON.stringify({ url, dialogue }),
  });
  if (status !== 201) throw new Error(`The webhook was answered ${status}.`);
}

/** What an act costs with log, spans, feed and webhooks, beside the same program with none of them. */
export async function aroundFigures({
  folder,
  options,
  rounds,
  share,
  say,
}: Run): Promise<readonly Figure[]> {
  const plain = await ActingServer.start(new MeasuredServer(join(folder, 'plain'), undefined, options));
  const connections = inShare(clients, { share });
  const acts = Math.ceil(actsAtOnce * share);
  const costOf = async (side: ActingServer) => (await side.costOfActs(connections, acts)).ms;
  await costOf(plain);
  const figures: Figure[] = [];
  const kinds: readonly Around[] = [
    'the access log',
    'spans',
    'a feed with eight readers',
    'a webhook',
    'all of these',
  ];
  for (const around of kinds) {
    say(`acts with ${around}`);
    const receiver = await taker();
    const left = new AbortController();
    const place = join(folder, around.replaceAll(' ', '-'));
    const settings = settingsOf(around, receiver.url);
    const side = await ActingServer.start(new MeasuredServer(place, undefined, options, [], settings));
    const fed = has(around, 'a feed with eight readers')
      ? await followFeed(side.server, readers, left.signal)
      : receiver.taken;
    if (has(around, 'a webhook')) await subscribe(side.server, side.place.dialogueId, receiver.url);
    await costOf(side);
    const measured = await alternate(
      rounds,
      () => costOf(side),
      () => costOf(plain),
    );
    if (around !== 'the access log' && fed() === 0) throw new Error(`Nothing came of ${around}.`);
    figures.push({ what: `ms of CPU an act, with ${around} and without`, cost: true, ...measured });
    left.abort();
    await side.stop();
    receiver.close();
  }
  await plain.stop();
  return figures;
}
