import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { Damaged, OutcomeUnknown, Refused, type NewEvent } from '#libs/event-store';
import { aNewEvent, collect, eventsOf, newEvents, takeUntil } from '#libs/event-store/testing';

import { EventStoreDbEventStore } from './index.js';
import { erasedKeysStream, keyStreams } from './key-streams.js';
import { Facade, FacadeHarness } from './testing.js';
import type { Stored } from './testing/facade-log.js';

const facade = new Facade();
beforeAll(() => facade.start());
afterAll(() => facade.stop());

const said = { text: 'Zimzelen was named in confidence.' };
const spoken = { data: { kept: true }, content: said, salt: 'c2FsdC1vZi1aaW16ZWxlbg' };
let harness: FacadeHarness;
let store: EventStoreDbEventStore;
const others: EventStoreDbEventStore[] = [];
beforeEach(async () => {
  harness = new FacadeHarness(facade);
  store = await harness.open();
});
afterEach(async () => {
  for (const one of others.splice(0)) await one.close();
  await harness.dispose();
});

const log = () => harness.database.log;
const keys = () => log().all.filter(({ stream }) => stream.startsWith(`${keyStreams}-`));
const another = async () => {
  const opened = await EventStoreDbEventStore.open({
    connectionString: facade.connectionString(harness.name),
    longestPauseMs: 20,
  });
  others.push(opened);
  return opened;
};
const say = (stream = 'notes-1', events: [NewEvent, ...NewEvent[]] = newEvents(1, spoken)) =>
  store.append(stream, events, { expected: 'no_stream' });
const first = async (from = store, stream = 'notes-1') => (await collect(from.readStream(stream)))[0];
const whole = (from = store) => eventsOf(from.readAll({ limit: 10_000 }));
const storedIn = (stream: string): Stored => {
  const found = log().stream(stream)?.[0];
  if (found === undefined) throw new Error(`Nothing was stored in ${stream}.`);
  return found;
};
const bodyOf = ({ data }: Stored) =>
  JSON.parse(Buffer.from(data).toString('utf8')) as { words: { key: string; sealed: string } };
/** In whatever form they could be found by somebody who has the files of the nodes and nothing else. */
const formsOfTheWords = (): readonly string[] => {
  const json = JSON.stringify(said);
  const hashed = createHash('sha256').update(json);
  const hash = hashed.digest();
  return [
    said.text,
    spoken.salt,
    Buffer.from(json).toString('base64').slice(4, -4),
    hash.toString('hex'),
    hash.toString('base64'),
  ];
};
const found = () => formsOfTheWords().filter((form) => log().bytes.includes(form));

describe('Words on a cluster', () => {
  it('lie there sealed, under a key of their own for each event, and are read as they were said', async () => {
    await say('notes-1', newEvents(3, spoken));
    expect(found()).toEqual([]);
    const sealedBy = (log().stream('notes-1') ?? []).map((event) => bodyOf(event).words.key);
    expect(new Set(sealedBy).size).toBe(3);
    const elsewhere = await another();
    for (const one of [store, elsewhere])
      for (const event of await whole(one)) expect(event).toMatchObject(spoken);
  });

  it('need no key where there are none', async () => {
    await store.append('lease-1', [aNewEvent()], { expected: 'no_stream' });
    expect(keys()).toEqual([]);
  });

  it('that are erased are read by nobody from then on, and their key is on the disks until the nodes scavenge', async () => {
    await say();
    await say('notes-2');
    const elsewhere = await another();
    const key = JSON.parse(
      Buffer.from(storedIn(`${keyStreams}-${bodyOf(storedIn('notes-1')).words.key}`).data).toString('utf8'),
    ) as { key: string };
    await store.eraseContent('notes-1', 0n);
    const erased = { data: spoken.data, content: null, salt: null };
    for (const one of [store, elsewhere]) {
      expect(await first(one)).toMatchObject(erased);
      expect((await whole(one)).map(({ content }) => content)).toEqual([null, said]);
    }
    expect(log().bytes.includes(key.key)).toBe(true);
    log().scavenge();
    expect(log().bytes.includes(key.key)).toBe(false);
    expect(found()).toEqual([]);
    const rebuilt = await another();
    expect((await whole(rebuilt)).map(({ content }) => content)).toEqual([null, said]);
    expect(await first(rebuilt)).toMatchObject(erased);
  });

  it('that another server has read before are gone there too, as soon as it hears of it', async () => {
    await say();
    const elsewhere = await another();
    const over = new AbortController();
    const followed = elsewhere.subscribe({ signal: over.signal })[Symbol.asyncIterator]();
    await takeUntil(followed, (taken) => taken.some(({ kind }) => kind === 'caughtUp'));
    expect(await first(elsewhere)).toMatchObject(spoken);
    await store.eraseContent('notes-1', 0n);
    // What comes after the erasing in the log tells that everything before it was heard.
    await say('notes-2');
    await takeUntil(followed, (taken) => taken.some(({ kind }) => kind === 'event'));
    expect(await first(elsewhere)).toMatchObject({ content: null, salt: null });
    over.abort();
  });

  it('are kept once, however often the same event is sent, and a key that none came to use harms nothing', async () => {
    const events = newEvents(1, spoken);
    harness.database.faults.losesReply = true;
    const { revision } = await say('notes-1', events);
    await say('notes-1', events);
    expect(revision).toBe(0n);
    expect(log().stream('notes-1')).toHaveLength(1);
    expect(keys().length).toBeGreaterThan(1);
    expect(await first(await another())).toMatchObject(spoken);
  });

  it('cost nothing to wait for once keys lie ready: an append is one call, and a page of the log is two', async () => {
    await say('notes-0');
    while (keys().length < 33) await turnOfTheLoop();
    const before = keys().map(({ stream }) => stream);
    await say('notes-1');
    expect(before).toContain(`${keyStreams}-${bodyOf(storedIn('notes-1')).words.key}`);
    await say('notes-2', newEvents(300, spoken));
    while (keys().length < 334) await turnOfTheLoop();
    const elsewhere = await another();
    const { asked } = facade.node;
    expect(await whole(elsewhere)).toHaveLength(302);
    expect(facade.node.asked - asked).toBeLessThanOrEqual(2 * Math.ceil(log().all.length / 1_000));
  });
});

