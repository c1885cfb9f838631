import { describe, expect, it } from '@jest/globals';
import { TestLog, testKey } from '#libs/ledger/testing';
import { ScrubbedLogs } from './scrubbed-log.js';

const key = testKey(1);
const byRule = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };

/** A log in which RU has asked that its acts be taken only signed. */
function signing(): TestLog {
  const log = new TestLog('entente.example/a');
  const talks = { stream: 'dialogue-1', content: {} };
  log.tell({ ...talks, type: 'PartyKeyRegistered', data: { purpose: 'act', ...log.registration(key) } });
  log.tell({ ...talks, type: 'SignedActsRequired' }, key);
  return log;
}

const says = { stream: 'irritant-1', type: 'PositionStated' };

/** What a round over these leaves tells; the logs keep what they know of the round before. */
function roundOf(logs: ScrubbedLogs, log: TestLog, writers: 'one' | 'several'): readonly unknown[] {
  const told: unknown[] = [];
  for (const [seq, leaf] of log.leaves.entries()) {
    const fault = logs.of('a').fault(leaf, log.payloads[seq]!);
    if (fault !== undefined) told.push([seq, fault]);
  }
  logs.end(writers, { tell: (dialogueId, seq, because) => void told.push([dialogueId, seq, because]) });
  return told;
}

const logsOf = (log: TestLog) =>
  new ScrubbedLogs({ prefix: 'entente.example/', root: (_, size) => log.tree.root(size) });
const lacking = ['a', 2, expect.stringContaining('RU signs its acts, and this one is not signed')];

describe('Of what is logged, the scrubber tells', () => {
  it('nothing of acts that are signed', () => {
    const log = signing();
    log.tell(says, key);
    expect(roundOf(logsOf(log), log, 'one')).toEqual([]);
  });

  it('an act with the signature of another, once the round is over', () => {
    const log = signing();
    log.tell(says, key);
    const { signature } = log.payloads[2]!;
    log.tell({ ...says, content: { text: { en: 'Others.' } } }, key, () => signature!);
    expect(roundOf(logsOf(log), log, 'one')).toEqual([
      ['a', 3, expect.stringContaining('No event says that it is void')],
    ]);
  });

  it('an act without a signature once the round is over, and in each round again', () => {
    const log = signing();
    log.tell(says);
    const logs = logsOf(log);
    expect([roundOf(logs, log, 'one'), roundOf(logs, log, 'one')]).toEqual([[lacking], [lacking]]);
  });

  it('nothing of one that an event says is void: it came through another server as the party asked for signatures', () => {
    const log = signing();
    const { id } = log.tell(says);
    const logs = logsOf(log);
    // What says so may be on its way while a round ends.
    expect(roundOf(logs, log, 'several')).toEqual([]);
    const found = { stream: 'irritant-1', type: 'AttributionVoid', content: {}, act: byRule };
    log.tell({ ...found, data: { target: id } });
    expect(roundOf(logs, log, 'several')).toEqual([]);
  });

  it('one of which no event says so by the next round, where several servers write', () => {
    const log = signing();
    log.tell(says);
    const logs = logsOf(log);
    expect([roundOf(logs, log, 'several'), roundOf(logs, log, 'several')]).toEqual([[], [lacking]]);
  });

  it('a word of keys that the party has not signed at once, for nothing makes that void', () => {
    const log = signing();
    log.tell({ stream: 'dialogue-1', type: 'SignedActsLifted', content: {} });
    expect(roundOf(logsOf(log), log, 'several')).toEqual([[2, expect.stringContaining('is not signed')]]);
  });
});
