import type { Stored } from '../../src/platform/record/envelope.js';

interface Report {
  readonly id: unknown;
  readonly by: string;
  readonly acknowledgedBy: Set<string>;
}

interface Asserted {
  readonly obligors: readonly string[];
  readonly beneficiaries: readonly string[];
  readonly mode: string;
  readonly due?: string;
}

export interface Owed {
  readonly ended: 'discharged' | 'waived' | null;
  readonly breachOpen: boolean;
  readonly due: string | null;
  readonly inForceFor: readonly string[];
}

/** The agreed text by which a commitment is in force. */
function textOf(data: Stored['data']): string {
  return (data['by'] as { readonly id: string }).id;
}

/** The date that both sides named, each by its latest word. */
function dueBy(events: readonly Stored[], due: string | null): string | null {
  const named = new Map<string | null, unknown>();
  let agreed = due;
  for (const { type, act, data } of events) {
    if (type !== 'CommitmentExtended') continue;
    named.set(act.party, data['due']);
    const [one, other] = named.values();
    if (named.size === 2 && one === other) agreed = String(one);
  }
  return agreed;
}

/**
 * What a commitment comes to, told word by word in another way than the fold does: a second opinion. The events are
 * those that count, without what was taken back.
 */
export function owedOf(events: readonly Stored[]): Owed {
  const asserted = (events[0]?.data ?? {}) as unknown as Asserted;
  const reports: Report[] = [];
  const waived = new Set<string>();
  const alleged = new Map<string, string>();
  const undertaken = new Set<string>();
  let inTexts: { readonly obligor: string; readonly text: string }[] = [];
  let isDischarged = false;
  for (const { type, act, data } of events) {
    const party = act.party ?? '';
    if (type === 'CommitmentUndertaken') undertaken.add(party);
    if (type === 'CommitmentAgreed') inTexts.push({ obligor: String(data['obligor']), text: textOf(data) });
    if (type === 'CommitmentAgreementEnded') {
      const obligors = data['obligors'] as readonly string[];
      inTexts = inTexts.filter((one) => one.text !== textOf(data) || !obligors.includes(one.obligor));
    }
    if (type === 'FulfilmentReported')
      reports.push({ id: data['reportId'], by: party, acknowledgedBy: new Set() });
    if (type === 'FulfilmentAcknowledged') {
      for (const one of reports) if (one.id === data['reportId']) one.acknowledgedBy.add(party);
    }
    if (type === 'BreachAlleged') alleged.set(String(data['breachId']), party);
    if (type === 'BreachWithdrawn') alleged.delete(String(data['breachId']));
    if (type === 'CommitmentWaived') waived.add(party);
    if (type === 'CommitmentDischarged') isDischarged = true;
  }
  const owed = asserted.obligors.flatMap((obligor) =>
    asserted.beneficiaries
      .filter((one) => one !== obligor)
      .map((beneficiary) => ({
        isWaived: waived.has(beneficiary),
        isKept:
          asserted.mode !== 'continuous' &&
          reports.some((one) => one.by === obligor && one.acknowledgedBy.has(beneficiary)),
      })),
  );
  const isAllWaived = owed.every((one) => one.isWaived);
  const isAllSettled = owed.every((one) => one.isWaived || one.isKept);
  const ended = isAllWaived ? 'waived' : isAllSettled && isDischarged ? 'discharged' : null;
  return {
    ended,
    breachOpen: ended === null && [...alleged.values()].some((party) => !waived.has(party)),
    due: dueBy(events, asserted.due ?? null),
    inForceFor: asserted.obligors.filter(
      (one) => undertaken.has(one) || inTexts.some(({ obligor }) => obligor === one),
    ),
  };
}
