import { words } from './matter.js';
import { lastOf } from './own-words-scene.js';
import type { Contrary, Said, Scene } from './own-words-scene.js';

const scheduled = (scene: Scene) =>
  scene.begin('rounds', 'ScheduleRound', { number: 1, startsAt: '2025-04-10' });
/** RU says that the round was held, and that the matter was discussed there. */
const held = async (scene: Scene) => {
  await scheduled(scene);
  await scene.ru(['ConfirmRoundHeld']);
  await scene.ru(['DiscussAgendaItem', { irritantId: scene.matter.irritantId }]);
};
const account = ({ matter }: Scene): Said => [
  'PublishAccount',
  { voice: 'party', sourceId: matter.statements.US, lang: 'en', rendering: 'official' },
];
const cancelled: Said = ['CancelRound', { reason: words }];
const postponed: Said = ['PostponeRound', { startsAt: '2025-05-01', reason: words }];

const onMeetings: readonly Contrary[] = [
  ...[cancelled, postponed].map((own): Contrary => ({
    says: `says ${own[0]} of a round of which it was said to confirm, conclude and recount that it was held`,
    ground: held,
    inItsName: (scene) => [
      ['ConfirmRoundHeld'],
      account(scene),
      ['ConcludeRound', { startsAt: '2025-04-10', duration: 'PT5H' }],
    ],
    own: () => own,
    shows: { heldBy: [{ party: 'RU' }], accounts: [] },
    stages: ['under-consultation', 'raised'],
  })),
  {
    says: 'confirms that a round was held that was cancelled in its name',
    ground: held,
    inItsName: () => [cancelled],
    own: () => ['ConfirmRoundHeld'],
    shows: { heldBy: [{ party: 'RU' }, { party: 'US' }] },
    stages: ['raised', 'under-consultation'],
    isFirst: true,
  },
  {
    says: 'reinstates a round that was cancelled in its name',
    ground: scheduled,
    inItsName: () => [cancelled],
    own: () => ['ReinstateRound', { startsAt: '2025-04-10' }],
    shows: {},
  },
  {
    says: 'cancels a round that was postponed in its name',
    ground: scheduled,
    inItsName: () => [postponed],
    own: () => cancelled,
    shows: {},
    isFirst: true,
  },
];

const notes = async (scene: Scene) => {
  await scene.begin('exchanges', 'OpenExchange', { subject: words });
};
const note = { form: 'note-verbale', textHeld: false };

const noted = async (scene: Scene) => {
  await notes(scene);
  const shown = await scene.ru(['PresentNote', { ...note, from: 'RU', to: 'US' }]);
  scene.known = { inReplyTo: lastOf<{ noteId: string }>(shown, 'notes').noteId };
};

const saidOfNotes: readonly Said[] = [['ReportExchange'], ['PresentNote', { ...note, from: 'US', to: 'RU' }]];
const onNotes: readonly Contrary[] = [
  {
    says: 'replies to a note of an exchange that was terminated in its name',
    ground: noted,
    inItsName: () => [['TerminateExchange']],
    own: ({ known }) => ['ReplyToNote', { form: 'note-verbale', textHeld: false }, known],
    shows: { status: 'completed', terminations: [] },
  },
  {
    says: 'says what an exchange covers that was terminated in its name',
    ground: notes,
    inItsName: () => [['TerminateExchange']],
    own: ({ matter }) => ['AssertCoverage', { irritantId: matter.irritantId }],
    shows: { terminations: [] },
  },
  ...saidOfNotes.map((own): Contrary => ({
    says: `says ${own[0]} of an exchange that was terminated in its name`,
    ground: notes,
    inItsName: () => [['TerminateExchange']],
    own: () => own,
    shows: { terminations: [] },
  })),
];

const ofRu = { owner: 'RU', tenure: 'owned', name: words };
const property = (scene: Scene) =>
  scene.begin('assets', 'RegisterAsset', { ...ofRu, holder: 'RU', irritantIds: scene.irritantIds });
const asked = async (scene: Scene) => {
  await property(scene);
  await scene.ru(['AssertOwnership', { ...ofRu, holder: 'US', irritantIds: scene.irritantIds }]);
  const said = await scene.ru(['RequestAccess', { purpose: 'inspection', text: words }]);
  scene.known = { accessId: lastOf<{ accessId: string }>(said, 'accesses').accessId };
};
/** RU asks for access, and then both say that the property was returned, the US by what is said in its name. */
const returned: Pick<Contrary, 'ground' | 'inItsName' | 'answered'> = {
  ground: asked,
  inItsName: () => [toUs],
  answered: (scene) => scene.ru(toUs),
};
const toUs: Said = ['RecordReturn', { to: 'US', protocol: words }];

