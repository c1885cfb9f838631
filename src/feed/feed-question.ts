import { line, means, optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { inDialogue, limitMax, limitUnlessAsked, paging, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import { notFound } from '../platform/record/refusals.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';
import { sees } from '../platform/access/sight.js';
import type { Wanted } from './feed-reader.js';

export const waitSecondsMax = 30;

export const feedParameters = {
  after: optional(
    line(65),
    'Where to go on: the `cursor` of the page before. The moment of a list (`asOf`) and the `Event-Position` of a write are taken as well. From the beginning of the record without it.',
  ),
  dialogue: inDialogue,
  type: optional(
    line(2_000),
    'Only events of these types, with commas between them; `/v1/event-types` lists all.',
  ),
  wait: optional(
    line(2, '^([0-9]|[12][0-9]|30)$', `a whole number of seconds from 0 to ${waitSecondsMax}`),
    `For how many seconds to wait where there is nothing yet, at most ${waitSecondsMax}; not at all unless told. Of no meaning for a stream.`,
  ),
  limit: means(
    paging.limit,
    `How many events a page has at the most; ${limitUnlessAsked} unless told, ${limitMax} at the most.`,
  ),
  ...waiting,
} satisfies Shape;

/** What a query wants. Throws where it names a type that there is none of, or a dialogue that the principal does not see. */
export async function wantedBy(record: RecordRead, query: Query, principal: Principal): Promise<Wanted> {
  const { dialogue, type } = query;
  const types = type?.split(',');
  const unknown = unknownType(record, types);
  if (unknown !== undefined) throw parametersRefused([{ parameter: 'type', detail: unknown.detail }]);
  return wanted(record, { dialogue, types }, principal);
}

/** The first of the types that there is none of, and what is wrong with it. */
export function unknownType(record: RecordRead, types: readonly string[] = []) {
  const place = types.findIndex((one) => !record.registry.types.has(one));
  const unknown = types[place];
  if (unknown === undefined) return undefined;
  const detail = `names “${unknown.slice(0, 80)}”, and there is no such type of event: /v1/event-types lists all`;
  return { place, detail };
}

interface Chosen {
  readonly dialogue: string | undefined;
  readonly types: readonly string[] | undefined;
}

/** Throws where the principal does not see the dialogue. */
export async function wanted(
  record: RecordRead,
  { dialogue, types }: Chosen,
  principal: Principal,
): Promise<Wanted> {
  if (dialogue !== undefined) {
    const isThere = (await record.present.dialogue(dialogue)) !== undefined;
    if (!isThere || !(await sees(record.present, principal, dialogue)))
      throw notFound(record.registry.part('dialogue'), dialogue);
  }
  return { dialogueId: dialogue, types: types && new Set(types) };
}
