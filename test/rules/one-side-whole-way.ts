import { isProblem } from '../support/desk.js';
import { clerkOfRU, RU, text } from './one-side-ground.js';
import type { Ground } from './one-side-ground.js';
import { irritantOf } from './one-side-matters.js';

/** Given what comes of it, if it is recorded. */
async function tried<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}

interface Items {
  readonly claims: readonly { readonly claimId: string }[];
  readonly resolutions: readonly { readonly resolutionId: string; readonly termsHash: string }[];
  readonly versions: readonly { readonly version: number; readonly contentHash: string }[];
}

/** RU's own half of everything that leads to a resolution, and each time the half of the US as well. */
export async function wholeWay(ground: Ground): Promise<string> {
  const forged = ground.sources.forged === '' ? ground.sources.US : ground.sources.forged;
  const forUS = { party: 'US', wording: [{ as: 'summary' }], sources: [{ sourceId: forged }] };
  const id = await irritantOf(ground);
  const say = (command: string, body: object, path = {}) =>
    tried(() => ground.say(RU, `irritants.${command}`, id, body, path));
  const both = async (slice: string, of: string, command: string, body: object) => {
    await tried(() => ground.say(RU, `${slice}.${command}`, of, body));
    await tried(() => ground.say(clerkOfRU, `${slice}.${command}`, of, { ...body, ...forUS }));
  };
  await say('AcknowledgeIrritant', forUS);
  const round = await ground.make(RU, 'rounds.ScheduleRound', {});
  await both('rounds', round.id, 'DiscussAgendaItem', { irritantId: id });
  await both('rounds', round.id, 'ConfirmRoundHeld', {});
  const claimed = (await say('ClaimUnderstanding', {
    kind: 'roadmap-to-be-developed',
    text,
  })) as unknown as Items;
  const [claim] = claimed.claims;
  await say('ConfirmUnderstanding', { mode: 'same-text', ...forUS }, { claimId: claim?.claimId });
  const tabling = { form: 'proposal', irritantIds: [id], texts: text };
  const tabled = await ground.make(RU, 'proposals.TableProposal', tabling);
  const { version, contentHash } = (tabled as unknown as Items).versions[0]!;
  await both('proposals', tabled.id, 'AssentToProposal', { version, contentHash, adReferendum: false });
  const notes = await ground.make(RU, 'exchanges.OpenExchange', {});
  await both('exchanges', notes.id, 'ReportExchange', {});
  await both('exchanges', notes.id, 'AssertCoverage', { irritantId: id });
  await ground.desk.settled();
  const offered = (await say('ProposeResolution', { terms: text })) as unknown as Items;
  const { resolutionId, termsHash } = offered.resolutions[0]!;
  await say('AcceptResolution', { resolutionId, termsHash, ...forUS });
  return id;
}
