import { accept, hasSaid, nothing, refuse } from '#libs/decider';
import type { Said } from '#libs/decider';
import { isShared } from './commitment-status.facts.js';
import type { Ask, NamedInText } from './commitment-terms.decider.js';
import type { AgreedFor, Commitment } from './commitment.facts.js';

interface OnTerms {
  /** What of the text is not what the commitment says; absent where both say the same. */
  readonly differs?: string;
  /** The words of the commitment that make it so. */
  readonly words: readonly Said[];
}

/** What of the text, but for its date, is not what the commitment says. */
function difference(commitment: Commitment, named: NamedInText): string | undefined {
  const { obligor, beneficiary, mode } = named;
  if (!commitment.obligors.includes(obligor)) return `that ${obligor} owes it`;
  if (!commitment.beneficiaries.includes(beneficiary)) return `that it is owed to ${beneficiary}`;
  return mode === commitment.mode ? undefined : `that it is owed ${mode}`;
}

/** The words by which the date is what it is, where both have moved it. */
function wordsOfDate({ extensions }: Commitment): readonly Said[] {
  return extensions.findLast(isShared)?.words ?? [];
}

/**
 * The words of the commitment by which it is on the terms of the text. A version that leaves a date as an earlier one
 * had it does not go back on what both have said of the date since.
 */
function onTerms(commitment: Commitment, named: NamedInText, before: AgreedFor | undefined): OnTerms {
  const { due = null } = named;
  const dated = wordsOfDate(commitment);
  const differs = difference(commitment, named);
  if (differs !== undefined) return { differs, words: [] };
  if (due === commitment.due) return { words: dated };
  return before?.due === due
    ? { words: [before.said] }
    : { differs: `that it is due ${due ?? 'at no date'}`, words: dated };
}

function agreed(
  { data, rests }: Ask<'PutInForce'>,
  { irritantIds: all }: Commitment,
  termsBy: readonly string[],
) {
  const { obligor, by, version, contentHash, due, basis, restsOn } = data;
  const irritantIds = all.filter((one) => data.irritantIds.includes(one));
  const dated = due === undefined ? {} : { due };
  return accept({
    type: 'CommitmentAgreed',
    data: { obligor, by, version, contentHash, ...dated, termsBy, irritantIds, basis, restsOn },
    content: {},
    derivedFrom: rests,
    restsOn: [...restsOn, ...termsBy],
  });
}

/** What both sides agreed in a text binds the obligor that the text names, on the terms of the commitment alone. */
export function putInForce(command: Ask<'PutInForce'>, commitment: Commitment) {
  const { data } = command;
  // A text of another dialogue bears on nothing here.
  if (data.dialogueId !== commitment.dialogueId) return nothing;
  const { obligor, by, version, basis } = data;
  const before = commitment.agreedFor.find((one) => one.obligor === obligor && one.by.id === by.id);
  if (before !== undefined && before.version >= version) {
    // What both sides have said of it since the version was agreed is no matter of who endorses an assent to that.
    const isBetter = before.version === version && before.basis === 'attributed' && basis === 'direct';
    return isBetter ? agreed(command, commitment, before.termsBy) : nothing;
  }
  const { differs, words } = onTerms(commitment, data, before);
  if (differs !== undefined) {
    return refuse(
      'TERMS_DIFFER',
      `The agreed text says ${differs}; the commitment says otherwise.`,
      ...words,
    );
  }
  if (commitment.ended !== null || hasSaid(commitment.waivers, data.beneficiary)) {
    return refuse(
      'COMMITMENT_ENDED',
      'What is discharged or waived is put in force by no text.',
      ...(commitment.ended === null ? commitment.waivers : commitment.endedBy),
    );
  }
  return agreed(
    command,
    commitment,
    words.map((one) => one.eventId),
  );
}

/** Of all that earlier versions put in force: what the version agreed now names on its terms is in force by that one. */
export function endAgreement({ data, rests }: Ask<'EndAgreement'>, commitment: Commitment) {
  const { by, version } = data;
  const obligors = commitment.agreedFor
    .filter((one) => one.by.id === by.id && (version === null || one.version < version))
    .map((one) => one.obligor);
  return obligors.length === 0
    ? nothing
    : accept({
        type: 'CommitmentAgreementEnded',
        data: { by, obligors },
        content: {},
        derivedFrom: rests,
      });
}
