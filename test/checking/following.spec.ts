import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  consistencyProof,
  formatAddCheckpoint,
  formatVerifierKey,
  keyEvents,
  nodeCrypto,
  parsePartyKeys,
  parsePolicy,
  thumbprint,
  TreeHasher,
} from '#libs/ledger';
import type { Checkpoint, JsonObject } from '#libs/ledger';
import { filledLog, signedBy, testKey, testSigner } from '#libs/ledger/testing';
import type { TestLog } from '#libs/ledger/testing';
import { followedBy } from '../../src/cli/followed-logs.js';
import { SystemClock } from '../../src/platform/record/clock.js';
import { Folder } from '../../src/checking/folder.js';
import { Follower } from '../../src/checking/follower.js';
import { FollowedLogs, Following } from '../../src/checking/following.js';
import type { LogAlarm } from '../../src/checking/following.js';
import { openedSource } from '../../src/checking/source.js';
import { parseKnownLogs, Witness } from '../../src/checking/witness.js';
import { seenFolder, witnessKey } from '../../src/checking/witness-key.js';
import { serveWitness } from '../../src/checking/witness-server.js';
import { WitnessMemory } from '../../src/checking/witness-state.js';
import { origin, Place, signer } from './given.js';
import { Served } from './served.js';

const place = new Place();
const served = new Served();
beforeAll(() => served.start());
afterAll(async () => {
  await served.stop();
  place.remove();
});
beforeEach(() => {
  served.onAsked = () => undefined;
});

const own = testKey(40);
const strange = testKey(41);
const keys = parsePartyKeys(Buffer.from(`act-key RU ${thumbprint(nodeCrypto, own.publicKey)}\n`));
/** The key by which the log signs once it has changed the first one. */
const next = testSigner(origin, 2);
const lines = [signer, next].map(({ key }) => formatVerifierKey(key));
const policy = parsePolicy(
  nodeCrypto,
  Buffer.from(`${lines.map((line) => `log ${line}\n`).join('')}quorum none\n`),
);
const known = parseKnownLogs(Buffer.from(lines.map((line) => `${origin} ${line}\n`).join('')));
const hasher = new TreeHasher(nodeCrypto);
const ru = { party: 'RU', capacity: 'direct', recordedBy: 'p-ru', recorderParty: 'RU' };
const attributed = { party: 'RU', capacity: 'attributed', recordedBy: 'p-us', recorderParty: 'US' };
const derived = { party: null, capacity: 'derived', recordedBy: 'system', recorderParty: null };

const registered = (log: TestLog, key = own): JsonObject => log.registration(key);
const signedLog = (log: TestLog, by = [signer]) => signedBy(log.checkpoint(), by);

/** RU speaks unsigned, registers its key, asks for signatures, and signs; others speak of it and conclude. */
function history(): TestLog {
  const log = filledLog(origin, 254);
  log.tell({ stream: 'dialogue-1', type: keyEvents.registered, data: registered(log), act: ru });
  log.tell({ stream: 'irritant-1', act: ru });
  log.tell({ stream: 'dialogue-1', type: keyEvents.required, act: ru }, own);
  log.tell({ stream: 'irritant-1', act: ru }, own);
  log.tell({ stream: 'irritant-1', act: attributed });
  log.tell({ stream: 'irritant-2', act: derived });
  log.tell({ stream: 'irritant-2', act: { ...ru, party: 'US', recordedBy: 'p-us', recorderParty: 'US' } });
  return log;
}

let turn = 0;

/** A witness that follows what is served, with a clock that is set by hand. */
function watch() {
  const folder = place.in(`witness-${(turn += 1)}`);
  const key = witnessKey(folder, 'witness.example.org');
  const memory = new WitnessMemory(`${folder}/${seenFolder}`);
  const told: LogAlarm[] = [];
  const notes: string[] = [];
  const clock = { now: 1_764_000_000_000 };
  const follow = () =>
    new Following(
      new Follower({
        origin,
        where: served.url,
        open: () => openedSource(served.url, undefined),
        folder: new Folder(`${folder}-mirror`),
        evidence: `${folder}-evidence`,
        policy,
        keys,
        cosigned: (): Checkpoint | undefined => memory.latestOf(origin).checkpoint,
        onAlarm: (alarm) => told.push({ log: origin, ...alarm }),
      }),
      {
        now: () => clock.now,
        paces: { poll: 20, rest: 1, patience: 600_000 },
        onAlarm: (alarm) => told.push(alarm),
        onNote: (_, words) => notes.push(words),
      },
    );
  const witness = new Witness(key, known, memory, () => clock.now);
  const following = follow();
  const cosign = (log: TestLog, by = [signer]) => {
    const [old, size] = [memory.latestOf(origin).checkpoint?.size ?? 0, log.tree.size];
    const { status, cosigned } = witness.answer(
      formatAddCheckpoint({
        oldSize: old,
        proof: old === 0 ? [] : consistencyProof(hasher, log.tree.node, old, size),
        checkpoint: signedLog(log, by),
      }),
    );
    if (cosigned !== undefined) following.ask(cosigned.note);
    return status;
  };
  return { follow, following, told, notes, clock, cosign, witness };
}