const onAssets: readonly Contrary[] = [
  {
    says: 'says that a property was returned to another than was said in its name, as RU said as well',
    ground: property,
    inItsName: () => [toUs],
    answered: (scene) => scene.ru(toUs),
    own: () => ['RecordReturn', { to: 'RU', protocol: words }],
    shows: { returnedTo: null },
  },
  {
    says: 'asks for access to a property that was returned to it by what was said in its name',
    ground: property,
    inItsName: () => [toUs],
    answered: (scene) => scene.ru(toUs),
    own: () => ['RequestAccess', { purpose: 'inspection', text: words }],
    shows: { returnedTo: null, accesses: [{ party: 'US' }] },
  },
  {
    says: 'grants access to what was returned by what was said in its name',
    ...returned,
    own: ({ known }) => ['GrantAccess', {}, known],
    shows: { returnedTo: null },
  },
  {
    says: 'denies access to what was returned by what was said in its name',
    ...returned,
    own: ({ known }) => ['DenyAccess', { reason: words }, known],
    shows: { returnedTo: null },
  },
  {
    says: 'records an inspection of what was returned by what was said in its name',
    ...returned,
    own: () => ['RecordInspection', { findings: words }],
    shows: { returnedTo: null },
  },
  {
    says: 'denies the access that was granted in its name',
    ground: asked,
    inItsName: ({ known }) => [['GrantAccess', {}, known]],
    own: ({ known }) => ['DenyAccess', { reason: words }, known],
    shows: { accesses: [{ answer: { capacity: 'direct', reason: words } }] },
    isFirst: true,
  },
];

const ofTalks = (scene: Scene) => {
  Object.assign(scene, { slice: 'dialogues', id: scene.matter.dialogueId });
  return Promise.resolve();
};
/** Confirmed or denied, what is claimed of the talks as a whole leaves the matter where it stands. */
const unmoved = ['raised', 'raised'] as const;
const claimsOfTalks = async (scene: Scene) => {
  await ofTalks(scene);
  const said = await scene.ru(['ClaimDialogueUnderstanding', { kind: 'agreement', text: words }]);
  scene.known = { claimId: lastOf<{ claimId: string }>(said, 'claims').claimId };
};

const onTalks: readonly Contrary[] = [
  {
    says: 'denies a claim on the talks as a whole that was confirmed in its name',
    ground: claimsOfTalks,
    inItsName: ({ known }) => [['ConfirmDialogueUnderstanding', { mode: 'same-text' }, known]],
    own: ({ known }) => ['DenyDialogueUnderstanding', {}, known],
    shows: { claims: [{ state: 'denied' }], awaiting: [] },
    stages: unmoved,
    isFirst: true,
  },
  {
    says: 'confirms a claim on the talks as a whole that was denied in its name',
    ground: claimsOfTalks,
    inItsName: ({ known }) => [['DenyDialogueUnderstanding', {}, known]],
    own: ({ known }) => ['ConfirmDialogueUnderstanding', { mode: 'same-text' }, known],
    shows: { claims: [{ state: 'confirmed' }], awaiting: [] },
    stages: unmoved,
    isFirst: true,
  },
  {
    says: 'withdraws a claim on the talks as a whole that was made in its name, and that RU confirmed',
    ground: ofTalks,
    inItsName: () => [['ClaimDialogueUnderstanding', { kind: 'agreement', text: words }]],
    answered: async (scene) => {
      scene.known = { claimId: lastOf<{ claimId: string }>(await scene.shown(), 'claims').claimId };
      await scene.ru(['ConfirmDialogueUnderstanding', { mode: 'same-text' }, scene.known]);
    },
    own: ({ known }) => ['WithdrawDialogueUnderstandingClaim', {}, known],
    shows: { claims: [], awaiting: [] },
    stages: unmoved,
  },
  {
    says: 'resumes the talks that were suspended in its name',
    ground: ofTalks,
    inItsName: () => [['SuspendDialogue', { reason: words }]],
    own: () => ['ResumeDialogue'],
    shows: { suspensions: [] },
  },
];

/** What a side says of rounds, notes, property and the talks as a whole. */
export const onRounds: readonly Contrary[] = [...onMeetings, ...onNotes, ...onAssets, ...onTalks];
