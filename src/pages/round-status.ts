import type { RoundDocument } from '../audit/documents.js';

/** Whether it was held, and who says so: one side's word alone does not make it held. */
export function roundStatusInWords(round: Pick<RoundDocument, 'status' | 'heldBy'>): string {
  const says = round.heldBy.map((one) => one.party ?? 'nobody').join(' and ');
  switch (round.status) {
    case 'held':
      return 'Held: both sides say so';
    case 'held-by-one-account':
      return `Held by the account of ${says} only`;
    case 'cancelled':
      return 'Cancelled';
    case 'scheduled':
      return 'Scheduled; neither side says that it was held';
  }
}
