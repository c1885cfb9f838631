import { dated, rewordedBy, wordersIn, wording } from '#libs/decider';
import type { Act, LangText, Occurred, WordingRow } from '#libs/decider';
import type { Amendment, Standing } from '../reading/amended.js';
import type { EntryFlag } from '../reading/entry-flags.js';
import { withoutTail } from './quotes.js';
import type { Quote, Telling } from './quotes.js';
import type { Told, Worded } from './spoken.js';

/** An event with its envelope apart, as histories and replays show it. */
export interface Viewed {
  readonly envelope: {
    readonly id: string;
    readonly type: string;
    readonly act: Act;
    readonly wording?: readonly WordingRow[];
    readonly occurred?: Occurred;
  };
  readonly data: { readonly [field: string]: unknown };
  readonly content: object | null;
}

export interface Entry {
  readonly seq: number;
  readonly event: Viewed;
  readonly summary: string;
  readonly amendedBy?: readonly Amendment[] | undefined;
  readonly standing?: Standing | undefined;
  readonly flags?: readonly EntryFlag[] | undefined;
}

/** Whose words those of a correction are: of what others recorded for a party, those of whoever worded them first. */
function rowsOf(
  { seq, event }: Entry,
  { envelope }: Viewed,
  all: readonly Entry[],
): readonly WordingRow[] | undefined {
  const { act, wording: rows } = envelope;
  if (act.capacity !== 'attributed') return rows;
  const { recorderParty } = act;
  const byOf = (eventId: string) => {
    const found = all.find((one) => one.seq < seq && one.event.envelope.id === eventId);
    const isOut = found?.standing === 'dropped' || found?.standing === 'unheard';
    return isOut ? undefined : found?.event.envelope.act.recorderParty;
  };
  const by = event.envelope.act.recorderParty;
  const reworded = wordersIn({ data: event.data, by }, { id: envelope.id, recorderParty }, byOf);
  return rewordedBy(reworded, act.party, rows);
}

/** Whose words the entry's are; a correction holds words of what it corrects. */
function wordedIn(entry: Entry, target: Entry | undefined, all: readonly Entry[]): Worded {
  const { act } = (target ?? entry).event.envelope;
  const rows = target === undefined ? entry.event.envelope.wording : rowsOf(entry, target.event, all);
  const { party, capacity, recorderParty } = act;
  const isOwn = capacity === 'direct' && party === recorderParty;
  return {
    party,
    capacity,
    ...(isOwn ? {} : { recorderParty }),
    ...(rows === undefined ? {} : { wording: rows }),
    ...((target ?? entry).standing === 'repudiated' ? { repudiated: true } : {}),
  };
}

export function tellingOf(entry: Entry, on: Entry | undefined, all: readonly Entry[] = []): Telling {
  const target = entry.event.envelope.type === 'EventCorrected' ? on : undefined;
  const { envelope, data, content } = entry.event;
  return { data, content, worded: wordedIn(entry, target, all), dated: dated({ ...envelope, content }) };
}

/** What the entry says, in a sentence of ours, and apart from that whatever was written in it; it may be on one of all. */
export function entryInWords(
  entry: Entry,
  on?: Entry,
  all?: readonly Entry[],
): { readonly head: readonly Told[]; readonly quotes: readonly Quote[] } {
  return withoutTail(entry.summary, tellingOf(entry, on, all));
}

/** Of a step, which one it is, by the words that the plan has for it. */
function stepIn({ data }: Viewed, { content }: Viewed): readonly Told[] {
  const { texts = {} } = (content ?? {}) as { texts?: { readonly [key: string]: LangText } };
  const text = typeof data['stepId'] === 'string' ? wording(texts[data['stepId']]) : '';
  return text === '' ? [] : [{ text, isWritten: true }];
}

/** Whether the sentence names what the entry is about: by the place of the earlier entry, or a step by its number. */
function isSaidIn({ summary, event }: Entry, on: Entry): boolean {
  const isStep = typeof event.data['stepId'] === 'string';
  return isStep ? /\bstep \d+ /u.test(summary) : new RegExp(`\\bs${on.seq}\\b`, 'u').test(summary);
}

/**
 * What an entry is about: the step in its words, or what the earlier entry says. Nothing where the summary of the entry
 * says it.
 */
export function aboutInWords(entry: Entry, on: Entry): readonly Told[] {
  if (isSaidIn(entry, on)) return [];
  const step = stepIn(entry.event, on.event);
  if (step.length > 0) return step;
  const { head, quotes } = entryInWords(on);
  const name = quotes.find(({ label }) => label === 'title' || label === 'name');
  return name === undefined
    ? head
    : [...head, { text: ': ', isWritten: false }, { text: name.text, isWritten: true }];
}

const verbs: { readonly [type: string]: string } = {
  EventCorrected: 'corrected',
  EventRetracted: 'retracted',
  ErasureRequested: 'asked to be erased',
  ContentErased: 'its words were erased',
  AttributionEndorsed: 'endorsed by the party in whose name it was recorded',
  AttributionDisavowed: 'disavowed by the party in whose name it was recorded',
  AttributionVoid: 'void, because it came too late',
  AttributionContradicted: 'dropped, because that party has said otherwise itself',
  AttributionDoubted: 'doubted by whoever recorded it',
  ActRepudiated: 'repudiated by the party under whose name it stands',
  ActReviewConcluded: 'concluded upon, after it was repudiated',
  MilestoneLifted: 'lifted, because what it rested on dropped out',
};

/** What a later event did to an entry; where that fell with another one, with which. */
export function amendmentInWords({ type, restedOn }: Amendment, nameOf: (eventId: string) => string): string {
  return restedOn === undefined
    ? (verbs[type] ?? 'amended')
    : `fell with ${nameOf(restedOn)}, on which it rests and which was ${verbs[type] ?? 'taken out'}`;
}
