import {
  choice,
  date,
  event,
  id,
  list,
  means,
  nonce,
  optional,
  party,
  ref,
  refOfKind,
  shape,
  text,
  derived,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import * as common from '../kernel/fields.js';

/** A text that both sides agreed. */
const agreedText = means(
  shape({ kind: choice('proposal', 'roadmap'), id }),
  'The text that both sides agreed.',
);
const obligors = means(list(party, 1, 2), 'Who owes it.');
const reportId = means(
  id,
  'The report, from `reports` of the commitment; an answer need not name it where one alone is open.',
);
const breachId = means(id, 'The allegation, from `allegations` of the commitment.');

/** The storage format of commitments; overlays of an irritant follow from these events through reactions. */
export const commitmentEvents = {
  /** Who should owe whom what, as one side says it. Its words are sealed: whoever undertakes it relies on them. */
  CommitmentAsserted: event(
    {
      ...common.inDialogue,
      obligors,
      beneficiaries: means(list(party, 1, 2), 'To whom it is owed.'),
      mode: means(
        choice('once', 'continuous', 'conditional'),
        'How it is owed: once, all the time, or under a condition.',
      ),
      due: optional(common.due),
      basis: optional(
        shape({
          kind: means(choice('exchange', 'proposal', 'roadmap'), 'Which kind it is.'),
          id: refOfKind,
        }),
        'On what it rests.',
      ),
      irritantIds: common.irritantIds,
      textHash: common.textHash,
    },
    {
      text: common.words,
      conditions: optional(text, 'The conditions under which it is owed, by language.'),
      nonce,
    },
    { sealed: true },
  ),
  /** By an obligor: from here on it is in force for that obligor, and for nobody else by it. */
  CommitmentUndertaken: event({}, { statement: optional(common.statement) }),
  /** By an obligor, of what the other side says that it owes; it may undertake it later. */
  CommitmentDeclined: event({}, common.why),
  /** A text that both agreed names it for this obligor: from here on it is in force for that one as well. */
  CommitmentAgreed: derived(
    event({
      obligor: means(party, 'Who owes it.'),
      by: agreedText,
      version: common.version,
      contentHash: common.contentHash,
      due: optional(date, 'By when, as the text has it: a text moves no date.'),
      termsBy: means(
        list(id, 0, 4),
        'The words of this stream by which it is on the terms of the text: a date that both set, or an earlier version.',
      ),
      irritantIds: means(
        list(ref('irritants'), 0, 50),
        'The matters that both the text and the commitment are about.',
      ),
      basis: common.basis,
      restsOn: common.restsOn(200, 1),
    }),
    'A text that both sides agreed names the commitment and its obligor: it is in force.',
  ),
  /** For these obligors: the text was terminated, or the version agreed now names it for them on its terms no more. */
  CommitmentAgreementEnded: derived(
    event({ by: agreedText, obligors }),
    'The text that put the commitment in force was terminated.',
  ),
  FulfilmentReported: event({ reportId }, common.why),
  FulfilmentAcknowledged: event({ reportId }, common.why),
  FulfilmentDisputed: event({ reportId }, common.why),
  BreachAlleged: event({ breachId }, common.why),
  BreachAnswered: event({ breachId }, common.why),
  BreachWithdrawn: event({ breachId }, common.why),
  CommitmentExtended: event({ due: common.due }, common.why),
  CommitmentWaived: event({}, common.why),
  CommitmentDischarged: derived(
    event({}),
    'What was owed is fulfilled as far as the beneficiaries acknowledge, or they have waived it.',
  ),
  ConsequenceRefused: derived(
    common.consequenceRefused,
    'What would have followed from an event elsewhere was refused here; the entry shows it under its flags.',
  ),
};

export type CommitmentFact = FactOf<typeof commitmentEvents>;

/** An allegation that stands: answered or not, it is neither withdrawn nor dropped. */
export interface OpenBreach {
  readonly breachId: string;
  /** Whose breach is alleged. */
  readonly obligor: string;
  readonly said: Said;
}

/** What both sides agreed: of which matters, and the events by which they agreed. */
export interface Agreement {
  readonly irritantIds: readonly string[];
  readonly restsOn: readonly string[];
  readonly basis: 'direct' | 'attributed';
}

/** What a report, or its acknowledgement, found of the commitment: what of it both sides have put under an agreement. */
export interface Under {
  /** The agreed text that names it for the obligor. */
  readonly text: Agreement | null;
  /**
   * The words by which both have put it under the basis that it names, beside the act itself; null where both have not.
   * What is agreed of that basis, its own stream tells.
   */
  readonly basis: readonly Said[] | null;
}

/** What other slices may read of a commitment. */
export interface CommitmentFacts {
  readonly dialogueId: string;
  readonly irritantIds: readonly string[];
  readonly obligors: readonly string[];
  readonly beneficiaries: readonly string[];
  /** The agreement on which it rests, as whoever asserted it says; null where it names none. */
  readonly basis: { readonly kind: 'exchange' | 'proposal' | 'roadmap'; readonly id: string } | null;
  /** The words of the obligors for which it is in force. */
  readonly undertakenBy: readonly Said[];
  /** The obligors for which it is in force, each by its own word or by an agreed text that names it. */
  readonly inForceFor: readonly string[];
  /** The other obligors: for them it is only asserted. */
  readonly assertedFor: readonly string[];
  /** What the obligors report and how that is answered, and under what each was said; a dispute is under nothing. */
  readonly reports: readonly {
    readonly reportId: string;
    readonly said: Said;
    readonly under: Under;
    readonly answers: readonly { readonly said: Said; readonly under: Under | null }[];
  }[];
  /** The date in force: that of the assertion, or the last one that both sides have named. */
  readonly due: string | null;
  readonly ended: 'discharged' | 'waived' | null;
  /** The words by which it ended: waivers, and reports with their acknowledgements. */
  readonly endedBy: readonly Said[];
  readonly openBreaches: readonly OpenBreach[];
  /** Whether any allegation stands. */
  readonly breachOpen: boolean;
  /** When the act that was recorded last happened, as claimed; where it claims no time, when it was recorded. */
  readonly lastHeard: string;
}
