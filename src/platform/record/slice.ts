import type {
  Act,
  CommandDeclarations,
  Decided,
  Decider,
  Decision,
  EventSchemas,
  Fact,
  Find,
  Brought,
  NameOf,
  Reaction,
  Shape,
  SourceRef,
  WordsOf,
} from '#libs/decider';
import type { EventStore } from '#libs/event-store';
import type { ProblemKind } from '#libs/problem-details';
import type { DialogueLogs } from './dialogue-logs.js';
import type { Finding } from './finding.js';
import type { Stored } from './envelope.js';
import type { Ids } from './ids.js';
import type { Described } from '../shapes/described.js';
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

/** What a number is asked for: the aggregate to be created, and the data that the request gave. */
export interface NumberRequest {
  readonly id: string;
  readonly data: { readonly [field: string]: unknown };
}

/** What assigning a number may use: streams, the store for guards, and whoever hands numbers out. */
export interface NumberingTools {
  readonly streams: {
    readonly store: Pick<EventStore, 'append' | 'readStream'>;
    readonly find: Find;
    /** What the event at that place of a guard stream names; undefined where there is none. */
    readonly guarded: (stream: string, revision: number) => Promise<string | undefined>;
  };
  readonly ids: Ids;
  readonly numbers: { next(guard: string, id: string): Promise<number> };
}

/** The same where a number is taken once more that an event of the record has. */
export interface RenumberingTools extends NumberingTools {
  readonly numbers: NumberingTools['numbers'] & {
    again(guard: string, id: string, number: number): Promise<void>;
  };
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

/** What a rule may be told of that its own stream does not say, each asked for by what refers to it. */
export interface ReadingTools {
  readonly find: Find;
  /** For what is kept beside the record, such as bytes. */
  readonly store: EventStore;
  /** For what is signed for one log. */
  readonly logs: Pick<DialogueLogs, 'originOf'>;
}

/** The act on whose account it is asked. */
export interface ReadFor<D, S> {
  readonly id: string;
  /** Null before the first event. */
  readonly state: S | null;
  /** As proposed, but for what is itself read. */
  readonly data: D;
  readonly act: Act;
  /** The sources that the act cites. */
  readonly sources: readonly SourceRef[];
  readonly principal: Principal;
}

/** By command, how the facts are found that its rule needs from elsewhere. */
export type ReadsOf<C extends { readonly type: string }, S> = {
  readonly [N in C['type']]?: Extract<C, { type: N }> extends {
    readonly event: { readonly data: infer D };
    readonly facts: infer K extends object;
  }
    ? (tools: ReadingTools, about: ReadFor<D, S>) => Promise<K>
    : never;
};
/**
 * An act of the story from which the examples of answers are folded: whose it is, the command whose example it says, and
 * what else its event holds. Nobody's is what follows from others; then an event's type stands in place of a command.
 */
export type Chapter = readonly [by: string | null, command: string, more?: object];

/** What of a meeting's dialogue is shown as what was said of the meeting is compared: its representation, where it has one. */
export interface DialogueOfMeeting {
  readonly now: object | undefined;
  /** As far as it had come when the record of the meeting began. */
  readonly whenBegun: object | undefined;
  /** The name that people use for a matter of it. */
  readonly keyOf: (matterId: string) => string | undefined;
}

/** Gives the fields that number what is created; throws a `Problem` where the number asked for is taken. */
export type Numbering = (tools: NumberingTools, request: NumberRequest) => Promise<object>;

/** A slice as the platform sees it, all of it pure: recorder, projections, audit and pages are drawn from it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each slice has its own state; the registry holds all.
export interface Slice<S = any> {
  /** Plural, as in the address: `irritants`. */
  readonly name: string;
  /** What it is, in a sentence, for whoever meets it first. */
  readonly about: string;
  /** Absent where nothing outside the slice needs to find it. */
  readonly part?: Part;
  /** A matter can be linked to it, by the name of its prefix. */
  readonly isInstrument?: true;
  /** Singular, as in stream names: `irritant-{id}`. */
  readonly prefix: string;
  /** Goes up when the fold changes its meaning; named in every as-of answer. */
  readonly foldVersion: number;
  readonly schemas: EventSchemas;
  /** Brings an event of an older schema version to the present one; absent while there is only one. */
  readonly upcast?: (event: Stored) => Stored;
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
  /** By event, what comes into the stream with it and is named by later ones; absent where nothing is. */
  readonly names?: { readonly [type: string]: (event: never, seq: number, nameOf: NameOf) => Brought };
  readonly speaker?: (
    command: string,
    data: { readonly [field: string]: unknown },
    state: S | null,
  ) => Speaker | undefined;
  /** By command: called once the act is accepted, so that a refusal uses no number up. */
  readonly numbering?: { readonly [command: string]: Numbering };
  /**
   * By event: takes the number again that the event has, where an older copy of the store was put back that does not know of
   * it; repeating changes nothing.
   */
  readonly renumbering?: {
    readonly [type: string]: (tools: RenumberingTools, request: NumberRequest) => Promise<unknown>;
  };
  /** What its rules need to know from elsewhere. */
  readonly reads?: {
    readonly [command: string]:
      ((tools: ReadingTools, about: ReadFor<never, S>) => Promise<object>) | undefined;
  };
  /** Erases what an event keeps outside its own stream, such as bytes; repeating it changes nothing. */
  readonly erase?: (tools: { readonly store: EventStore; readonly ids: Ids }, event: Stored) => Promise<void>;
  /** The id behind another name that people use, such as an irritant's key; undefined where it is none. */
  readonly resolve?: (
    streams: Pick<NumberingTools['streams'], 'find' | 'guarded'>,
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
  readonly reactions: readonly Reaction[];
  readonly story: readonly Chapter[];
  /** Operations beside acts and the reads that all slices have, with the schemas of their answers. */
  readonly described?: (own: Slice, all: readonly Slice[]) => Described;
}

/** Joins a decider to the rest of a slice, so that a slice is written down in one place. */
export function sliceOf<S, C extends { readonly type: string }, R extends string>(
  decider: Decider<S | null, C, R>,
  rest: Omit<Slice<S>, 'initial' | 'evolve' | 'decide' | 'reactions' | 'reads' | 'refusals'> & {
    readonly reactions?: Slice['reactions'];
    readonly reads?: ReadsOf<C, S>;
    readonly refusals: { readonly [code in R]: Omit<ProblemKind, 'code'> } & Slice<S>['refusals'];
  },
): Slice<S> {
  const { initial, evolve, decide } = decider;
  return { reactions: [], ...rest, initial, evolve, decide };
}

/** The command by which an event of the type is recorded; undefined for what follows from other events. */
export function commandFor({ commands }: Pick<Slice, 'commands'>, type: string) {
  return Object.values(commands).find((one) => one.event === type);
}
