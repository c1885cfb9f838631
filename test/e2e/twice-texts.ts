import { done, made } from '../support/acting.js';
import type { Body, PrincipalName } from '../support/api.js';
import { words } from '../support/bodies.js';
import { agree, aStep, draft, naming, table } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import type { Case, Cases, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
type Texts = 'proposals' | 'roadmaps';

/** What a version on the table is like: a proposal's, or a roadmap's with one step of the US. */
const tabled: { readonly [slice in Texts]: (talks: Talks) => Promise<Tabled> } = {
  proposals: ({ api, scene: { dialogueId, irritantId } }) =>
    made<Tabled>(api, 'proposals', RU, {
      ...{ dialogueId, form: 'proposal', irritantIds: [irritantId], title: words },
      texts: { en: 'Accounts are kept open.' },
    }),
  roadmaps: async ({ api, scene: { dialogueId, irritantId } }) => {
    const { id } = await draft(api, dialogueId, [irritantId]);
    return table(api, id, [irritantId], [aStep()]);
  },
};

/** On a text, after the assent of the US, where one is given. */
const onText = (slice: Texts, assent?: Body): Pick<Case, 'on'> => ({
  on: async (talks) => {
    const one = await tabled[slice](talks);
    if (assent !== undefined)
      await done(talks.api, `${slice}/${one.id}/assent`, US, { ...naming(one), ...assent });
    return one;
  },
});
const onAgreed = (slice: Texts): Pick<Case, 'on'> => ({
  on: async (talks) => agree(talks.api, slice, await tabled[slice](talks)),
});
const given = { adReferendum: false };
const referred = { adReferendum: true };

export const proposalCases: Cases = {
  TableProposal: { as: RU, own: { form: 'proposal' }, again: 'recorded', other: 'recorded' },
  ReviseProposal: { ...onText('proposals'), own: { texts: { en: 'Accounts are kept open.' } } },
  AssentToProposal: { ...onText('proposals'), own: given },
  ConfirmAssentToProposal: onText('proposals', referred),
  WithdrawAssentToProposal: onText('proposals', given),
  TerminateProposal: onAgreed('proposals'),
  DeclineProposal: onText('proposals'),
  LapseProposal: { ...onText('proposals'), as: RU },
};

/** On the step of an agreed version, after these acts, each by its side. */
const onStep = (...before: readonly (readonly [string, PrincipalName])[]): Pick<Case, 'on'> => ({
  on: async (talks) => {
    const agreed = await agree(talks.api, 'roadmaps', await tabled.roadmaps(talks));
    const [{ stepId }] = agreed['steps'] as [{ stepId: string }];
    const at = `roadmaps/${agreed.id}/steps/${stepId}`;
    for (const [command, as] of before) await done(talks.api, `${at}/${command}`, as);
    return agreed;
  },
});
const started = ['start', US] as const;
const reported = ['report-done', US] as const;

export const roadmapCases: Cases = {
  DraftRoadmap: { as: RU, again: 'recorded', other: 'recorded' },
  TableRoadmapVersion: { ...onText('roadmaps'), own: { steps: [], texts: { preamble: words } } },
  AssentToRoadmap: onText('roadmaps'),
  ConfirmRoadmapAssent: onText('roadmaps', referred),
  WithdrawRoadmapAssent: onText('roadmaps', given),
  StartStep: onStep(),
  ReportStepDone: onStep(started),
  AcceptStep: { ...onStep(started, reported), as: RU },
  RejectStep: { ...onStep(started, reported), as: RU },
  BlockStep: onStep(started),
  UnblockStep: onStep(started, ['block', US]),
  WaiveStep: { ...onStep(), as: RU },
  TerminateRoadmap: onAgreed('roadmaps'),
};
