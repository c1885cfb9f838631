import { done, made } from '../support/acting.js';
import type { Body, PrincipalName } from '../support/api.js';
import { agree, aStep, draft, naming, table } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { words } from '../support/twice.js';
import type { Asked, Case, Cases, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
const reason = { reason: words };
const asked = (path: string, as: PrincipalName, body: Body = {}): Asked => ({ path, as, body });
const assent = (tabled: Tabled, adReferendum = false): Body => ({ ...naming(tabled), adReferendum });

const proposing = ({ scene }: Talks): Body => ({
  form: 'proposal',
  irritantIds: [scene.irritantId],
  title: words,
  texts: { en: 'Accounts are kept open.' },
});
const tabled = (talks: Talks) =>
  made<Tabled>(talks.api, 'proposals', RU, { dialogueId: talks.scene.dialogueId, ...proposing(talks) });
type AskOf = (tabled: Tabled, at: string, talks: Talks) => Asked | Promise<Asked>;
const onProposal = (ask: AskOf): Pick<Case, 'ready'> => ({
  ready: async (talks) => {
    const proposal = await tabled(talks);
    return ask(proposal, `proposals/${proposal.id}`, talks);
  },
});

export const proposalCases: Cases = {
  TableProposal: {
    ready: (talks) =>
      Promise.resolve(asked('proposals', RU, { dialogueId: talks.scene.dialogueId, ...proposing(talks) })),
    again: 'recorded',
    other: 'recorded',
  },
  ReviseProposal: onProposal((_, at, talks) => asked(`${at}/revise`, US, proposing(talks))),
  AssentToProposal: onProposal((one, at) => asked(`${at}/assent`, US, assent(one))),
  ConfirmAssentToProposal: onProposal(async (one, at, { api }) => {
    await done(api, `${at}/assent`, US, assent(one, true));
    return asked(`${at}/confirm-assent`, US, naming(one));
  }),
  WithdrawAssentToProposal: onProposal(async (one, at, { api }) => {
    await done(api, `${at}/assent`, US, assent(one));
    return asked(`${at}/withdraw-assent`, US, { version: one.version, ...reason });
  }),
  TerminateProposal: onProposal(async (one, at, { api }) => {
    await agree(api, 'proposals', one);
    return asked(`${at}/terminate`, US, reason);
  }),
  DeclineProposal: onProposal((_, at) => asked(`${at}/decline`, US, reason)),
  LapseProposal: onProposal((_, at) => asked(`${at}/lapse`, RU, reason)),
};

const onRoadmap = (ask: AskOf): Pick<Case, 'ready'> => ({
  ready: async (talks) => {
    const { dialogueId, irritantId } = talks.scene;
    const { id } = await draft(talks.api, dialogueId, [irritantId]);
    return ask(await table(talks.api, id, [irritantId], [aStep()]), `roadmaps/${id}`, talks);
  },
});

/** A step of the US under an agreed version, of which these acts were recorded, each by its side. */
const onStep = (
  act: readonly [string, PrincipalName, Body?],
  ...before: readonly (readonly [string, PrincipalName])[]
): Pick<Case, 'ready'> => ({
  ready: async ({ api, scene }) => {
    const { id } = await draft(api, scene.dialogueId, [scene.irritantId]);
    const step = aStep();
    await agree(api, 'roadmaps', await table(api, id, [scene.irritantId], [step]));
    const at = `roadmaps/${id}/steps/${step.stepId}`;
    for (const [command, as] of before) await done(api, `${at}/${command}`, as);
    const [command, as, body = reason] = act;
    return asked(`${at}/${command}`, as, body);
  },
});

export const roadmapCases: Cases = {
  DraftRoadmap: {
    ready: ({ scene: { dialogueId, irritantId } }) =>
      Promise.resolve(asked('roadmaps', RU, { dialogueId, irritantIds: [irritantId], title: words })),
    again: 'recorded',
    other: 'recorded',
  },
  TableRoadmapVersion: onRoadmap((_, at, { scene: { irritantId } }) =>
    asked(`${at}/table-version`, US, {
      irritantIds: [irritantId],
      steps: [],
      texts: { preamble: words },
    }),
  ),
  AssentToRoadmap: onRoadmap((one, at) => asked(`${at}/assent`, US, assent(one))),
  ConfirmRoadmapAssent: onRoadmap(async (one, at, { api }) => {
    await done(api, `${at}/assent`, US, assent(one, true));
    return asked(`${at}/confirm-assent`, US, naming(one));
  }),
  WithdrawRoadmapAssent: onRoadmap(async (one, at, { api }) => {
    await done(api, `${at}/assent`, US, assent(one));
    return asked(`${at}/withdraw-assent`, US, { version: one.version, ...reason });
  }),
  StartStep: onStep(['start', US]),
  ReportStepDone: onStep(['report-done', US], ['start', US]),
  AcceptStep: onStep(['accept', RU], ['start', US], ['report-done', US]),
  RejectStep: onStep(['reject', RU], ['start', US], ['report-done', US]),
  BlockStep: onStep(['block', US], ['start', US]),
  UnblockStep: onStep(['unblock', US], ['start', US], ['block', US]),
  WaiveStep: onStep(['waive', RU]),
  TerminateRoadmap: onRoadmap(async (one, at, { api }) => {
    await agree(api, 'roadmaps', one);
    return asked(`${at}/terminate`, US, reason);
  }),
};
