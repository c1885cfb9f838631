import type { RoundDocument } from '../reading/documents.js';

/** Whether it was held, and who says so: one side's word alone does not make it held. */
export function roundStatusInWords(
  round: Pick<RoundDocument, 'status' | 'heldBy' | 'cancellations' | 'postponements'>,
): string {
  const off = (round.status.startsWith('cancelled') ? round.cancellations : round.postponements)
    .filter((one) => one.ended === null)
    .map((one) => one.party ?? 'nobody')
    .join(' and ');
  const says = round.heldBy.map((one) => one.party ?? 'nobody').join(' and ');
  switch (round.status) {
    case 'held':
      return 'Held: both sides say so';
    case 'held-by-one-account':
      return `Held by the account of ${says} only`;
    case 'cancelled':
      return 'Cancelled: both sides say so';
    case 'cancelled-by-one-side':
      return `Cancelled, says ${off} only`;
    case 'postponed':
      return 'Postponed: both sides say so';
    case 'postponed-by-one-side':
      return `Postponed, says ${off} only`;
    case 'scheduled':
      return 'Scheduled; neither side says that it was held';
  }
}
