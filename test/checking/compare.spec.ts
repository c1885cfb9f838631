import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync } from 'node:fs';
import { base64, formatReceipts, nodeCrypto, signText, TreeHasher } from '#libs/ledger';
import { filledLog, signedBy, testSigner } from '#libs/ledger/testing';
import type { TestLog } from '#libs/ledger/testing';
import { parseHolding } from '../../src/checking/claims.js';
import { compared } from '../../src/checking/comparing.js';
import { keepEvidence } from '../../src/checking/evidence.js';
import { openedSource } from '../../src/checking/source.js';
import { statementAt } from '../../src/checking/statements.js';
import { origin, Place, policy, signed, signer } from './given.js';
import { Served } from './served.js';

const place = new Place();
const served = new Served();
beforeAll(() => served.start());
afterAll(async () => {
  await served.stop();
  place.remove();
});

const log = filledLog(origin, 300);
/** The same log up to its ninth entry, and another one from there on. */
const forked = (size: number) => {
  const other = filledLog(origin, 8);
  other.tell({ stream: 'irritant-2', data: { number: 'another' } });
  while (other.tree.size < size) other.tell({ stream: 'irritant-1' });
  return other;
};
let files = 0;
const kept = (bytes: Uint8Array) => place.put(`kept-${(files += 1)}`, bytes);
const receipt = (of: TestLog, seq: number, by = signer) =>
  kept(
    Buffer.from(
      formatReceipts(
        new TreeHasher(nodeCrypto),
        of.origin,
        [seq, 0].map((one) => ({ seq: one, leafHash: of.tree.node(0, one) })),
        (text) => [signText(text, by.key, by.sign)],
      )[0]!,
    ),
  );
const mirrorOf = (of: TestLog) => place.folder(`mirror-${(files += 1)}`, of.mirror(signed(of)));

const compare = async (one: string, other: string, more: { log?: string; proof?: string } = {}) => {
  const [first, second] = [
    await statementAt(one, policy, undefined),
    await statementAt(other, policy, undefined),
  ];
  const logs = [
    more.log === undefined ? undefined : openedSource(more.log, undefined),
    first.log,
    second.log,
  ];
  const holding = more.proof === undefined ? {} : { holding: parseHolding(readFileSync(more.proof)) };
  const said = await compared(first, second, { logs: logs.filter((one_) => one_ !== undefined), ...holding });
  return { ...said, first, second };
};