describe('An erasing on a cluster', () => {
  beforeEach(() => say());

  it('whose answer was lost is found to be done, and is done once', async () => {
    harness.database.faults.losesDeleteReply = true;
    await store.eraseContent('notes-1', 0n);
    await store.eraseContent('notes-1', 0n);
    expect(await first()).toMatchObject({ content: null, salt: null });
    expect(log().stream(erasedKeysStream)).toHaveLength(1);
  });

  it('that broke off before the key was deleted has erased nothing', async () => {
    harness.database.faults.deniesDeletes = true;
    await expect(store.eraseContent('notes-1', 0n)).rejects.toThrow(Refused);
    await expect(store.tryErasingRights()).rejects.toThrow(/right to write and to delete/);
    for (const one of [store, await another()]) expect(await first(one)).toMatchObject(spoken);
    harness.database.faults.deniesDeletes = false;
    await store.tryErasingRights();
    await store.eraseContent('notes-1', 0n);
    expect(await first()).toMatchObject({ content: null });
  });

  it('is waited for while the lead is handed over', async () => {
    harness.database.faults.notLeader = 2;
    await store.eraseContent('notes-1', 0n);
    expect(await first()).toMatchObject({ content: null });
  });
});

describe('Words that were changed by hand at a cluster', () => {
  it.each([
    ['by a bit', (sealed: Buffer) => void (sealed[40] = (sealed[40] ?? 0) ^ 1)],
    ['at their end', (sealed: Buffer) => void (sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 128)],
  ])('%s are called damaged', async (_how, change) => {
    await say();
    const stored = storedIn('notes-1');
    const body = bodyOf(stored);
    const sealed = Buffer.from(body.words.sealed, 'base64');
    change(sealed);
    const words = { ...body.words, sealed: sealed.toString('base64') };
    Object.assign(stored, { data: Buffer.from(JSON.stringify({ ...body, words })) });
    await expect(first()).rejects.toThrow(Damaged);
    await expect(whole()).rejects.toThrow(/do not open with their key/);
  });

  it.each([{ key: 1 }, null, 'words'])(
    'into what nobody ever sealed are called damaged: %j',
    async (words) => {
      await say();
      const stored = storedIn('notes-1');
      Object.assign(stored, { data: Buffer.from(JSON.stringify({ ...bodyOf(stored), words })) });
      await expect(first()).rejects.toThrow(Damaged);
    },
  );

  it('are told of with their place, so that who goes through all passes over them', async () => {
    await say();
    await say('notes-2');
    const second = await first(store, 'notes-2');
    Object.assign(storedIn('notes-2'), { data: storedIn('notes-1').data });
    const { stream, revision, position } = second!;
    const place = { stream, revision, position };
    for (const asked of [whole, () => first(store, 'notes-2')])
      await expect(asked()).rejects.toMatchObject({ place });
  });

  it('into those of another event are called damaged', async () => {
    await say();
    await say('notes-2');
    Object.assign(storedIn('notes-1'), { data: storedIn('notes-2').data });
    await expect(first()).rejects.toThrow(Damaged);
  });

  it('by taking away their key are called damaged, and are back with it', async () => {
    await say();
    const stream = `${keyStreams}-${bodyOf(storedIn('notes-1')).words.key}`;
    log().cutBefore(stream, 'deleted');
    const elsewhere = await another();
    await expect(first(elsewhere)).rejects.toThrow(/lacks the key of words/);
    log().cutBefore(stream, 0n);
    expect(await first(elsewhere)).toMatchObject(spoken);
  });
});

it('Keys that were stored in a store before an older copy took its place are not used in the copy', async () => {
  await say();
  const before = log().all.length - keys().length;
  await say('notes-2');
  harness.database.log = log().asOf(before);
  harness.database.faults.cut();
  const events = newEvents(1, spoken);
  // Its first sending is lost with the connection, as its caller is told.
  const sent = say('notes-3', events);
  await expect(sent).rejects.toThrow(OutcomeUnknown);
  await say('notes-3', events);
  expect(await first(await another(), 'notes-3')).toMatchObject(spoken);
});
