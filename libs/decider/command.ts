import type { CommandBase } from './decider.js';
import type { EventSchemas, Infer } from './schema.js';

/**
 * What kind of act a command is; it decides who may give it and which evidence an attributed one needs.
 * - `record-keeping`: direct, in the recorder's own name, needs no source and moves nothing.
 * - `statement`: one party's word; attributed, it cites a source of any kind.
 * - `binding`: binds a party or helps to move a stage; attributed, it needs a source issued by that party.
 * - `own-word`: only the party itself can say it.
 * - `commentary`: somebody else's word about the matter, never a party's.
 */
export type Weight = 'record-keeping' | 'statement' | 'binding' | 'own-word' | 'commentary';

/** How the service fills a field. Those that begin with `given-or` a client may send; the others it may not. */
export type Assignment =
  | 'new-id'
  | 'given-or-new-id'
  | 'hash-of-text'
  | 'given-or-hash-of-text'
  /** Over the words, or over the hash of a paper (`textHash`) where they are not held. */
  | 'hash-of-version'
  /** Brought in by whoever records it, or absent: it names nothing that was there before. */
  | 'given-or-none'
  | 'languages-of-text'
  /** Named by whoever acts, or found by the decision where only one can be meant. */
  | 'given-or-decided'
  | 'its-dialogue'
  | 'parties'
  | 'synthetic'
  | 'key'
  | 'given-or-number'
  /** What the `reads` of the slice have found elsewhere, under the same name. */
  | 'read'
  /** The decision itself fills it, from the state that only it sees. */
  | 'decided';

export interface CommandDeclaration {
  /** The event whose fields are the command's body. */
  readonly event: string;
  /** Below the aggregate's own address; null creates the aggregate. `{claimId}` names a field taken from the path. */
  readonly path: string | null;
  readonly weight: Weight;
  /** Record-keeping that is a matter of the sides themselves: no registrar does it. */
  readonly notByRegistrar?: true;
  readonly summary: string;
  /** What a table of such acts is called, where it is usual to have one: rows of it are brought in under this name. */
  readonly table?: string;
  /** Sentences on what it covers and what not, where the summary leaves that open. */
  readonly scope?: string;
  /** The codes by which its rules refuse it, and no others: a client need not be ready for any other. */
  readonly refuses: readonly string[];
  /** With this value in this field the act is a statement, not a binding one. */
  readonly statementWhere?: { readonly field: string; readonly value: string };
  /** With this value in this field the act reports somebody else's words, so it cites where they stand. */
  readonly citesWhere?: { readonly field: string; readonly value: string };
  /** With nobody in this list the act is nobody's: whoever keeps the record says what is on record, and not by whom. */
  readonly nobodysWhereEmpty?: string;
  readonly assigned?: { readonly [field: string]: Assignment };
  /** `party` in the body is the event's own field; who speaks follows from the account, or is the recorder. */
  readonly partyIsData?: true;
  /** Binds before its party has joined: joining, and answering for what was recorded in its name. */
  readonly beforeJoining?: true;
  /** It happens when it is recorded, so it claims no time of its own. */
  readonly undated?: true;
  /** It can be said again and again, each time with other content; the same content at once is a repeat. */
  readonly recurs?: true;
  /** The command by which a party takes this act back once others rely on it; absent where a new claim must say so. */
  readonly takenBackBy?: string;
  /**
   * The events by which its party would have said the contrary. Where they were recorded in its name, they don't keep
   * the party itself from saying this: they drop out.
   */
  readonly contradicts?: readonly string[];
  /**
   * The events by which the other side would have left nothing to take back. Where they were recorded in its name, they
   * don't keep the party from taking back its own word, which would count again once the other side says the contrary.
   */
  readonly despite?: readonly string[];
  /**
   * One side ends by it what both were held to. Nothing that the other says later against what was recorded in its own name
   * takes that out of the record: the matter is over.
   */
  readonly undoes?: true;
  /**
   * The events whose words its party takes up by it as they are: it accepts, confirms or answers them. Unless it
   * drops out, those words are not corrected any more, for it stands on what the party had before it.
   */
  readonly takesUp?: readonly string[];
  /** Further events, of the other side, to which it is the answer, though it takes up none of their words. */
  readonly answers?: readonly string[];
  /**
   * It ends or moves a whole matter, or stands or falls with what others have brought about in it: it is decided only once
   * all that follows from what is stored has been drawn.
   */
  readonly afterConsequences?: true;
  /** Said by the party itself it binds that party to the other side from then on, so it is never retracted. */
  readonly bindsAtOnce?: true;
  /** Nothing takes it out: it is never retracted, corrected, or found void; another act says what holds from then on. */
  readonly final?: true;
  readonly example: object;
}

export interface CommandDeclarations {
  readonly [command: string]: CommandDeclaration;
}

/** The codes by which commands are refused: those of one, or of all that are declared together. */
export type RefusalOf<C extends CommandDeclarations, N extends keyof C = keyof C> = C[N]['refuses'][number];

/** The union of commands of a slice: who acts, the event proposed, and the facts from elsewhere it needs. */
export type CommandOf<C extends CommandDeclarations, S extends EventSchemas, K> = {
  [N in keyof C & string]: CommandBase & {
    readonly type: N;
    readonly event: {
      readonly type: C[N]['event'];
      readonly data: Infer<S[C[N]['event']] extends { data: infer D extends S[string]['data'] } ? D : never>;
      readonly content: Infer<
        S[C[N]['event']] extends { content: infer D extends S[string]['content'] } ? D : never
      >;
    };
    readonly facts: K;
  };
}[keyof C & string];