describe('Two checkpoints of a log', () => {
  it('agree where one goes on from the other, as a mirror or a server shows', async () => {
    served.show(log);
    const old = kept(signed(log, 200));
    for (const where of [mirrorOf(log), served.url])
      expect(await compare(old, where)).toMatchObject({
        found: 'agreement',
        line: 'The 300 entries of record.example/dialogue-1 begin with the 200 entries of the other.',
      });
    expect(await compare(kept(signed(log)), kept(signed(log)))).toMatchObject({
      found: 'agreement',
      line: 'Both are of the same 300 entries of record.example/dialogue-1.',
    });
    expect(await compare(kept(signed(log, 0)), kept(signed(log)))).toMatchObject({ found: 'agreement' });
  });

  it('of one size and two roots are a split view by themselves', async () => {
    const said = await compare(kept(signed(log)), kept(signed(forked(300))));
    expect(said).toMatchObject({
      found: 'split',
      line: 'record.example/dialogue-1 has signed two histories of 300 entries.',
    });
    expect(said).not.toHaveProperty('proof');
  });

  it('of no entries agree with nothing but an empty tree, for they were signed as well', async () => {
    const text = `${origin}\n0\n${base64(log.tree.root())}\n`;
    const none = kept(signedBy(text, [signer]));
    for (const other of [kept(signed(log)), kept(signed(log, 0))])
      expect(await compare(none, other)).toMatchObject({ found: 'split' });
    expect(await compare(kept(signed(log, 0)), kept(signed(log, 0)))).toMatchObject({ found: 'agreement' });
  });

  it.each([1, 9, 128, 200, 256, 299])(
    'of %s and 300 entries show a fork, with evidence that needs no log',
    async (size) => {
      const other = forked(300);
      const [one, two] = [kept(signed(size < 9 ? forkedAtOnce(size) : log, size)), kept(signed(other))];
      const said = await compare(two, one, { log: mirrorOf(other) });
      expect(said).toMatchObject({ found: 'split', line: expect.stringContaining('that begin with others') });
      if (said.found !== 'split' || said.proof === undefined) throw new Error('No evidence.');
      const folder = place.in(`evidence-${size}`);
      mkdirSync(folder);
      const { line, proof } = said;
      await keepEvidence(folder, { line, proof, one: said.first.signed, other: said.second.signed });
      const again = await compare(`${folder}/one`, `${folder}/other`, { proof: `${folder}/proof` });
      expect(again).toMatchObject({ found: 'split', line });
    },
  );

  const forkedAtOnce = (size: number) => {
    const other = filledLog(origin, 0);
    while (other.tree.size < size) other.tell({ stream: 'irritant-7' });
    return other;
  };

  it('tell nothing where nobody has the hashes, or only those of another tree', async () => {
    const [one, two] = [kept(signed(log, 200)), kept(signed(log))];
    const needed = {
      found: 'nothing',
      line: expect.stringMatching(
        /name a mirror or server that has their hashes with --log, or a proof with --proof/,
      ),
    };
    expect(await compare(one, two)).toMatchObject(needed);
    expect(await compare(one, two, { log: mirrorOf(forked(300)) })).toMatchObject(needed);
    expect(await compare(one, two, { log: mirrorOf(filledLog(origin, 200)) })).toMatchObject(needed);
    expect(
      await compare(one, two, { proof: kept(Buffer.from(`${Buffer.alloc(32).toString('base64')}\n`)) }),
    ).toMatchObject(needed);
  });

  it('of two logs tell nothing, and one that the log did not sign is not taken', async () => {
    const stranger = kept(signedBy(log.checkpoint(), [testSigner(origin, 2)]));
    await expect(compare(stranger, kept(signed(log)))).rejects.toThrow(
      'No key of the log record.example/dialogue-1 signed',
    );
  });
});

describe('A receipt', () => {
  it('agrees with a log that holds what was promised', async () => {
    served.show(log);
    expect(await compare(receipt(log, 7), served.url)).toMatchObject({
      found: 'agreement',
      line: 'The entry #7 that was promised stands in record.example/dialogue-1.',
    });
    const sequence = `:${readFileSync(receipt(log, 7)).toString('base64')}:`;
    for (const header of [sequence, `Ledger-Receipt: ${sequence}\r\n`])
      expect(await compare(kept(Buffer.from(header)), receipt(log, 7))).toMatchObject({ found: 'agreement' });
  });

  it('shows that an accepted act was dropped before its checkpoint, with evidence that needs no log', async () => {
    const dropped = forked(300);
    const [promise, checkpoint] = [receipt(log, 8), kept(signed(dropped))];
    const said = await compare(checkpoint, promise, { log: mirrorOf(dropped) });
    expect(said).toMatchObject({
      found: 'split',
      line: 'record.example/dialogue-1 promised another entry #8 than it holds: what it had accepted was dropped or changed.',
    });
    if (said.found !== 'split' || said.proof === undefined) throw new Error('No evidence.');
    expect(await compare(promise, checkpoint, { proof: kept(said.proof) })).toMatchObject({ found: 'split' });
    expect(await compare(receipt(log, 8), receipt(dropped, 8))).toMatchObject({
      found: 'split',
      line: 'record.example/dialogue-1 has promised two entries #8.',
    });
  });

  it('of an entry that the checkpoint does not reach tells what is needed', async () => {
    expect(await compare(receipt(log, 299), kept(signed(log, 299)))).toMatchObject({
      found: 'nothing',
      line: 'The checkpoint has 299 entries and the receipt promises #299: compare it with a checkpoint of more than 299 entries, which the log owes within a second.',
    });
    expect(await compare(receipt(log, 1), receipt(log, 2))).toMatchObject({ found: 'nothing' });
  });

  it('that the log did not sign is not taken', async () => {
    await expect(compare(receipt(log, 1, testSigner(origin, 2)), kept(signed(log)))).rejects.toThrow(
      'signed the receipt',
    );
  });
});
