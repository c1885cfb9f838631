import { choice, line, optional } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import { parseInstant } from '#libs/edtf';
import type { Term } from '#libs/full-text';
import {
  asOf as asOfParameters,
  inDialogue,
  limitOf,
  paging,
  searching,
  several,
  waiting,
} from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Sight } from '../platform/access/sight.js';
import type { Slice } from '../platform/record/slice.js';
import { overdueLabel } from '../platform/record/due-labels.js';
import { isMoment } from '../platform/record/moments.js';
import type { AtMoment } from './at-moment.js';
import { instantOf } from './instant.js';
import { named, resolveKnownAt } from './moment.js';
import type { Moment } from './moment.js';
import { changedElsewhere } from './changed-since.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';
import { filtersIn, instrumentsAsked, throughInstruments } from './list-filters.js';
import { sorts } from './list-rows.js';
import type { Sort, WantedRows } from './list-rows.js';
import { effectiveRows, foldedAtOnce } from './effective-rows.js';
import { shownIn, withDocuments } from './listed.js';
import type { Listed } from './listed.js';
import { fewMost, givingNames, lookingFor, wantedTerms } from './looking.js';
import { concerning } from './matching.js';
import { askedMost, matchingRows } from './matching-rows.js';
import { aboutOf, readingFrom } from './read-model.js';
import type { ReadModel } from './read-model.js';

export interface Page {
  readonly slice: Slice;
  readonly entries: readonly Listed[];
  readonly asOfSeq: number | undefined;
  /** For what is read beside the entries. */
  readonly at: AtMoment;
  /** The moment of the page, and where the next one starts; sealed anew each time, for two that are alike would tell that nobody wrote in between. */
  readonly sealed: () => { readonly asOf: string | null; readonly next: string | undefined };
  readonly about: object;
  /** What the address of the next page says beside the moment. */
  readonly pinned: { readonly [parameter: string]: string };
}

const overdueBy = {
  overdueAt: optional(
    line(40),
    'The instant before which something was due that `overdue` asks for; the `next` link keeps the one of the first page.',
  ),
};

/** The query parameters of a list: what all take, and the slice's own filters. */
export function listParameters(slice: Slice): Shape {
  const filters = Object.entries(slice.filters).map(([name, field]): [string, Field] => [
    name,
    optional(several(field)),
  ]);
  return {
    q: optional(searching),
    dialogue: inDialogue,
    ...Object.fromEntries(filters),
    ...(slice.filters['overdue'] === undefined ? {} : overdueBy),
    externalRef: optional(
      line(100),
      'Only what was brought in under this reference; another dialogue may have it for something else.',
    ),
    updatedSince: optional(line(40), 'Only what was recorded at this instant or later.'),
    since: optional(
      line(65),
      'Only what was recorded of after this moment: the `asOf` of an earlier answer. What changed in a linked entry changes that one.',
    ),
    sinceSeq: optional(
      line(15, '^[0-9]{1,15}$', 'an ordinal of the dialogue, such as 340'),
      'The same by an ordinal of the dialogue that `dialogue` names.',
    ),
    sort: optional(choice(...sorts), 'By which moment, and in which direction; `-updatedAt` unless given.'),
    ...paging,
    ...asOfParameters,
    ...waiting,
  };
}

interface Wanted extends Omit<WantedRows, 'elsewhere'> {
  readonly terms: readonly Term[];
  /** Only where it is asked what is overdue. */
  readonly overdueAt: string | undefined;
  readonly scope: string;
}

function wantedOf({ record, asking, moment }: AtMoment, slice: Slice, query: Query): Wanted {
  const sort = (query['sort'] as Sort | undefined) ?? '-updatedAt';
  const scope = questionOf(slice.name, { ...query, sort });
  const overdueAt = overdueAtIn(query, moment);
  return {
    terms: wantedTerms(query),
    dialogue: query['dialogue'],
    filters: filtersIn(slice, query, overdueAt),
    overdueAt,
    updatedSince: instantParameter(query, 'updatedSince'),
    beyond: beyondOf(record, query, asking.sight ?? 'all'),
    sort,
    limit: limitOf(query),
    after: readCursor(record, scope, query['cursor']),
    scope,
  };
}

function overdueAtIn(query: Query, moment: Moment): string | undefined {
  const given = instantParameter(query, 'overdueAt');
  if (query[overdueLabel] !== undefined) return given ?? new Date(instantOf(moment)).toISOString();
  if (given === undefined) return undefined;
  throw parametersRefused([{ parameter: 'overdueAt', detail: 'says when, and overdue= whether: give both' }]);
}

