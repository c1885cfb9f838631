import { choice, line, means, optional, party } from '#libs/decider';
import type { Field } from '#libs/decider';
import { matchesIn } from '#libs/full-text';
import { eventTypesOf } from '../platform/commands/event-types.js';
import { searching, several, valuesOf } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { EventRegistry } from '../platform/record/event-registry.js';
import type { Stored } from '../platform/record/envelope.js';
import type { AtMoment, Placed } from './at-moment.js';
import { wantedTerms } from './looking.js';

const capacities = ['direct', 'attributed', 'derived'] as const;

function severalOf(field: Field, meaning: string) {
  return optional(several(means(field, meaning)));
}

export const scope = choice('own', 'all');

/** By what the entries of a history are narrowed; each takes several values but the first and the last two. */
export const historyFilters = {
  scope: optional(
    means(
      scope,
      'Only what stands in its own stream (`own`), or, as without it, what linked instruments and irritants say of it too (`all`).',
    ),
  ),
  party: severalOf(party, 'Only what was said by this party, or in its name.'),
  capacity: severalOf(
    choice(...capacities),
    'Only what a party said itself, what was said in its name, or what the record drew from other entries.',
  ),
  type: severalOf(
    line(60, '^[A-Z][A-Za-z]+$', 'a type of event, such as PositionStated'),
    'Only events of this type; `/v1/event-types` lists all.',
  ),
  kind: severalOf(
    line(30, '^[a-z][a-z-]+$', 'a kind of entry, such as irritant or round'),
    'Only what stands in the stream of an entry of this kind: the irritant’s own, or those of its instruments.',
  ),
  q: optional(
    means(searching, 'Only what has every word of this, in its summary or in its own words; as in a search.'),
  ),
  sinceSeq: optional(
    line(15, '^[0-9]{1,15}$', 'an ordinal of the dialogue, such as 340'),
    'Only what was recorded after this ordinal of the dialogue.',
  ),
};

/** Throws where a type or a kind is asked for of which the record never has any. */
function refuseUnknown({ slices }: EventRegistry, { type, kind }: Query): void {
  const kinds = slices.map(({ prefix }) => prefix);
  const unknown = (value: string | undefined, known: readonly string[]) =>
    value === undefined ? undefined : valuesOf(value).find((one) => !known.includes(one));
  const types = type === undefined ? [] : eventTypesOf(slices).map((one) => one.type);
  const [noType, noKind] = [unknown(type, types), unknown(kind, kinds)];
  if (noType !== undefined)
    throw parametersRefused([
      {
        parameter: 'type',
        detail: `asks for ${noType}, and there is no such event: /v1/event-types lists all`,
      },
    ]);
  if (noKind !== undefined)
    throw parametersRefused([
      { parameter: 'kind', detail: `asks for ${noKind}, and there are ${kinds.join(', ')}` },
    ]);
}

/** All texts that an event was recorded with, in whatever language. */
function textsIn(content: unknown): readonly string[] {
  if (typeof content === 'string') return [content];
  if (typeof content !== 'object' || content === null) return [];
  return Object.values(content).flatMap(textsIn);
}

function says(at: AtMoment, event: Stored, terms: ReturnType<typeof wantedTerms>): boolean {
  const texts = [at.summary(event), ...textsIn(event.content)];
  return terms.every((term) => texts.some((text) => matchesIn(text, [term]).length > 0));
}

/** Whether an entry of the history of a stream is among those that are asked for; undefined where all are. */
export function wantedEntries(at: AtMoment, own: string): ((entry: Placed) => boolean) | undefined {
  const { query, record } = at;
  if (Object.keys(historyFilters).every((name) => query[name] === undefined)) return undefined;
  refuseUnknown(record.registry, query);
  const among = (name: 'party' | 'capacity' | 'type' | 'kind') => {
    const wanted = query[name] === undefined ? undefined : new Set(valuesOf(query[name]));
    return (value: string | null) => wanted === undefined || (value !== null && wanted.has(value));
  };
  const [isParty, isCapacity, isType, isKind] = [
    among('party'),
    among('capacity'),
    among('type'),
    among('kind'),
  ];
  const sinceSeq = query['sinceSeq'] === undefined ? -1 : Number(query['sinceSeq']);
  const terms = wantedTerms(query);
  const isWhole = query['scope'] !== 'own';
  return ({ seq, event }) =>
    (isWhole || event.stream === own) &&
    seq > sinceSeq &&
    isParty(event.act.party) &&
    isCapacity(event.act.capacity) &&
    isType(event.type) &&
    isKind(event.stream.slice(0, event.stream.indexOf('-'))) &&
    (terms.length === 0 || says(at, event, terms));
}
