import { randomUUID } from 'node:crypto';
import type { Api, Body } from './api.js';
import { begun, itself, told } from './sides.js';

export interface Tabled extends Body {
  readonly id: string;
  readonly version: number;
  readonly versions: readonly { readonly version: number; readonly contentHash: string }[];
}

/** What an assent names: the latest version and its hash. */
export function naming({ version, versions }: Tabled): { version: number; contentHash: string } {
  return { version, contentHash: versions.at(-1)?.contentHash ?? '' };
}

/** Both sides assent, RU first. */
export async function agree(
  api: Api,
  slice: 'proposals' | 'roadmaps',
  tabled: Tabled,
  voices = itself,
): Promise<Tabled> {
  const assent = { ...naming(tabled), adReferendum: false };
  await told(api, `${slice}/${tabled.id}/assent`, voices('RU'), assent);
  return told<Tabled>(api, `${slice}/${tabled.id}/assent`, voices('US'), assent);
}

export interface Step extends Body {
  readonly stepId: string;
}

/** A step of the US, mandatory, that waits for nothing, unless said otherwise. */
export function aStep(over: Body = {}): Step {
  return { stepId: randomUUID(), responsible: 'US', after: [], mandatory: true, ...over };
}

export async function draft(
  api: Api,
  dialogueId: string,
  irritantIds: readonly string[],
  voices = itself,
): Promise<Tabled> {
  return begun<Tabled>(api, 'roadmaps', voices('RU'), {
    dialogueId,
    irritantIds,
    title: { en: 'Return of the properties' },
  });
}

export async function table(
  api: Api,
  id: string,
  irritantIds: readonly string[],
  steps: readonly Step[],
  text?: { readonly [lang: string]: string },
  voices = itself,
): Promise<Tabled> {
  const texts = Object.fromEntries(
    steps.map((one, index) => [one.stepId, text ?? { en: `Step ${index + 1}.` }]),
  );
  const words = steps.length === 0 ? { preamble: { en: 'Nothing yet.' } } : texts;
  return told<Tabled>(api, `roadmaps/${id}/table-version`, voices('RU'), {
    irritantIds,
    steps,
    texts: words,
  });
}

/** A roadmap with one mandatory step of the US, to which both sides have assented. */
export async function agreedRoadmap(
  api: Api,
  { dialogueId, irritantId }: { readonly dialogueId: string; readonly irritantId: string },
): Promise<{ readonly id: string; readonly step: string }> {
  const { id } = await draft(api, dialogueId, [irritantId]);
  const step = aStep();
  await agree(api, 'roadmaps', await table(api, id, [irritantId], [step]));
  return { id, step: `roadmaps/${id}/steps/${step.stepId}` };
}
