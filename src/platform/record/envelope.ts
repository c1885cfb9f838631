import type { Act, Occurred, SourceRef, Told, WordingRow, Words } from '#libs/decider';
import type { ActSignature, Leaf } from '#libs/ledger';
import type { JsonObject, NewEvent, Position, Recorded } from '#libs/event-store';
import { contentHash, nodeCrypto } from '#libs/ledger';

export type Audience = 'both' | 'public';

/** The mark of an idempotent request, stored with the events that it caused. */
export interface CommandMark {
  readonly keyHash: string;
  readonly bodyHash: string;
}

/** What only the fold adds to an act. */
type OfFold = 'endorsedBy' | 'endorsedAt';

/** An act as it is stored: with the members that a leaf has, for the leaf of any other is refused and its log would end. */
export type StoredAct = Omit<Act, OfFold> & { readonly [Member in OfFold]?: never } & HasMembersOf<
    Omit<Act, OfFold>,
    Leaf['act']
  >;

/** Nothing that could be had where a leaf has other members. */
type HasMembersOf<Part, InLeaf> = [keyof Part, keyof InLeaf] extends [keyof InLeaf, keyof Part]
  ? unknown
  : never;

export function asStored({ endorsedBy: _, endorsedAt: _a, ...act }: Act): StoredAct {
  return act;
}

/** What the envelope holds beyond what the store itself keeps; frozen, for it is in every stored event. */
export interface Meta {
  readonly schemaVersion: number;
  readonly occurred?: Occurred & HasMembersOf<Occurred, NonNullable<Leaf['occurred']>>;
  readonly act: StoredAct;
  readonly sources: readonly SourceRef[];
  readonly wording?: readonly WordingRow[];
  readonly audience: Audience;
  readonly command?: CommandMark;
  /** What it is called in the system from which it was brought in. */
  readonly externalRef?: string;
  readonly causationId?: string;
  readonly correlationId: string;
  /** What its rule needed: it drops out with any of these. */
  readonly restsOn?: readonly string[];
  /** What it answered, ended or replaced. */
  readonly ends?: readonly string[];
  /** Of salt and words, where there are words: it outlives both, so that the ledger's leaf can be derived again. */
  readonly contentHash?: string;
  /** Of an act that its party signed: the signature, and what it covers beside the event. */
  readonly signature?: ActSignature;
}

/** Why an event can't be read, and what is stored of it, of whatever shape. */
export interface Unreadable {
  readonly because: string;
  readonly stored: { readonly data: unknown; readonly content: unknown; readonly meta: unknown };
}

/** A recorded event with envelope, data and words. */
export interface Stored extends Told<string, Words> {
  readonly schemaVersion: number;
  readonly audience: Audience;
  readonly command?: CommandMark;
  readonly externalRef?: string;
  readonly correlationId: string;
  readonly restsOn?: readonly string[];
  readonly ends?: readonly string[];
  readonly contentHash?: string;
  readonly signature?: ActSignature;
  readonly salt: string | null;
  readonly erased: boolean;
  /** No schema of this program can read it; the parts of it above are empty then. */
  readonly unreadable?: Unreadable;
  /** Of the store, for reading one's own writes; never part of what is shown or hashed. */
  readonly position: Position;
}

/** What people write beside the fields of an event: where in a source it stands, and who translated. */
export interface Beside {
  /** By the place of the source among those cited. */
  readonly locators?: Texts;
  /** By the place of the row in the wording. */
  readonly translators?: Texts;
}

interface Texts {
  readonly [place: string]: string;
}

/** Such words stand in the content, so that they are hashed, and erased, with the others. */
export function apartFrom(content: JsonObject): { readonly beside: Beside; readonly words: JsonObject } {
  const { locators, translators, ...words } = content;
  return { beside: compact({ locators, translators }) as Beside, words };
}

function textsOf(values: readonly (string | undefined)[]): Texts | undefined {
  const texts = values.flatMap((one, place) => (one === undefined ? [] : [[String(place), one] as const]));
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

function besideOf({ sources, wording = [] }: Pick<Meta, 'sources' | 'wording'>): Beside {
  return compact({
    locators: textsOf(sources.map((one) => one.locator)),
    translators: textsOf(wording.map((one) => one.by)),
  });
}

function withoutBeside<M extends Pick<Meta, 'sources' | 'wording'>>(meta: M): M {
  const { sources, wording } = meta;
  return {
    ...meta,
    sources: sources.map(({ locator: _, ...one }) => one),
    ...(wording === undefined ? {} : { wording: wording.map(({ by: _, ...one }) => one) }),
  };
}

function withBeside(meta: Meta, { locators = {}, translators = {} }: Beside): Meta {
  const { sources, wording } = meta;
  return {
    ...meta,
    sources: sources.map((one, place) => compact({ ...one, locator: locators[place] })),
    ...(wording === undefined
      ? {}
      : { wording: wording.map((one, place) => compact({ ...one, by: translators[place] })) }),
  };
}

/** Without the members that are undefined. */
function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

/** The event once its words are gone, those of its envelope included. */
export function withoutWords(event: Stored): Stored {
  return { ...withoutBeside(event), content: {}, salt: null, erased: true };
}

/** Whether words of it are erased: where an act had none, none are gone. */
export function lostWords({ erased, contentHash }: Pick<Stored, 'contentHash' | 'erased'>): boolean {
  return erased && contentHash !== undefined;
}

export function toStored(recorded: Recorded): Stored {
  const { beside, words } = apartFrom(recorded.content ?? {});
  return {
    ...withBeside(recorded.meta as unknown as Meta, beside),
    id: recorded.id,
    stream: recorded.stream,
    revision: Number(recorded.revision),
    type: recorded.type,
    recordedAt: recorded.recordedAt,
    data: recorded.data,
    content: words,
    salt: recorded.salt,
    erased: recorded.content === null,
    position: recorded.position,
  };
}

export function toNewEvent(
  event: {
    readonly id: string;
    readonly type: string;
    readonly data: object;
    readonly content: object;
    readonly salt: string;
  },
  meta: Meta,
): NewEvent {
  const content = plain({ ...event.content, ...besideOf(meta) });
  const hasWords = Object.keys(content).length > 0;
  return {
    id: event.id,
    type: event.type,
    data: plain(event.data),
    content,
    salt: event.salt,
    meta: {
      ...plain(withoutBeside(meta)),
      ...(hasWords ? { contentHash: contentHash(nodeCrypto, event.salt, content) } : {}),
    },
  };
}

/** As JSON keeps it: a member that is undefined is not there. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/** The event as an auditor reads it: envelope, data and content apart. */
export function eventView(event: Stored) {
  const { data, content, erased, position: _, unreadable, ...envelope } = event;
  return {
    envelope,
    data,
    content: erased ? null : content,
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}
