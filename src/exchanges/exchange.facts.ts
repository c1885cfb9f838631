import { isHearsay, isOwnWord, said, unmoved, withWord } from '#libs/decider';
import type { Fact, Infer, Said } from '#libs/decider';
import type { ExchangeFact, ExchangeFacts, exchangeEvents } from './exchange.events.js';

type Data<T extends keyof typeof exchangeEvents> = Infer<(typeof exchangeEvents)[T]['data']>;

export interface Reply extends Data<'NoteReplied'> {
  readonly said: Said;
}

export interface Note extends Data<'NotePresented'> {
  readonly said: Said;
  readonly received?: Said;
  /** Every reply of its addressee; its own take the place of those that were attributed to it. */
  readonly replies: readonly Reply[];
}

/** An exchange of notes as the rules see it. */
export interface Exchange extends ExchangeFacts {
  readonly synthetic: boolean;
  readonly reportedBy: readonly Said[];
  readonly notes: readonly Note[];
  readonly legalCharacters: { readonly [party: string]: { readonly character: string; readonly said: Said } };
  readonly effects: readonly (Data<'EffectRecorded'> & { readonly said: Said })[];
}

/** The first assertion of each side that the exchange concerns the irritant. */
export function coverageOf(exchange: Exchange, irritantId: string): readonly Said[] {
  return exchange.coverage.filter((one) => one.irritantId === irritantId).map((one) => one.said);
}

export function coveredIrritants(exchange: Exchange): readonly string[] {
  return [...new Set(exchange.coverage.map((one) => one.irritantId))];
}

export function isCoveredByBoth(exchange: Exchange, irritantId: string): boolean {
  return coverageOf(exchange, irritantId).length >= 2;
}

/** What both sides say that the notes are; null while one is silent or they differ. */
export function characterOfBoth({ legalCharacters }: Exchange): string | null {
  const [one, other] = Object.values(legalCharacters);
  return one !== undefined && one.character === other?.character ? one.character : null;
}

/** Implementation rests on the completion and on both sides' word that an irritant is covered. */
export function restsOn(exchange: Exchange): readonly string[] {
  const covered = coveredIrritants(exchange).filter((one) => isCoveredByBoth(exchange, one));
  if (exchange.completed === null || covered.length === 0) return [];
  return [...exchange.completedBy, ...covered.flatMap((one) => coverageOf(exchange, one))].map(
    (one) => one.eventId,
  );
}

function born(fact: Extract<ExchangeFact, { type: 'ExchangeReported' }>): Exchange {
  return {
    dialogueId: fact.data.dialogueId,
    synthetic: fact.data.synthetic,
    reportedBy: [said(fact)],
    notes: [],
    completed: null,
    completedBy: [],
    coverage: [],
    legalCharacters: {},
    effects: [],
    terminatedBy: [],
  };
}

/** A note and its reply, or the reports of both sides, whichever was there first. A disavowed report is nobody's. */
export function completion({ notes, reportedBy: reports }: Exchange): readonly Said[] {
  const reportedBy = reports.filter((one) => one.party !== null);
  const replied = notes.flatMap(({ said: note, replies: [reply] }) =>
    reply === undefined ? [] : [[note, reply.said]],
  );
  const complete = reportedBy.length < 2 ? replied : [...replied, reportedBy];
  const since = (words: readonly Said[]) => Math.max(...words.map((one) => Date.parse(one.recordedAt)));
  return complete.toSorted((one, other) => since(one) - since(other))[0] ?? [];
}

function next(exchange: Exchange, fact: ExchangeFact): Exchange {
  switch (fact.type) {
    case 'ExchangeReported':
      return { ...exchange, reportedBy: withWord(exchange.reportedBy, fact) };
    case 'NotePresented':
      return { ...exchange, notes: [...exchange.notes, { ...fact.data, said: said(fact), replies: [] }] };
    case 'NoteReceived':
      return withNote(exchange, fact.data.noteId, (note) => ({
        ...note,
        received: firmest(note.received, fact),
      }));
    case 'NoteReplied':
      return withNote(exchange, fact.data.inReplyTo, (note) => replied(note, fact));
    case 'ExchangeCompleted':
      return completed(exchange, fact);
    case 'ExchangeCoverageAsserted': {
      const { irritantId } = fact.data;
      const words = withWord(coverageOf(exchange, irritantId), fact);
      const others = exchange.coverage.filter((one) => one.irritantId !== irritantId);
      return { ...exchange, coverage: [...others, ...words.map((word) => ({ irritantId, said: word }))] };
    }
    case 'LegalCharacterAsserted': {
      const party = fact.act.party ?? '';
      const earlier = exchange.legalCharacters[party]?.said;
      if (isHearsay(fact, earlier)) return exchange;
      const own = { [party]: { character: fact.data.character, said: said(fact) } };
      return { ...exchange, legalCharacters: { ...exchange.legalCharacters, ...own } };
    }
    case 'EffectRecorded':
      return { ...exchange, effects: [...exchange.effects, { ...fact.data, said: said(fact) }] };
    case 'ExchangeTerminated':
      return { ...exchange, terminatedBy: withWord(exchange.terminatedBy, fact) };
    default:
      return unmoved(exchange, fact);
  }
}

/** What completed it may have been retracted since; then it is not complete, and a new word completes it again. */
function completed(exchange: Exchange, fact: Fact): Exchange {
  const completedBy = completion(exchange);
  return completedBy.length < 2 ? exchange : { ...exchange, completed: said(fact), completedBy };
}

function replied(note: Note, fact: Extract<ExchangeFact, { type: 'NoteReplied' }>): Note {
  if (note.replies.some((one) => isHearsay(fact, one.said))) return note;
  const kept = note.replies.filter((one) => !isOwnWord(fact, one.said));
  return { ...note, replies: [...kept, { ...fact.data, said: said(fact) }] };
}

/** The first word, or the party's own in the place of one that was attributed to it. */
function firmest(earlier: Said | undefined, fact: Fact): Said {
  return withWord(earlier === undefined ? [] : [earlier], fact)[0] ?? said(fact);
}

function withNote(exchange: Exchange, noteId: string, change: (note: Note) => Note): Exchange {
  return { ...exchange, notes: exchange.notes.map((one) => (one.noteId === noteId ? change(one) : one)) };
}

export function evolve(exchange: Exchange | null, fact: Fact): Exchange | null {
  const known = fact as ExchangeFact;
  if (exchange === null) return known.type === 'ExchangeReported' ? born(known) : null;
  return next(exchange, known);
}
