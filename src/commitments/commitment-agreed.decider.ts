import { accept, hasSaid, nothing, refuse } from '#libs/decider';
import type { Ask, Judgement, NamedInText } from './commitment-terms.decider.js';
import type { Commitment } from './commitment.facts.js';

/** What of the text is not what the commitment says; undefined where both say the same. */
function difference(commitment: Commitment, named: NamedInText): string | undefined {
  const { obligor, beneficiary, mode, due = null } = named;
  if (!commitment.obligors.includes(obligor)) return `that ${obligor} owes it`;
  if (!commitment.beneficiaries.includes(beneficiary)) return `that it is owed to ${beneficiary}`;
  if (mode !== commitment.mode) return `that it is owed ${mode}`;
  return due === commitment.due ? undefined : `that it is due ${due ?? 'at no date'}`;
}

/** What both sides agreed in a text binds the obligor that the text names, on the terms of the commitment alone. */
export function putInForce({ data, rests }: Ask<'PutInForce'>, commitment: Commitment): Judgement {
  // A text of another dialogue bears on nothing here.
  if (data.dialogueId !== commitment.dialogueId) return nothing;
  const { obligor, by, version, contentHash, basis, restsOn } = data;
  const known = commitment.agreedFor.find((one) => one.obligor === obligor && one.by.id === by.id);
  if (known?.version === version && (known.basis === 'direct' || basis === 'attributed')) return nothing;
  const differs = difference(commitment, data);
  if (differs !== undefined) {
    return refuse('TERMS_DIFFER', `The agreed text says ${differs}; the commitment says otherwise.`);
  }
  const isReleased = hasSaid(commitment.waivers, data.beneficiary);
  if (commitment.ended !== null || isReleased) {
    return refuse(
      'COMMITMENT_ENDED',
      'What is discharged or waived is put in force by no text.',
      ...(commitment.ended === null ? commitment.waivers : commitment.endedBy),
    );
  }
  const irritantIds = commitment.irritantIds.filter((one) => data.irritantIds.includes(one));
  return accept({
    type: 'CommitmentAgreed',
    data: { obligor, by, version, contentHash, irritantIds, basis, restsOn },
    content: {},
    derivedFrom: rests,
    restsOn,
  });
}

export function endAgreement({ data, rests }: Ask<'EndAgreement'>, commitment: Commitment): Judgement {
  return commitment.agreedFor.some((one) => one.by.id === data.by.id)
    ? accept({ type: 'CommitmentAgreementEnded', data: { by: data.by }, content: {}, derivedFrom: rests })
    : nothing;
}
