import { accept, nothing, refuse, said } from '#libs/decider';
import type { CommandOf, Decider, Decision, Fact, FactOf, Infer, Said } from '#libs/decider';
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

export type SourceCommand = CommandOf<typeof sourceCommands, typeof sourceEvents, SourceKnown>;
export type SourceRefusal =
  | 'PRESS_HAS_NO_ISSUER'
  | 'ISSUER_REQUIRED'
  | 'JOINT_TEXT_NEEDS_ISSUERS'
  | 'BYTES_NOT_HELD'
  | 'HASH_WITHOUT_BYTES';

function evolve(source: Source | null, fact: Fact): Source | null {
  const known = fact as FactOf<typeof sourceEvents>;
  if (source !== null) return { ...source, updated: { eventId: fact.id, recordedAt: fact.recordedAt } };
  if (known.type !== 'SourceRegistered') return null;
  return {
    ...known.data,
    sourceId: fact.stream.slice('source-'.length),
    registered: said(fact),
    updated: { eventId: fact.id, recordedAt: fact.recordedAt },
  };
}

/** Whose word a source carries follows from its issuers: press speaks for no government, a statement for its own. */
function decide(command: SourceCommand, source: Source | null): Decision<SourceRefusal> {
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
