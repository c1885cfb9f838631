import type { Answer, Api, Body } from '../support/api.js';
import { openTalks, raising } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

type Raised = Body & { readonly id: string };

/** A matter that is on record and of which nobody says who raised it. */
export function recordedOfNobody(
  api: Api,
  { dialogueId, sources }: Pick<Scene, 'dialogueId' | 'sources'>,
): Promise<Answer<Raised>> {
  const nobodys = { raisers: [], respondents: [], raisedBasis: 'first-recorded' };
  const body = { ...raising(dialogueId), ...nobodys, sources: [{ sourceId: sources.press }] };
  return api.create<Raised>('/v1/irritants', body);
}

/** US has endorsed its suspension; then somebody records in its name that it is lifted. */
export async function resumedAgainstItsOwnWord(api: Api): Promise<Answer> {
  const talks = await openTalks(api);
  const at = `/v1/irritants/${(await recordedOfNobody(api, talks)).body.id}`;
  const forUs = { party: 'US', sources: [{ sourceId: talks.sources.US }] };
  const { body } = await api.act(`${at}/suspend`, forUs);
  const [suspended] = body['suspensions'] as { eventId: string }[];
  await api.act(`${at}/endorse`, { target: suspended?.eventId }, 'us-negotiator');
  return api.act(`${at}/resume`, forUs);
}
