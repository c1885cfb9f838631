import { createPatch } from 'rfc6902';
import { eventView } from '../platform/record/envelope.js';
import type { Stored } from '../platform/record/envelope.js';
import type { EventRegistry } from '../platform/record/event-registry.js';
import { fold, represent, wordsOf } from '../platform/record/fold.js';
import { schemaName } from '../platform/record/schema-names.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described, Worked } from '../platform/shapes/described.js';
import { calledAsFolded, nameIn } from '../reading/subject.js';
import { Story } from './story.js';

const kept = { by: 'both' };
const moment = { knownSeq: 340, final: true, effectiveAt: null, foldVersion: 1 };
/** A moment is sealed, so an example of one opens nowhere. */
const asOf = 'mT3fXx0m1yq2n8cVb7uLJ5ZkQpRsWdEaHgYtNvOiKjMlBzCxSwAqFePuIoGhDrL4T';

function folded(slice: Slice, events: readonly Stored[]) {
  const found = fold(slice, events);
  if (found === undefined) throw new Error(`The story has nothing of ${slice.name}.`);
  return found;
}

/** As it is sent: without what is undefined. */
function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function tellingOf(registry: EventRegistry, event: Stored, seq: number) {
  return { seq, event: eventView(event), summary: registry.summarise(event) };
}

/** The entry in whose stream an event of the story stands. */
function subjectOf(slice: Slice, events: readonly Stored[]) {
  const found = folded(slice, events);
  return { kind: slice.prefix, id: found.id, name: nameIn(calledAsFolded(found)) };
}

/** An event of the story as a history has it. */
function entryOf(registry: EventRegistry, events: readonly Stored[], event: Stored, seq: number) {
  return {
    ...tellingOf(registry, event, seq),
    subject: subjectOf(registry.ofStream(event.stream), events),
  };
}

function beginning(events: readonly Stored[]): readonly [Stored, Stored] {
  const [first, second] = events;
  if (first === undefined || second === undefined) throw new Error('The story has no history.');
  return [first, second];
}

/** What an auditor is told of an entry in the story. */
function audited(slice: Slice, events: readonly Stored[], registry: EventRegistry) {
  const [first, second] = beginning(events);
  const entry = (event: Stored, seq: number) => entryOf(registry, events, event, seq);
  const before = asSent(represent(folded(slice, [first])));
  const after = asSent(represent(folded(slice, [first, second])));
  return {
    HistoryPage: { items: [entry(first, 12), entry(second, 13)], kept, asOfSeq: 340 },
    Frames: [{ ...tellingOf(registry, first, 12), kept, state: before, patch: createPatch({}, before) }],
    Diff: {
      kept: { before: kept, after: kept },
      final: true,
      fromSeq: 12,
      toSeq: 13,
      effectiveAt: null,
      foldVersion: slice.foldVersion,
      changes: [{ op: 'replace', pointer: '/stage', before: 'raised', after: 'under-consultation' }],
      instruments: [],
      events: [
        {
          subject: subjectOf(slice, events),
          seq: 13,
          id: second.id,
          type: second.type,
          summary: registry.summarise(second),
          fields: [...new Set(createPatch(before, after).map(({ path }) => path.split('/')[1] ?? ''))],
        },
      ],
    },
  };
}

/** Examples of answers by name. They are folded by the very functions that answer, so they cannot drift from them. */
export function workedExamples(
  registry: EventRegistry,
  described: readonly Described[],
): ReadonlyMap<string, unknown> {
  const { slices } = registry;
  const story = new Story(slices);
  const told = new Map(slices.map((slice) => [slice.prefix, folded(slice, story.streamOf(slice))]));
  const foldOf = (prefix: string) => {
    const found = told.get(prefix);
    if (found === undefined) throw new Error(`The story has no ${prefix}.`);
    return found;
  };
  const worked: Worked = {
    document: (prefix) => represent(foldOf(prefix)),
    told: (prefix) => ({ state: foldOf(prefix).state, wordsOf: wordsOf(foldOf(prefix)) }),
    value: (field) => story.value(field),
    entry: tellingOf(registry, beginning(story.streamOf(registry.part('matter')))[0], 12),
    kept,
    moment: { kept, asOfSeq: 340, ...moment },
    asOf,
  };
  const matter = registry.part('matter');
  const found = {
    ...Object.fromEntries(
      slices.flatMap((slice) => {
        const document = worked.document(slice.prefix);
        const list = { items: [{ kept, ...document }], asOf };
        return [
          [schemaName(slice), document],
          [`${schemaName(slice)}List`, list],
        ];
      }),
    ),
    ...audited(matter, story.streamOf(matter), registry),
    ...(Object.assign({}, ...described.map(({ examples }) => examples?.(worked))) as object),
  };
  return new Map(Object.entries(found).map(([name, value]) => [name, asSent(value)]));
}
