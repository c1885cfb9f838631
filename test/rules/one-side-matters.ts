import type { Document } from '../support/desk.js';
import { aStepOf, RU, text, US } from './one-side-ground.js';
import type { Attempt, Ground } from './one-side-ground.js';

/** Matters between the two sides, each brought by what each side said itself. */

export async function irritantOf(ground: Ground, by: typeof RU | typeof US = RU): Promise<string> {
  const respondent = by === RU ? 'US' : 'RU';
  const made = await ground.make(by, 'irritants.RaiseIrritant', {
    raisers: [by.party],
    respondents: [respondent],
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Six properties' },
  });
  return made.id;
}

/** Raised by RU, and the US has stated its own position on it. */
export async function contestedIrritant(ground: Ground): Promise<string> {
  const id = await irritantOf(ground);
  await ground.say(US, 'irritants.ContestIrritant', id, { statement: { en: 'The matter does not arise.' } });
  await ground.say(US, 'irritants.StatePosition', id, { stance: 'contests', text });
  return id;
}

export interface Claimed {
  readonly id: string;
  readonly claimId: string;
}

export async function claim(ground: Ground, by: typeof RU | typeof US, id: string): Promise<Claimed> {
  const shown = await ground.say(by, 'irritants.ClaimUnderstanding', id, {
    kind: 'roadmap-to-be-developed',
    text,
  });
  const { claimId } = (shown['claims'] as { claimId: string }[]).at(-1)!;
  return { id, claimId };
}

/** RU claimed that a roadmap will be developed, and the US confirmed it. */
export async function understanding(ground: Ground, by: typeof RU | typeof US = RU): Promise<Claimed> {
  const { id, claimId } = await claim(ground, by, await irritantOf(ground));
  const other = by === RU ? US : RU;
  await ground.say(other, 'irritants.ConfirmUnderstanding', id, { mode: 'same-text' }, { claimId });
  await ground.desk.settled();
  return { id, claimId };
}

export interface Offered {
  readonly id: string;
  readonly resolutionId: string;
  readonly termsHash: string;
}

export async function offer(ground: Ground, by: typeof RU | typeof US, id: string): Promise<Offered> {
  const shown = await ground.say(by, 'irritants.ProposeResolution', id, { terms: text });
  const { resolutionId, termsHash } = (shown['resolutions'] as Offered[]).at(-1)!;
  return { id, resolutionId, termsHash };
}

/** Resolved on terms of RU that the US accepted. */
export async function resolved(ground: Ground): Promise<string> {
  const { id, resolutionId, termsHash } = await offer(ground, RU, await irritantOf(ground));
  await ground.say(US, 'irritants.AcceptResolution', id, { resolutionId, termsHash });
  await ground.desk.settled();
  return id;
}

export interface Tabled {
  readonly id: string;
  readonly irritantId: string;
  readonly assent: { readonly version: number; readonly contentHash: string; readonly adReferendum: false };
}

export function assentTo(shown: Document): Tabled['assent'] {
  const { version, contentHash } = (shown['versions'] as Tabled['assent'][]).at(-1)!;
  return { version, contentHash, adReferendum: false };
}

export async function proposal(ground: Ground, by: typeof RU | typeof US = RU): Promise<Tabled> {
  const irritantId = await irritantOf(ground);
  const body = { form: 'proposal', irritantIds: [irritantId], texts: text };
  const shown = await ground.make(by, 'proposals.TableProposal', body);
  return { id: shown.id, irritantId, assent: assentTo(shown) };
}

/** A proposal of RU to which both have assented, the US last. */
export async function agreedProposal(ground: Ground): Promise<Tabled> {
  const tabled = await proposal(ground);
  for (const side of [RU, US]) await ground.say(side, 'proposals.AssentToProposal', tabled.id, tabled.assent);
  await ground.desk.settled();
  return tabled;
}

export interface Planned extends Tabled {
  readonly stepId: string;
}