function instantParameter(query: Query, parameter: string): string | undefined {
  const text = query[parameter];
  if (text === undefined) return undefined;
  const at = parseInstant(text);
  if (at !== undefined) return new Date(at).toISOString();
  throw parametersRefused([{ parameter, detail: 'takes an instant such as 2025-04-10T09:00:00Z' }]);
}

/** The place after which something must have been recorded of an entry, by a moment or by an ordinal of the dialogue. */
function beyondOf(record: RecordRead, query: Query, sight: Sight): number | undefined {
  const { since, sinceSeq } = query;
  if (since !== undefined && sinceSeq !== undefined) {
    throw parametersRefused([{ parameter: 'sinceSeq', detail: 'and since can’t be given together' }]);
  }
  if (since !== undefined) {
    if (isMoment(since)) return resolveKnownAt(record, since, {}, 'since').knownOrdinal;
    throw parametersRefused([
      { parameter: 'since', detail: 'takes a moment: the asOf of an earlier answer' },
    ]);
  }
  if (sinceSeq === undefined) return undefined;
  if (query['dialogue'] === undefined) {
    throw parametersRefused([
      { parameter: 'sinceSeq', detail: 'counts within one dialogue: name it with dialogue=' },
    ]);
  }
  return resolveKnownAt(record, `s${sinceSeq}`, aboutOf(query, sight), 'sinceSeq').knownOrdinal;
}

/** So that a test comes to what a short record does not. */
interface Bounds {
  readonly fewMax?: number;
  /** How many entries are asked or folded at once. */
  readonly windowSize?: number;
  readonly foldMax?: number;
}

export async function list(asked: AtMoment, slice: Slice, query: Query, bounds: Bounds = {}): Promise<Page> {
  const { record } = asked;
  const wanted = wantedOf(asked, slice, query);
  const naming = wanted.terms.length === 0 ? [] : givingNames(record);
  const instruments = instrumentsAsked(record.registry, slice, query);
  const lists = [...concerning(slice, naming), ...instruments];
  // Where an entry can be asked by itself, as of an effective date only those are that the page comes to.
  const isKnownOnly = wanted.terms.length === 0 && instruments.length === 0;
  const scope = { slices: lists, naming, isKnownOnly, ...bounds };
  const { page, at, ...rest } = await readingFrom(asked, scope, query, async (model) => {
    const { asOfSeq, moment } = model;
    const asOf = model.at.sealing();
    const shown = await shownOf(model, slice, { ...wanted, naming, instruments }, bounds);
    return {
      page: shown.page,
      at: model.at,
      sealed: () => ({
        asOf: asOf(),
        next: cursorOf(record, wanted.scope, shown.last, model.context),
      }),
      asOfSeq,
      pinned: wanted.overdueAt === undefined ? {} : { overdueAt: wanted.overdueAt },
      about: moment === undefined ? {} : named(moment, slice),
    };
  });
  return { slice, entries: await shownIn(page, at, slice), at, ...rest };
}

interface WantedIn extends Wanted {
  readonly naming: readonly Slice[];
  readonly instruments: readonly Slice[];
}

async function shownOf(model: ReadModel, slice: Slice, wanted: WantedIn, bounds: Bounds) {
  const { record, moment } = model.at;
  const { terms, naming, instruments, limit } = wanted;
  const elsewhere = changedElsewhere(record, slice, wanted.beyond, moment.knownOrdinal);
  const filters = wanted.filters.map((one) =>
    throughInstruments(one, record.registry, instruments, model.partOf),
  );
  const asked = { ...wanted, filters, elsewhere };
  if (moment.effectiveAt !== undefined && terms.length === 0 && instruments.length === 0) {
    const rows = await effectiveRows(model, slice, asked, bounds.windowSize ?? foldedAtOnce);
    const { shown, last } = pageOf(rows, limit, ({ place }) => place);
    return { page: shown, last };
  }
  const looked = lookingFor({ terms, naming, model, fewMax: bounds.fewMax ?? fewMost });
  const rows = await matchingRows(slice, looked, asked, bounds.windowSize ?? askedMost);
  const { shown, last } = pageOf(rows, limit, ({ place }) => place);
  return { page: withDocuments(shown), last };
}
