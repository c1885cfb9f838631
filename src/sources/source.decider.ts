import { accept, nothing, refuse, said, unmoved } from '#libs/decider';
import type {
  Act,
  CommandOf,
  Decider,
  Fact,
  FactOf,
  Infer,
  RefusalOf,
  Rest,
  RulesOf,
  Said,
} from '#libs/decider';
import type { sourceCommands } from './source.commands.js';
import type { SourceFacts, sourceEvents } from './source.events.js';

type Registered = Infer<(typeof sourceEvents)['SourceRegistered']['data']>;

export type Source = SourceFacts &
  Registered & {
    readonly registered: Said;
  };

export interface SourceKnown {
  /** The id of the source. */
  readonly self?: string;
  /** What whoever registers it may name of what was sent for this dialogue; absent where nothing is there. */
  readonly bytes?: { readonly sha256: string; readonly sourceId?: string };
}

/** What a disavowal on the ground "not our source" asks; no route gives this command. */
export interface BarSource {
  readonly type: 'BarSource';
  readonly act: Act;
  readonly cause: string;
  readonly data: { readonly party: string; readonly cause: string };
  readonly rests: readonly Rest[];
}

export type SourceCommand = CommandOf<typeof sourceCommands, typeof sourceEvents, SourceKnown> | BarSource;
export type SourceRefusal = RefusalOf<typeof sourceCommands>;

function next(source: Source, fact: FactOf<typeof sourceEvents>): Source {
  switch (fact.type) {
    case 'SourceRegistered':
      return source;
    case 'SourceBarred':
      return source.barredBy.includes(fact.data.party)
        ? source
        : { ...source, barredBy: [...source.barredBy, fact.data.party] };
    default:
      return unmoved(source, fact);
  }
}

function evolve(source: Source | null, fact: Fact): Source | null {
  const known = fact as FactOf<typeof sourceEvents>;
  if (source !== null) return next(source, known);
  if (known.type !== 'SourceRegistered') return null;
  return {
    ...known.data,
    sourceId: fact.stream.slice('source-'.length),
    registrar: fact.act.recorderParty,
    barredBy: [],
    registered: said(fact),
  };
}

/** Barred once more where it is barred already: either disavowal may be found void, and the other bars it still. */
function bar({ data, rests }: BarSource, source: Source | null) {
  return source === null ? nothing : accept({ type: 'SourceBarred', data, content: {}, derivedFrom: rests });
}

/** Whose word a source carries follows from its issuers: press speaks for no government, a statement for its own. */
function register(command: Extract<SourceCommand, { type: 'RegisterSource' }>) {
  const { kind, issuers } = command.event.data;
  if (kind === 'press' && issuers.length > 0) {
    return refuse(
      'PRESS_HAS_NO_ISSUER',
      'Press speaks for no party: leave "issuers" empty and name the paper in "issuerName".',
    );
  }
  if ((kind === 'note' || kind === 'statement') && issuers.length === 0) {
    return refuse('ISSUER_REQUIRED', `A ${kind} is issued by a party: name it in "issuers".`);
  }
  if (kind === 'joint-text' && new Set(issuers).size < 2) {
    return refuse(
      'JOINT_TEXT_NEEDS_ISSUERS',
      'A joint text is issued by both parties: name both in "issuers".',
    );
  }
  return decideBytes(command);
}

/** The hash of the bytes is content: it goes with them. */
function decideBytes({ event, facts }: Extract<SourceCommand, { event: object }>) {
  const { held, bytesId } = event.data;
  if (!held && bytesId !== undefined) {
    return refuse(
      'BYTES_OF_A_CITED_SOURCE',
      'A source that is only cited has no bytes: set "held" to true, or leave "bytesId" out.',
    );
  }
  if (!held) return accept(event);
  const { bytes, self } = facts;
  if (bytes === undefined) {
    return refuse(
      'BYTES_NOT_HELD',
      'A held source names, in "bytesId", bytes that were sent for this dialogue before: send them to POST /v1/dialogues/{id}/bytes first.',
    );
  }
  if (bytes.sourceId !== undefined && bytes.sourceId !== self) {
    return refuse(
      'BYTES_OF_ANOTHER_SOURCE',
      `The bytes belong to the source ${bytes.sourceId}: send them again for this one.`,
    );
  }
  return accept({ ...event, content: { ...event.content, sha256: bytes.sha256 } });
}

const rules: RulesOf<typeof sourceCommands, SourceCommand, Source | null> = {
  RegisterSource: (command, source) => (source === null ? register(command) : nothing),
  BarSource: bar,
};

export const sourceDecider: Decider<Source | null, SourceCommand, SourceRefusal> = {
  initial: null,
  evolve,
  decide: (command, source) =>
    command.type === 'BarSource' ? rules.BarSource(command, source) : rules.RegisterSource(command, source),
};
