import { accept, nothing, refuse, said } from '#libs/decider';
import type { Act, CommandOf, Decider, Decision, Fact, FactOf, Infer, Rest, Said } from '#libs/decider';
import type { sourceCommands } from './source.commands.js';
import type { SourceFacts, sourceEvents } from './source.events.js';

type Registered = Infer<(typeof sourceEvents)['SourceRegistered']['data']>;

export type Source = SourceFacts &
  Registered & {
    readonly registered: Said;
    readonly updated: { readonly eventId: string; readonly recordedAt: string };
  };

export interface SourceKnown {
  /** Whether the bytes with the named hash were uploaded before. */
  readonly bytesHeld?: boolean;
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
export type SourceRefusal =
  | 'PRESS_HAS_NO_ISSUER'
  | 'ISSUER_REQUIRED'
  | 'JOINT_TEXT_NEEDS_ISSUERS'
  | 'BYTES_NOT_HELD'
  | 'HASH_WITHOUT_BYTES';

function barred(source: Source, fact: FactOf<typeof sourceEvents>): Source {
  return fact.type === 'SourceBarred' && !source.barredBy.includes(fact.data.party)
    ? { ...source, barredBy: [...source.barredBy, fact.data.party] }
    : source;
}

function evolve(source: Source | null, fact: Fact): Source | null {
  const known = fact as FactOf<typeof sourceEvents>;
  const updated = { eventId: fact.id, recordedAt: fact.recordedAt };
  if (source !== null) return { ...barred(source, known), updated };
  if (known.type !== 'SourceRegistered') return null;
  return {
    ...known.data,
    sourceId: fact.stream.slice('source-'.length),
    registrar: fact.act.recorderParty,
    barredBy: [],
    registered: said(fact),
    updated,
  };
}

function bar({ data, rests }: BarSource, source: Source | null): Decision<SourceRefusal> {
  return source === null || source.barredBy.includes(data.party)
    ? nothing
    : accept({ type: 'SourceBarred', data, content: {}, derivedFrom: rests });
}

/** Whose word a source carries follows from its issuers: press speaks for no government, a statement for its own. */
function decide(command: SourceCommand, source: Source | null): Decision<SourceRefusal> {
  if (command.type === 'BarSource') return bar(command, source);
  if (source !== null) return nothing;
  const { kind, issuers, held, sha256 } = command.event.data;
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
  if (held && command.facts.bytesHeld !== true) {
    return refuse(
      'BYTES_NOT_HELD',
      'A held source names, in "sha256", bytes that were uploaded before: send them to POST /v1/sources/bytes first.',
    );
  }
  if (!held && sha256 !== undefined) {
    return refuse(
      'HASH_WITHOUT_BYTES',
      'A source that is only cited has no "sha256": set "held" to true, or leave the hash out.',
    );
  }
  return accept(command.event);
}

export const sourceDecider: Decider<Source | null, SourceCommand, SourceRefusal> = {
  initial: null,
  evolve,
  decide,
};
