import type {
  Act,
  CommandDeclaration,
  CommandDeclarations,
  Decided,
  Decider,
  Decision,
  EventSchemas,
  Fact,
  NameOf,
  Policy,
  Shape,
  WordsOf,
} from '#libs/decider';
import type { EventStore } from '#libs/event-store';
import type { ProblemKind } from '#libs/problem-details';
import type { Finding } from './finding.js';
import type { Stored } from './envelope.js';
import type { Ids } from './ids.js';
import type { Schema } from '../shapes/json-schema.js';
import type { Principal } from './principal.js';

/** Whose word a command carries where that follows from the record and not from the request. */
export interface Speaker {
  /** Null where it is the press that speaks. */
  readonly party: string | null;
  /** The source that carries it, cited without being asked for. */
  readonly sourceId?: string;
}

/** The values of one field by which a list can be filtered; several where the field holds several. */
export type Labels = { readonly [field: string]: string | readonly string[] | undefined };

/** What a number is asked for: the aggregate to be created, the data that the request gave, and who acts. */
export interface NumberRequest {
  readonly id: string;
  readonly data: { readonly [field: string]: unknown };
  readonly act: Act;
}

/** What assigning a number may use: the store for guards, and commands of other aggregates. */
export interface NumberingTools {
  readonly world: {
    readonly store: EventStore;
    readonly facts: (slice: string, id: string) => Promise<unknown>;
    /** The dialogue that reserved the guard stream; undefined where nobody has. */
    readonly guarded: (stream: string) => Promise<string | undefined>;
  };
  readonly ids: Ids;
  internally(
    slice: string,
    id: string,
    command: { readonly type: string; readonly act: Act },
  ): Promise<{ readonly state: unknown }>;
  retrying<T>(work: () => Promise<T>): Promise<T>;
}

/** What a slice is to the record as a whole; each part is played by one slice, and several slices play none. */
export type Part =
  /** Who talks: everything else belongs to one of its aggregates. */
  | 'dialogue'
  /** What is disputed, and moves through stages. */
  | 'matter'
  /** Where it is talked about. */
  | 'meeting'
  /** What acts cite. */
  | 'evidence';

/** The representation of a meeting's dialogue, as what was said of the meeting is compared; undefined where it has none. */
export interface DialogueOfMeeting {
  readonly now: object | undefined;
  /** As far as it had come when the record of the meeting began. */
  readonly whenBegun: object | undefined;
}

/** Gives the fields that number what is created; throws a `Problem` where the number that was asked for is taken. */
export type Numbering = (tools: NumberingTools, request: NumberRequest) => Promise<object>;

/**
 * A slice as the platform sees it: the storage format, one fold, the commands, and what people read. Everything here
 * is pure; the recorder, the projections, the audit and the pages are drawn from it.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each slice has its own state; the registry holds all.
export interface Slice<S = any> {
  /** Plural, as in the address: `irritants`. */
  readonly name: string;
  /** What it is, in a sentence, for whoever meets it first. */
  readonly about: string;
  /** Absent where nothing outside the slice needs to find it. */
  readonly part?: Part;
  /** An irritant can be linked to it, by the name of its prefix. */
  readonly isInstrument?: true;
  /** Singular, as in stream names: `irritant-{id}`. */
  readonly prefix: string;
  /** Goes up when the fold changes its meaning; named in every as-of answer. */
  readonly foldVersion: number;
  readonly schemas: EventSchemas;
  /** Brings an event of an older schema version to the present one. */
  readonly upcast: (event: Stored) => Stored;
  readonly initial: S | null;
  readonly evolve: (state: S | null, fact: Fact) => S | null;
  readonly decide: (command: never, state: S | null) => Decision;
  /**
   * The consequences that the acts in the state call for and that are not in it. They come with the act that brings them
   * about, so there are none, but where something has fallen that had stood in their way.
   */
  readonly follows?: (state: S) => readonly Decided[];
  readonly commands: CommandDeclarations;
  readonly view: (state: S, wordsOf: WordsOf) => object;
  /** What the view gives, as it is published. */
  readonly represents: Schema;
  readonly summaries: { readonly [type: string]: (event: never, nameOf: NameOf) => string };
  readonly speaker?: (
    command: string,
    data: { readonly [field: string]: unknown },
    state: S | null,
  ) => Speaker | undefined;
  /** By command: called once the act is accepted, so that a refusal uses no number up. */
  readonly numbering?: { readonly [command: string]: Numbering };
  /** Facts that no stream of the record holds, such as whether bytes were uploaded, and by whom. */
  readonly outside?: (
    store: EventStore,
    about: {
      readonly command: string;
      readonly data: { readonly [field: string]: unknown };
      readonly act: Act;
      readonly principal: Principal;
    },
  ) => Promise<object>;
  /** Erases what an event keeps outside its own stream, such as bytes; repeating it changes nothing. */
  readonly erase?: (tools: { readonly store: EventStore; readonly ids: Ids }, event: Stored) => Promise<void>;
  /** The id behind another name that people use, such as an irritant's key; undefined where it is none. */
  readonly resolve?: (
    world: Pick<NumberingTools['world'], 'facts' | 'guarded'>,
    name: string,
  ) => Promise<string | undefined>;
  readonly labels: (state: S) => Labels;
  /** By name, what holds by the words of both sides, or was drawn from them: no retraction changes any of it. */
  readonly joint: (state: S) => { readonly [what: string]: unknown };
  /** The labels by which a list is filtered, each a query parameter. */
  readonly filters: Shape;
  /** What a search finds besides the words of its events. */
  readonly finding?: Finding<S>;
  /** Of a dialogue: in whose hand its record is. */
  readonly keptBy?: (state: S) => object;
  /** Of a meeting: what each side says of it, beside what the other says. */
  readonly compare?: (state: S, wordsOf: WordsOf, dialogue: DialogueOfMeeting) => object;
  readonly refusals: { readonly [code: string]: Omit<ProblemKind, 'code'> };
  readonly policies: readonly Policy[];
}

/** Joins a decider to the rest of a slice, so that a slice is written down in one place. */
export function sliceOf<S, C, R extends string>(
  decider: Decider<S | null, C, R>,
  rest: Omit<Slice<S>, 'initial' | 'evolve' | 'decide' | 'refusals'> & {
    readonly refusals: { readonly [code in R]: Omit<ProblemKind, 'code'> } & Slice<S>['refusals'];
  },
): Slice<S> {
  return {
    ...rest,
    initial: decider.initial,
    evolve: decider.evolve,
    decide: decider.decide,
  };
}

/** The command by which an event of the type is recorded; undefined for what follows from other events. */
export function commandFor(
  { commands }: Pick<Slice, 'commands'>,
  type: string,
): CommandDeclaration | undefined {
  return Object.values(commands).find((one) => one.event === type);
}

export const sameVersion = (event: Stored): Stored => event;
