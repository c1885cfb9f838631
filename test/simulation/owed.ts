import type { Stored } from '../../src/platform/envelope.js';

interface Report {
  readonly acknowledgedBy: Set<string>;
  readonly disputedBy: Set<string>;
}

interface Undertaken {
  readonly obligors: readonly string[];
  readonly beneficiaries: readonly string[];
  readonly mode: string;
}

export interface Owed {
  readonly ended: 'discharged' | 'waived' | null;
  readonly breachOpen: boolean;
}

/**
 * What a commitment comes to, told word by word in another way than the fold does: a second opinion. The events are
 * those that count, without what was retracted.
 */
export function owedOf(events: readonly Stored[]): Owed {
  const { obligors, beneficiaries, mode } = (events[0]?.data ?? {}) as unknown as Undertaken;
  const reports = new Map<string, Report>();
  const waived = new Set<string>();
  const alleging = new Set<string>();
  let isDischarged = false;
  for (const { type, act } of events) {
    const party = act.party ?? '';
    const [, toParty] = [...reports].find(([obligor]) => obligor !== party) ?? [];
    if (type === 'FulfilmentReported') {
      const standing = reports.get(party);
      const isRepeated = standing !== undefined && standing.disputedBy.size === 0 && mode !== 'continuous';
      if (!isRepeated) reports.set(party, { acknowledgedBy: new Set(), disputedBy: new Set() });
    }
    if (type === 'FulfilmentAcknowledged') {
      toParty?.acknowledgedBy.add(party);
      toParty?.disputedBy.delete(party);
    }
    if (type === 'FulfilmentDisputed' && toParty?.acknowledgedBy.has(party) === false) {
      toParty.disputedBy.add(party);
    }
    if (type === 'BreachAlleged') alleging.add(party);
    if (type === 'BreachWithdrawn') alleging.delete(party);
    if (type === 'CommitmentWaived') waived.add(party);
    if (type === 'CommitmentDischarged') isDischarged = true;
  }
  const owed = obligors.flatMap((obligor) =>
    beneficiaries.filter((one) => one !== obligor).map((beneficiary) => ({ obligor, beneficiary })),
  );
  const isAllWaived = owed.every(({ beneficiary }) => waived.has(beneficiary));
  const isAllSettled = owed.every(
    ({ obligor, beneficiary }) =>
      waived.has(beneficiary) ||
      (mode !== 'continuous' && reports.get(obligor)?.acknowledgedBy.has(beneficiary) === true),
  );
  const ended = isAllWaived ? 'waived' : isAllSettled && isDischarged ? 'discharged' : null;
  return { ended, breachOpen: ended === null && [...alleging].some((party) => !waived.has(party)) };
}