export async function roadmap(ground: Ground, responsible: 'RU' | 'US' = 'US'): Promise<Planned> {
  const irritantId = await irritantOf(ground);
  const irritantIds = [irritantId];
  const { id } = await ground.make(RU, 'roadmaps.DraftRoadmap', { irritantIds });
  const step = aStepOf(responsible);
  const body = { irritantIds, steps: [step], texts: { [step.stepId]: text } };
  const shown = await ground.say(RU, 'roadmaps.TableRoadmapVersion', id, body);
  return { id, irritantId, assent: assentTo(shown), stepId: step.stepId };
}

/** A roadmap to which both have assented. */
export async function agreedRoadmap(ground: Ground, responsible: 'RU' | 'US' = 'US'): Promise<Planned> {
  const planned = await roadmap(ground, responsible);
  for (const side of [US, RU]) await ground.say(side, 'roadmaps.AssentToRoadmap', planned.id, planned.assent);
  await ground.desk.settled();
  return planned;
}

/** Notes that both sides reported, and that both say cover the irritant. */
export async function exchange(
  ground: Ground,
): Promise<{ readonly id: string; readonly irritantId: string }> {
  const irritantId = await irritantOf(ground);
  const { id } = await ground.make(RU, 'exchanges.OpenExchange', {});
  await ground.say(US, 'exchanges.ReportExchange', id);
  for (const side of [US, RU]) await ground.say(side, 'exchanges.AssertCoverage', id, { irritantId });
  await ground.desk.settled();
  return { id, irritantId };
}

/** What RU says the US owes it; the US has said nothing to it. */
export async function assertedDebt(ground: Ground, due = '2025-12-31'): Promise<string> {
  const irritantIds = [await irritantOf(ground)];
  const owed = { en: 'The US pays five billion dollars.' };
  const body = { obligors: ['US'], beneficiaries: ['RU'], mode: 'once', due, irritantIds, text: owed };
  return (await ground.make(RU, 'commitments.AssertCommitment', body)).id;
}

/** The US has undertaken it itself. */
export async function debt(ground: Ground): Promise<string> {
  const id = await assertedDebt(ground);
  await ground.say(US, 'commitments.UndertakeCommitment', id);
  return id;
}

/** A round that the US scheduled. */
export async function round(ground: Ground, by: typeof RU | typeof US = US): Promise<string> {
  return (await ground.make(by, 'rounds.ScheduleRound', { startsAt: '2025-04-10' })).id;
}

/** A property of RU in the keeping of the US. */
export async function asset(ground: Ground): Promise<string> {
  const irritantIds = [await irritantOf(ground)];
  const facts = { irritantIds, owner: 'RU', tenure: 'owned', holder: 'US', name: text };
  return (await ground.make(RU, 'assets.RegisterAsset', facts)).id;
}

/** RU retracts its last word of this type in the entry that was laid, after others have come to rely on it. */
export function retracts(
  says: string,
  slice: string,
  type: string,
  lay: (ground: Ground) => Promise<string>,
): Attempt {
  return {
    says,
    refused: 'RELIED_UPON',
    prepare: async (ground) => retracting(ground, slice, await lay(ground), type),
  };
}

/** Lays an entry, and then each says what is said on it. */
export function after(
  lay: (ground: Ground) => Promise<string>,
  ...said: readonly (readonly [side: typeof RU | typeof US, command: string, body?: object])[]
) {
  return async (ground: Ground): Promise<string> => {
    const id = await lay(ground);
    for (const [side, command, body] of said) await ground.say(side, command, id, body);
    return id;
  };
}

async function retracting(ground: Ground, slice: string, id: string, type: string) {
  await ground.desk.settled();
  const events = await ground.eventsOf(slice, id);
  const target = events.findLast((one) => one.type === type && one.act.party === 'RU')?.id;
  const reason = { en: 'Entered in error.' };
  return () => ground.say(RU, `${slice}.RetractEvent`, id, { target, reason });
}
