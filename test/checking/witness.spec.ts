import { afterAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as requestOf } from 'node:http';
import fc from 'fast-check';
import {
  consistencyProof,
  formatAddCheckpoint,
  formatVerifierKey,
  nodeCrypto,
  parseCheckpoint,
  parseNote,
  parseSignatures,
  TreeHasher,
  verifyNote,
} from '#libs/ledger';
import type { Checkpoint } from '#libs/ledger';
import { filledLog, signedBy } from '#libs/ledger/testing';
import type { TestLog } from '#libs/ledger/testing';
import { cosigned, requestFor } from '../../src/checking/cosigning.js';
import { openedSource } from '../../src/checking/source.js';
import { parseKnownLogs, Witness } from '../../src/checking/witness.js';
import { seenFolder, witnessKey } from '../../src/checking/witness-key.js';
import { serveWitness } from '../../src/checking/witness-server.js';
import { WitnessMemory } from '../../src/checking/witness-state.js';
import type { Seen } from '../../src/checking/witness-state.js';
import { origin, Place, signed, signer } from './given.js';

const place = new Place();
afterAll(() => place.remove());

const hasher = new TreeHasher(nodeCrypto);
const logsText = `# known logs\n${origin} ${formatVerifierKey(signer.key)}\n`;
const now = () => 1_764_000_000_000;
const logs = parseKnownLogs(Buffer.from(logsText));
const most = 14;
const honest = filledLog(origin, most);
/** Another history from the fifth entry on. */
const fork = filledLog(origin, 4);
while (fork.tree.size < most) fork.tell({ stream: 'irritant-7' });

const requestOn = (log: TestLog, old: number, size: number) =>
  formatAddCheckpoint({
    oldSize: old,
    proof: old === 0 || old > size ? [] : consistencyProof(hasher, log.tree.node, old, size),
    checkpoint: signedBy(log.checkpoint(size), [signer]),
  });

let folders = 0;
const anotherWitness = () => {
  const folder = place.in(`witness-${(folders += 1)}`);
  return { folder, key: witnessKey(folder, 'witness.example.org'), seen: `${folder}/${seenFolder}` };
};