/** Shows the log, has it cosigned, and looks at it. */
async function seen(log: TestLog, watched = watch(), by = [signer]) {
  served.show(log, signedLog(log, by));
  expect(watched.cosign(log, by)).toBe(200);
  await watched.following.look();
  return watched;
}

describe('A witness that follows its log', () => {
  it('raises no alarm where a party signs once it said so, whatever others say of it and what follows', async () => {
    const log = history();
    const { following, told, notes } = await seen(log);
    expect([told, notes, following.alarms]).toEqual([[], [], []]);
    expect(following.state).toEqual({
      log: origin,
      cosigned: 261,
      checked: 261,
      parties: [{ party: 'RU', signsSince: 256, unsigned: 256 }],
    });
  });

  it('cosigns, and names the act that was entered in the name of its party, once, and again after a start', async () => {
    const log = history();
    const watched = await seen(log);
    log.tell({ stream: 'irritant-7', act: ru });
    log.tell({ stream: 'irritant-1', act: ru }, own);
    await seen(log, watched);
    await watched.following.look();
    const alarm = {
      log: origin,
      seq: 261,
      stream: 'irritant-7',
      party: 'RU',
      why: expect.stringContaining('RU signs its acts, and this one is not signed'),
    };
    expect(watched.told).toEqual([alarm]);
    expect(watched.following.state).toMatchObject({ cosigned: 263, checked: 263 });
    const again = watched.follow();
    await again.look();
    expect(again.alarms).toEqual([alarm]);
    // What the log itself says to be void stays an act that the party never signed.
    const target = log.leaves[261]!.id;
    log.tell({ stream: 'irritant-7', type: 'AttributionVoid', data: { target }, content: {}, act: derived });
    await seen(log, watched);
    expect(watched.following.alarms).toEqual([{ ...alarm, voidBy: 263 }]);
  });

  it.each<[string, string, (log: TestLog) => void]>([
    [
      'a key that is none of the party’s, registered in its name before it has one',
      'It registers the key',
      (log) =>
        log.tell({
          stream: 'dialogue-1',
          type: keyEvents.registered,
          data: registered(log, strange),
          act: ru,
        }),
    ],
    [
      'an end of the signatures that nobody signed, and what is entered after it',
      'RU signs its acts',
      (log) => {
        begin(log);
        log.tell({ stream: 'dialogue-1', type: keyEvents.lifted, act: ru });
      },
    ],
    [
      'an end of the signatures that stands there as a conclusion, and so as nobody’s word',
      'only RU itself can have said this',
      (log) => {
        begin(log);
        log.tell({ stream: 'dialogue-1', type: keyEvents.lifted, act: { ...ru, capacity: 'derived' } });
      },
    ],
    [
      'an act under another’s signature',
      'by no key of RU that is in force',
      (log) => {
        begin(log);
        log.tell({ stream: 'irritant-1', act: ru }, strange);
      },
    ],
    [
      'the signature of another act',
      'it is that of another act',
      (log) => {
        begin(log);
        log.tell({ stream: 'irritant-1', act: ru }, own);
        log.tell({ stream: 'irritant-2', act: ru }, own, () => log.payloads.at(-1)!.signature!);
      },
    ],
  ])('names %s', async (_, why, tell) => {
    const log = filledLog(origin, 2);
    tell(log);
    const { told } = await seen(log);
    expect(told).toEqual([
      expect.objectContaining({ seq: log.tree.size - 1, party: 'RU', why: expect.stringContaining(why) }),
    ]);
  });

  it('names each act that is signed with a key that only the record vouches for', async () => {
    const log = filledLog(origin, 2);
    log.tell({ stream: 'dialogue-1', type: keyEvents.registered, data: registered(log, strange), act: ru });
    log.tell({ stream: 'dialogue-1', type: keyEvents.required, act: ru }, strange);
    log.tell({ stream: 'irritant-1', act: ru }, strange);
    const { told } = await seen(log);
    expect(told.map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect(told[2]!.why).toContain('a key that the record alone vouches for');
  });

  it('is not put off by an end of signatures that is wrong: what comes after is wrong as well', async () => {
    const log = history();
    log.tell({ stream: 'dialogue-1', type: keyEvents.lifted, act: ru });
    log.tell({ stream: 'irritant-1', act: ru });
    expect((await seen(log)).told.map(({ seq }) => seq)).toEqual([261, 262]);
    const lifted = history();
    lifted.tell({ stream: 'dialogue-1', type: keyEvents.lifted, act: ru }, own);
    lifted.tell({ stream: 'irritant-1', act: ru });
    expect((await seen(lifted)).told).toEqual([]);
  });

  it('holds what is served against what it cosigned: others are shown another history', async () => {
    const log = history();
    const watched = watch();
    expect(watched.cosign(log)).toBe(200);
    const other = filledLog(origin, 10);
    while (other.tree.size < log.tree.size + 1) other.tell({ stream: 'irritant-3' });
    served.show(other, signedLog(other));
    await watched.following.look();
    await watched.following.look();
    expect(watched.told).toEqual([
      { log: origin, why: expect.stringContaining('not those that were cosigned') },
    ]);
    expect(watched.following.alarms).toHaveLength(1);
  });

  it('names a checkpoint by a key that the log has ended, though its own list names the key still', async () => {
    const log = history();
    const keysNow = (all: readonly (typeof signer)[], ended: readonly (typeof signer)[] = []) =>
      log.tell({
        stream: 'dialogue-1',
        type: 'LogKeyRotated',
        data: {
          keys: all.map(({ key }) => formatVerifierKey(key)),
          ended: ended.map(({ key }) => key.id),
        },
        content: {},
        act: derived,
      });
    keysNow([next, signer]);
    const watched = await seen(log);
    keysNow([next], [signer]);
    await seen(log, watched, [signer, next]);
    expect(watched.following.alarms).toEqual([]);
    // Whoever stole the key that ended asks for a cosignature, and has nothing else served.
    const stolen = { log: origin, why: expect.stringContaining('(key-ended): The checkpoint of 263 leaves') };
    expect(watched.cosign(log, [signer])).toBe(200);
    await watched.following.look();
    expect(watched.told).toEqual([stolen]);
    // It stays signed, and what is new is checked all the same.
    log.tell({ stream: 'irritant-1', act: attributed });
    await seen(log, watched, [next]);
    expect([watched.following.alarms, watched.following.state.checked]).toEqual([[stolen], 264]);
    const again = watch();
    served.show(log, signedLog(log));
    await again.following.look();
    expect(again.told).toEqual([{ ...stolen, why: expect.stringContaining('(key-ended)') }]);
  });

  it('keeps the evidence where the log itself signs a second history', async () => {
    const log = history();
    const watched = await seen(log);
    const other = filledLog(origin, log.tree.size + 1);
    served.show(other, signedLog(other));
    await watched.following.look();
    expect(watched.told).toEqual([{ log: origin, why: expect.stringContaining('has signed') }]);
  });

  it('names a leaf that is not the one that was logged, and goes on once the right one is served', async () => {
    const log = history();
    const watched = watch();
    served.show(log, signedLog(log));
    const path = 'tile/entries/001.p/5';
    const bytes = Buffer.from(served.files.get(path)!);
    bytes[bytes.indexOf('event-258')] = 0x45;
    served.files.set(path, bytes);
    expect(watched.cosign(log)).toBe(200);
    await watched.following.look();
    expect(watched.told).toEqual([{ log: origin, why: expect.stringContaining('Wrong at #258') }]);
    served.show(log, signedLog(log));
    await watched.following.look();
    expect([watched.following.alarms, watched.notes]).toEqual([[], ['is checked again.']]);
  });

  it('says at once why it can not check, and raises an alarm where that lasts', async () => {
    const log = history();
    const watched = watch();
    served.show(log, signedLog(log));
    served.onAsked = (path) => (path === 'payloads' ? 403 : undefined);
    watched.cosign(log);
    await watched.following.look();
    expect([watched.told, watched.notes]).toEqual([
      [],
      [expect.stringContaining('give a key that may read')],
    ]);
    watched.clock.now += 600_000;
    await watched.following.look();
    expect(watched.told).toEqual([
      { log: origin, why: expect.stringMatching(/is not checked: .*withholds/) },
    ]);
    served.onAsked = () => undefined;
    await watched.following.look();
    expect(watched.following.alarms).toEqual([]);
    expect(watched.following.state.parties).toEqual([{ party: 'RU', signsSince: 256, unsigned: 256 }]);
    const less = filledLog(origin, 254);
    served.show(less, signedLog(less));
    await watched.following.look();
    expect(watched.notes.at(-1)).toContain('an older copy is served');
  });

  it('answers its alarms beside what it cosigns, and looks once it has cosigned', async () => {
    const log = history();
    const { following, witness, told, cosign } = watch();
    served.show(log, signedLog(log));
    const followed = new FollowedLogs([following]);
    const options = {
      host: '127.0.0.1',
      port: 0,
      onAnswer: () => undefined,
      onFatal: (error: unknown) => {
        throw error;
      },
    };
    const server = await serveWitness(witness, { ...options, followed });
    followed.start();
    const asked = async (method = 'GET') => {
      const response = await fetch(`${server.url}/alarms`, { method });
      return [response.status, response.ok ? await response.json() : await response.text()];
    };
    const until = async (isSo: () => boolean) => {
      while (!isSo()) await new Promise((resolve) => void setImmediate(resolve));
    };
    cosign(log);
    await until(() => following.state.checked === 261);
    expect(await asked()).toEqual([200, { alarms: [], more: 0, logs: [following.state] }]);
    log.tell({ stream: 'irritant-7', act: ru });
    served.show(log, signedLog(log));
    const proof = consistencyProof(hasher, log.tree.node, 261, 262);
    const body = Buffer.from(formatAddCheckpoint({ oldSize: 261, proof, checkpoint: signedLog(log) }));
    expect((await fetch(`${server.url}/add-checkpoint`, { method: 'POST', body })).status).toBe(200);
    await until(() => told.length > 0);
    expect(await asked()).toEqual([
      200,
      {
        alarms: [expect.objectContaining({ seq: 261, stream: 'irritant-7' })],
        more: 0,
        logs: [following.state],
      },
    ]);
    expect((await asked('POST'))[0]).toBe(405);
    followed.stop();
    await server.close();
    const alone = await serveWitness(witness, options);
    expect((await fetch(`${alone.url}/alarms`)).status).toBe(404);
    await alone.close();
  });
});

describe('On the command line, to follow logs', () => {
  const keysFile = place.put('our-keys', `act-key RU ${thumbprint(nodeCrypto, own.publicKey)}\n`);
  const none = place.put('no-keys', '# none\n');
  const call = { mirror: place.in('copies'), from: 'https://record.example', keys: keysFile };
  const followed = (more: object, logs = known) =>
    followedBy(
      { ...call, ...more },
      { known: logs, memory: new WitnessMemory(place.in('seen')), clock: new SystemClock() },
    );

  it('takes a folder, a server and keys, and logs of a record; of a log that began anew the newest name', async () => {
    expect(
      await followedBy({}, { known, memory: new WitnessMemory('x'), clock: new SystemClock() }),
    ).toBeUndefined();
    const { mirror: _, ...noFolder } = call;
    await expect(
      followedBy(noFolder, { known, memory: new WitnessMemory('x'), clock: new SystemClock() }),
    ).rejects.toThrow('takes three: --mirror FOLDER');
    await expect(followed({ from: 'record' })).rejects.toThrow('is no address of a server');
    await expect(followed({ keys: none })).rejects.toThrow('names no key of a party');
    await expect(followed({}, new Map([['go.sum database', []]]))).rejects.toThrow('is no log of a record');
    const named = new Map([...known, [`${origin}/2`, known.get(origin)!]]);
    expect((await followed({}, named))!.said.logs.map(({ log }) => log)).toEqual([`${origin}/2`]);
  });
});

/** RU registers its key, and asks for signatures. */
function begin(log: TestLog): void {
  log.tell({ stream: 'dialogue-1', type: keyEvents.registered, data: registered(log), act: ru });
  log.tell({ stream: 'dialogue-1', type: keyEvents.required, act: ru }, own);
}
