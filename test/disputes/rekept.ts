import type { Create, Fields, Step, Upload, Value } from '../../src/demo/step.js';
import type { Dispute } from './telling.js';

/** Invented, so that no government is said to have kept what it did not. */
export const inventedParties = ['LESTRA', 'MORVEN'] as const;
const thirdParty = 'CORVAN';

export type Hands = 'one' | 'both';

/** By whom the invented parties act. */
export function negotiatorOf(party: string): string {
  return `${party.toLowerCase()}-negotiator`;
}

/**
 * The same acts in other hands: kept by the first side alone, or by both, each of which speaks for itself. Neither
 * happened, so the parties are invented, all words are put in place of those that were said, and all of it is marked
 * synthetic.
 */
export function rekept({ parties, steps }: Dispute, hands: Hands): readonly Step[] {
  const [keeper, other] = inventedParties;
  const names = new Map<string, string>([
    [parties[0], keeper],
    [parties[1], other],
  ]);
  const speaks = (party: string) => party === keeper || hands === 'both';
  const renamed = steps.map((one, number) =>
    'body' in one ? { ...one, body: invented(one.body, number, names) } : one,
  );
  const [opening, ...acts] = renamed.filter((one) => 'body' in one);
  return [
    opened(opening as Create, hands, keeper),
    ...(hands === 'both' ? [joining(opening!.as, other)] : []),
    ...acts.map((one) => spoken(one, speaks, keeper)),
  ];
}

function opened(step: Create, hands: Hands, keeper: string): Step {
  const keyPrefix = `X${hands.toUpperCase()}`;
  return { ...step, by: negotiatorOf(keeper), body: { ...step.body, keyPrefix, synthetic: true } };
}

function joining(on: string, party: string): Step {
  return { as: `${party}-joins`, by: negotiatorOf(party), on, act: 'join', body: {} };
}

type Said = Exclude<Step, Upload>;

/** Who speaks for itself names no party, and its words are its own; of whoever is absent the keeper records it. */
function spoken(step: Said, speaks: (party: string) => boolean, keeper: string): Step {
  const { party, ...body } = step.body;
  const isData = 'act' in step && step.act === 'record-party-alias';
  if (typeof party !== 'string' || isData || !speaks(party)) return { ...step, by: negotiatorOf(keeper) };
  const { wording: _, ...direct } = body;
  return { ...step, by: negotiatorOf(party), body: direct };
}

/** Fields that hold words, whoever said them; all others decide, or are dates. */
const words = ['en', 'title', 'citation', 'issuerName', 'speaker', 'alias', 'level', 'legalBasis', 'tags'];

function invented(body: Fields, number: number, names: ReadonlyMap<string, string>): Fields {
  const told = (field: string, value: Value): Value => {
    if (field === 'thirdParty') return thirdParty;
    if (typeof value === 'string') {
      return words.includes(field) ? `Words no. ${number}.` : (names.get(value) ?? value);
    }
    if (typeof value !== 'object' || 'ref' in value) return value;
    if (isList(value)) return value.map((one) => told(field, one));
    return everyField(value, told);
  };
  return everyField(body, told);
}

function everyField(fields: Fields, told: (field: string, value: Value) => Value): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, told(field, value)]));
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}
