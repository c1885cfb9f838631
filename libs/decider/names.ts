import type { Occurred } from './claimed.js';
import type { Act, Fact } from './fact.js';
import type { EventSchemas, Infer, LangText } from './schema.js';
import { wording } from './words.js';
import type { Told } from './words.js';

/**
 * The name that people use for what an id stands for; undefined where it is not known here. Without a kind it is something
 * of the event's own stream, and with one the entry `{kind}-{id}`; of the kind `event` it is the place of any event in its
 * dialogue, and of the kind `entry` that with what the event says.
 */
export type NameOf = (id: string, kind?: string) => string | undefined;

/** One sentence for each event type, in the third person, saying who did what, and to what. */
export type SummariesOf<S extends EventSchemas> = {
  readonly [T in keyof S & string]: (
    event: Told<T, Infer<S[T]['data']>, Partial<Infer<S[T]['content']>>>,
    nameOf: NameOf,
  ) => string;
};

/** Each id that an event brings into its stream, with what it is called from there on. */
export type Brought = readonly (readonly [id: string, name: string])[];

/** By event type, what comes into the stream with it; `seq` is its place in its dialogue. */
export type NamesOf<S extends EventSchemas> = {
  readonly [T in keyof S & string]?: (
    event: Told<T, Infer<S[T]['data']>, Partial<Infer<S[T]['content']>>>,
    seq: number,
    nameOf: NameOf,
  ) => Brought;
};

const nameMax = 80;

/** A text as a name: on one line, without the full stop at its end, and cut where a word ends if it is long. */
export function inShort(text: string, most = nameMax): string {
  const line = text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/(?<=[^.])\.$/u, '');
  const characters = Array.from(line);
  if (characters.length <= most) return line;
  const cut = characters.slice(0, most - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

/** What has no name of its own is found by its place, and told by its words as far as they are there. */
export function placed(seq: number, words: LangText | string | undefined): string {
  const text = inShort(typeof words === 'string' ? words : wording(words));
  return text === '' ? `s${seq}` : `s${seq}: ${text}`;
}

/** Behind what it is the name of: nobody's words, so it stands in brackets, and never in quotation marks. */
export function bracketed(name: string | undefined): string {
  return name === undefined ? '' : ` (${name})`;
}

/** The id of whatever the event's own stream is of. */
export function ownId({ stream }: Pick<Fact, 'stream'>): string {
  return stream.slice(stream.indexOf('-') + 1);
}

/** What the event's own stream is of, by a name that needs no other word, such as a key. */
export function itself(event: Pick<Fact, 'stream'>, nameOf: NameOf, unnamed = 'it'): string {
  return nameOf(ownId(event)) ?? unnamed;
}

/** What the event's own stream is of, by what it is and its name in brackets. */
export function its(noun: string, event: Pick<Fact, 'stream'>, nameOf: NameOf): string {
  return `${noun}${bracketed(nameOf(ownId(event)))}`;
}

/** By whom an act was recorded in somebody's name; undefined where whoever says it, or a rule, recorded it. */
export function recorderIn({ capacity, party, recorderParty, endorsedBy }: Act): string | undefined {
  const isAttributed = capacity === 'attributed' || endorsedBy !== undefined;
  if (!isAttributed || (party !== null && party === recorderParty)) return undefined;
  return recorderParty ?? 'the secretariat';
}

/** Behind whoever says it, or behind what was said where that is nobody. */
export function recorded({ act }: { readonly act: Act }): string {
  const recorder = recorderIn(act);
  return recorder === undefined ? '' : ` (recorded by ${recorder})`;
}

/** The party that acts, as a summary's subject, with who recorded it where somebody else did. */
export function who(event: { readonly act: Act }): string {
  return `${event.act.party ?? 'The record'}${recorded(event)}`;
}

interface Datable {
  readonly act: Act;
  readonly occurred?: Occurred | undefined;
  readonly content: object | null;
}

/** What stands among the words of an act and is none. */
const notSaid: readonly string[] = ['nonce', 'erased'];

/** Of an act without words, when it happened, as claimed: nothing else tells it from the same act of another day. */
export function dated({ act, occurred, content }: Datable): string {
  if (occurred === undefined || act.capacity === 'derived') return '';
  const isWordless = Object.keys(content ?? {}).every((field) => notSaid.includes(field));
  return isWordless ? `, dated ${occurred.edtf}` : '';
}

/** From which event a rule drew it, for the same may follow again; nothing where the sentence names that one. */
export function drawnFrom(
  { act, causationId }: Pick<Fact, 'act' | 'causationId'>,
  said: string,
  nameOf: NameOf,
): string {
  if (act.capacity !== 'derived' || causationId === undefined) return '';
  const cause = nameOf(causationId, 'event');
  const isNamed = cause === undefined || new RegExp(`\\b${cause}\\b`, 'u').test(said);
  return isNamed ? '' : ` (by ${cause})`;
}
