import { expect } from '@jest/globals';
import { stateAsOf, prefixOf } from '../../src/audit/as-of.js';
import { replay } from '../../src/audit/replay.js';
import { entriesOf } from '../../src/audit/history.js';
import { fold, represent } from '../../src/platform/fold.js';
import type { Stored } from '../../src/platform/envelope.js';
import type { Source } from '../../src/sources/source.decider.js';
import { slices } from '../../src/slices.js';
import { actsOf } from '../../src/platform/commands.controller.js';
import type { Stage } from './moves.js';

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The types of event that consent, or bind a party, by the declarations of the commands that propose them. */
const binding = new Set(
  slices
    .flatMap(actsOf)
    .filter((one) => one.declaration.standing === 'binding')
    .map((one) => one.declaration.event),
);

/** For every prefix: the as-of state, the fold of the prefix and the frame of the replay are one. */
export async function asOfIsFoldIsFrame({ desk, irritantId }: Stage): Promise<void> {
  const { record } = desk;
  const slice = record.registry.get('irritants');
  const prefix = prefixOf(record, `irritant-${irritantId}`, record.projections.record.headSeq);
  const moment = { knownSeq: record.projections.record.headSeq, effectiveAt: undefined, counts: () => true };
  const frames = await Array.fromAsync(replay(record, slice, irritantId, moment));
  expect(frames.length).toBe(prefix.length);
  for (const [index, { seq }] of prefix.entries()) {
    const folded = fold(
      slice,
      prefix.slice(0, index + 1).map((one) => one.event),
    );
    const state = folded === undefined ? null : json(represent(folded));
    expect(frames[index]?.state).toEqual(state);
    const { document } = stateAsOf(record, slice, irritantId, { knownAt: `s${seq}` });
    expect(json(document)).toMatchObject(state as object);
  }
}

/** One side alone brings the stage no further than `raised`, except that a sole raiser may withdraw. */
export function oneSideMovesNothing({ desk, irritantId }: Stage): void {
  const { record } = desk;
  const slice = record.registry.get('irritants');
  const entries = entriesOf(record, slice, irritantId, record.projections.record.headSeq);
  for (const { seq, event } of entries.filter((one) => one.event.stream === `irritant-${irritantId}`)) {
    const speakers = new Set(
      entries.filter((one) => one.seq <= seq).flatMap((one) => one.event.act.party ?? []),
    );
    if (speakers.size > 1) continue;
    const { document } = stateAsOf(record, slice, irritantId, { knownAt: `s${seq}` });
    const known = document as Record<string, unknown>;
    const allowed = (known['raisers'] as string[]).length === 1 ? ['raised', 'withdrawn'] : ['raised'];
    expect({ after: event.type, stage: known['stage'] }).toEqual({
      after: event.type,
      stage: expect.stringMatching(allowed.join('|')),
    });
  }
}

/** Neither retraction nor correction nor erasure moves the stage, and opening a review doesn't either. */
export async function amendmentsMoveNothing({ desk, irritantId }: Stage): Promise<void> {
  const { record } = desk;
  const slice = record.registry.get('irritants');
  const moment = { knownSeq: record.projections.record.headSeq, effectiveAt: undefined, counts: () => true };
  let before: unknown;
  for await (const { event, state } of replay(record, slice, irritantId, moment)) {
    const still = [
      'EventRetracted',
      'EventCorrected',
      'ContentErased',
      'StageReviewOpened',
      'AttributionDisavowed',
    ];
    if (still.includes(event.envelope.type))
      expect({ after: event.envelope.type, stage: state?.['stage'] }).toEqual({
        after: event.envelope.type,
        stage: before,
      });
    before = state?.['stage'];
  }
}

/** What decides never reads words: with every word gone, the rules see the same. */
export function wordsDecideNothing({ desk, irritantId }: Stage): void {
  const { record } = desk;
  const slice = record.registry.get('irritants');
  const events = prefixOf(record, `irritant-${irritantId}`, record.projections.record.headSeq).map(
    (one) => one.event,
  );
  const wordless = events.map((one) => ({ ...one, content: {} }));
  expect(fold(slice, wordless)?.state).toEqual(fold(slice, events)?.state);
}

/** No consent is attributed to a party without a source that this party issued; press never carries it. */
export async function consentHasItsSource(stage: Stage): Promise<void> {
  const { desk, irritantId, roundId, exchanges } = stage;
  const streams = [
    `irritant-${irritantId}`,
    `round-${roundId}`,
    ...exchanges.map((one) => `exchange-${one}`),
  ];
  const events: Stored[] = [];
  for (const stream of streams) events.push(...(await desk.record.world.events(stream)));
  for (const event of events.filter((one) => one.act.capacity === 'attributed' && binding.has(one.type))) {
    const cited = await Promise.all(
      event.sources.map((one) => desk.record.world.facts('sources', one.sourceId)),
    );
    const carrying = (cited as unknown as Source[]).filter(
      (one) => one.kind !== 'press' && one.issuers.includes(event.act.party ?? ''),
    );
    expect({ type: event.type, carried: carrying.length > 0 }).toEqual({ type: event.type, carried: true });
  }
}