/** What a witness is asked: of which history, how much more than it has, and whether the old size is the right one. */
interface Step {
  readonly isFork: boolean;
  readonly size: number;
  readonly old: number | 'right';
  /** What happens between looking at what was cosigned last and writing it down. */
  readonly between: 'nothing' | 'another' | 'killed before' | 'killed after';
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    isFork: fc.boolean(),
    size: fc.integer({ min: 0, max: most }),
    old: fc.oneof(
      { weight: 5, arbitrary: fc.constant('right' as const) },
      { weight: 1, arbitrary: fc.nat(most) },
    ),
    between: fc.constantFrom(
      'nothing' as const,
      'nothing' as const,
      'another' as const,
      'killed before' as const,
      'killed after' as const,
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

class Killed extends Error {}

type Memory = new (folder: string) => WitnessMemory;

/** All that is cosigned when a witness is asked so, in the order in which it is let out. */
function cosignedIn(asked: readonly Step[], Kind: Memory): readonly Checkpoint[] {
  const { key, seen } = anotherWitness();
  const out: Checkpoint[] = [];
  const sizeOf = () => new WitnessMemory(seen).latestOf(origin).checkpoint?.size ?? 0;
  const ask = ([step, ...rest]: readonly Step[]): readonly Step[] => {
    if (step === undefined) return [];
    let left: readonly Step[] = rest;
    let isInterrupted = false;
    class Interrupted extends Kind {
      override take(state: Seen, checkpoint: Checkpoint): boolean {
        if (step?.between === 'killed before') throw new Killed();
        if (step?.between === 'another' && !isInterrupted) {
          isInterrupted = true;
          left = ask(left);
        }
        const isTaken = super.take(state, checkpoint);
        if (step?.between === 'killed after') throw new Killed();
        return isTaken;
      }
    }
    const witness = new Witness(key, logs, new Interrupted(seen), now);
    const old = step.old === 'right' ? sizeOf() : step.old;
    try {
      const { cosigned: made } = witness.answer(requestOn(step.isFork ? fork : honest, old, step.size));
      if (made !== undefined) {
        verifyNote(nodeCrypto, { text: made.note.text, signatures: [made.signature] }, [key.key]);
        out.push(parseCheckpoint(made.note.text));
      }
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    return left;
  };
  for (let left: readonly Step[] = asked; left.length > 0;) left = ask(left);
  rmSync(seen, { recursive: true });
  return out;
}

/** Two roots of one size, two histories, or less after more. */
function isOneHistory(all: readonly Checkpoint[]): boolean {
  return all.every(({ size, root }, index) => {
    const before = all[index - 1];
    const tree = [honest, fork].find((log) => Buffer.compare(log.tree.root(size), root) === 0)?.tree;
    return (
      tree !== undefined &&
      (before === undefined ||
        (before.size <= size && Buffer.compare(tree.root(before.size), before.root) === 0))
    );
  });
}

const seed = 1_414;
const checked = (Kind: Memory, numRuns: number) =>
  fc.check(
    fc.property(steps, (asked) => isOneHistory(cosignedIn(asked, Kind))),
    { numRuns, seed, endOnFailure: true },
  );

describe('A witness, whatever it is asked by several at once and whenever it is killed,', () => {
  it('cosigns one history that only grows', () => {
    expect(checked(WitnessMemory, 80)).toMatchObject({ failed: false, seed });
  });

  it('cosigns something at all: growing, and the same once more', () => {
    const grown = [3, 3, 9, 14].map((size): Step => ({
      isFork: false,
      size,
      old: 'right',
      between: 'nothing',
    }));
    expect(cosignedIn(grown, WitnessMemory).map(({ size }) => size)).toEqual([3, 3, 9, 14]);
  });

  class Forgetful extends WitnessMemory {
    override latestOf(name: string): Seen {
      return { ...super.latestOf(name), checkpoint: undefined };
    }
  }
  class Late extends WitnessMemory {
    override take(): boolean {
      return true;
    }
  }
  class Greedy extends WitnessMemory {
    override take(_: Seen, checkpoint: Checkpoint): boolean {
      return super.take(super.latestOf(checkpoint.origin), checkpoint);
    }
  }
  class Careless extends WitnessMemory {
    override take(seen: Seen, checkpoint: Checkpoint): boolean {
      super.take(seen, checkpoint);
      return true;
    }
  }
  it.each([
    ['forgets', Forgetful],
    ['does not write it down', Late],
    ['takes whatever turn is next', Greedy],
    ['does not look whether it got the turn', Careless],
  ])('and is found out where it %s', (_, Kind) => {
    expect(checked(Kind, 80).failed).toBe(true);
  });
});

describe('The folder of a witness', () => {
  it('has a key for its owner alone, and what was cosigned last of each log', () => {
    const { folder, key, seen } = anotherWitness();
    for (const file of ['key.pem', 'name']) expect(statSync(`${folder}/${file}`).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(witnessKey(folder, undefined).line).toBe(key.line);
    const witness = new Witness(key, logs, new WitnessMemory(seen), now);
    expect([3, 9].map((size, index) => witness.answer(requestOn(honest, index * 3, size)).status)).toEqual([
      200, 200,
    ]);
    const [log] = readdirSync(seen);
    expect(readdirSync(`${seen}/${log}`)).toEqual(['2']);
    expect(readFileSync(`${seen}/${log}/2`, 'utf8')).toBe(honest.checkpoint(9));
  });

  it('is refused where it has forgotten, where the key is gone, is open to others or is none, and where what it cosigned is damaged', () => {
    const { folder, key, seen } = anotherWitness();
    const witness = new Witness(key, logs, new WitnessMemory(seen), now);
    witness.answer(requestOn(honest, 0, 3));
    const [log] = readdirSync(seen);
    writeFileSync(`${seen}/${log}/1`, honest.checkpoint(3).slice(0, 20));
    expect(() => witness.answer(requestOn(honest, 0, 4))).toThrow(
      /is damaged: what was cosigned last .* is not known/,
    );
    expect(() => witnessKey(folder, 'other.example.org')).toThrow('is that of witness.example.org');
    const pem = readFileSync(`${folder}/key.pem`);
    rmSync(`${folder}/key.pem`);
    expect(() => witnessKey(folder, 'witness.example.org')).toThrow(
      'has what a witness cosigned, and no key',
    );
    writeFileSync(`${folder}/key.pem`, pem, { mode: 0o644 });
    expect(() => witnessKey(folder, undefined)).toThrow('others may read or write');
    rmSync(`${folder}/key.pem`);
    writeFileSync(`${folder}/key.pem`, 'none', { mode: 0o600 });
    expect(() => witnessKey(folder, undefined)).toThrow('holds no Ed25519 key');
    rmSync(`${seen}/${log}`, { recursive: true });
    writeFileSync(`${folder}/key.pem`, pem, { mode: 0o600 });
    // An empty folder has forgotten as much as none has.
    expect(() => witnessKey(folder, undefined)).toThrow('nothing of what it cosigned');
    rmSync(seen, { recursive: true });
    expect(() => witnessKey(folder, undefined)).toThrow(
      'a witness that has forgotten may cosign a second history',
    );
    expect(() => witnessKey(place.in('new'), undefined)).toThrow('name the witness with --name');
    expect(() => witnessKey(place.in('new'), 'a name')).toThrow('is no name of a key');
  });

  it.each([
    ['Line 1 is not of the form', 'one\n'],
    ['is not of the form name+id+key', `${origin} key\n`],
    ['No log is named', '# none\n'],
  ])('knows no logs of a file that is wrong: %s', (why, text) => {
    expect(() => parseKnownLogs(Buffer.from(text))).toThrow(why);
  });
});

describe('A witness over HTTP', () => {
  it('answers as c2sp.org/tlog-witness has it', async () => {
    const { key, seen } = anotherWitness();
    const told: number[] = [];
    const server = await serveWitness(new Witness(key, logs, new WitnessMemory(seen), now), {
      host: '127.0.0.1',
      port: 0,
      onAnswer: (status) => told.push(status),
      onFatal: (error) => {
        throw error;
      },
    });
    const ask = async (body: Uint8Array | string, method = 'POST', path = '/add-checkpoint') => {
      const given = method === 'GET' ? {} : { body: Buffer.from(body) };
      const response = await fetch(`${server.url}${path}`, { method, ...given });
      return [response.status, response.headers.get('content-type'), await response.text()] as const;
    };
    const [status, , text] = await ask(requestOn(honest, 0, 5));
    expect(status).toBe(200);
    const note = { text: honest.checkpoint(5), signatures: parseSignatures(Buffer.from(text)) };
    expect(verifyNote(nodeCrypto, note, [key.key])).toHaveLength(1);
    expect(await ask(requestOn(honest, 0, 9))).toEqual([409, 'text/x.tlog.size', '5\n']);
    expect((await ask(requestOn(fork, 5, 9)))[0]).toBe(422);
    expect((await ask('old x\n'))[0]).toBe(400);
    const strange = filledLog('other.example/log', 2);
    expect((await ask(requestOn(strange, 0, 2)))[0]).toBe(404);
    const unsigned = Buffer.from(requestOn(honest, 5, 9))
      .toString()
      .replace(/— .*\n$/, `— other ${Buffer.alloc(68).toString('base64')}\n`);
    expect((await ask(unsigned))[0]).toBe(403);
    expect((await ask('', 'GET'))[0]).toBe(405);
    expect((await ask('', 'POST', '/'))[0]).toBe(404);
    expect((await ask('x'.repeat(70_000)))[0]).toBe(413);
    // Who goes away in the middle of a request takes nobody along.
    await new Promise((ended) => {
      const broken = requestOf(`${server.url}/add-checkpoint`, {
        method: 'POST',
        headers: { 'Content-Length': 100 },
      });
      broken.on('error', ended).write('old', () => broken.destroy(new Error('gone')));
    });
    const answers = await Promise.all([6, 7, 8, 9].map((size) => ask(requestOn(honest, 5, size))));
    expect(answers.filter(([code]) => code === 200)).toHaveLength(1);
    expect(answers.filter(([code]) => code === 409)).toHaveLength(3);
    await server.close();
    expect(told.filter((one) => one === 200)).toHaveLength(2);
  });
});

describe('A witness without a network', () => {
  it('cosigns what is carried to it, and says from where on the next request has to be', async () => {
    const { key, seen } = anotherWitness();
    const witness = new Witness(key, logs, new WitnessMemory(seen), now);
    const log = filledLog(origin, 300);
    const source = () => openedSource(place.folder('mirror', log.mirror(signed(log))), undefined);
    const first = cosigned(witness, await requestFor(source(), 0));
    expect(first.size).toBe(300);
    expect(parseNote(first.signed).signatures.map(({ name }) => name)).toEqual([
      origin,
      'witness.ru.example',
      'witness.example.org',
    ]);
    log.tell({ stream: 'irritant-1' });
    expect(() => cosigned(witness, requestOn(log, 0, 301))).toThrow('make the request anew with --old 300');
    const later = cosigned(witness, await requestFor(source(), 300));
    expect(verifyNote(nodeCrypto, parseNote(later.signed), [key.key])).toHaveLength(1);
    await expect(requestFor(source(), 302)).rejects.toThrow('The log has 301 entries, and --old says 302');
    expect(() => cosigned(witness, requestOn(fork, 9, 14))).toThrow('make the request anew with --old 301');
    expect(() => cosigned(witness, Buffer.from('x'))).toThrow('It is not cosigned (400)');
  });
});
