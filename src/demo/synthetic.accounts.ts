import { aldor, aldorRegistrar, brevia } from './synthetic.desks.js';
import type { Desk } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

const third = 'round-3';

function account(desk: Desk, as: string, occurred: string, body: Fields): Step {
  return desk.does(third, 'publish-account', occurred, { voice: 'party', ...body }, as);
}

function point(desk: Desk, as: string, of: string, occurred: string, body: Fields): Step {
  return desk.does(third, 'record-account-point', occurred, { accountId: ref(of), ...body }, as);
}

const roadmapWords = { en: 'The sides agreed to develop a roadmap for the return of the house.' };

const held: readonly Step[] = [
  aldorRegistrar.creates('rounds', third, '2024-09-02', {
    number: 3,
    startsAt: '2024-09-17',
    hostParty: 'BREVIA',
    name: { en: 'Third round' },
  }),
  account(aldor, 'aldor-account', '2024-09-18', {
    sourceId: ref('aldor-statement'),
    lang: 'en',
    rendering: 'official',
    startsAt: '2024-09-17',
    duration: 'PT5H',
    hostParty: 'BREVIA',
    level: 'under-secretaries',
  }),
  account(brevia, 'brevia-account', '2024-09-19', {
    sourceId: ref('brevia-statement'),
    lang: 'fr',
    rendering: 'original',
    startsAt: '2024-09-17',
    duration: 'PT6H',
    hostParty: 'BREVIA',
  }),
  // A paper speaks for itself, whoever enters what it says.
  account(brevia, 'courier-account', '2024-09-18', {
    voice: 'press',
    sourceId: ref('courier-on-round-3'),
    lang: 'en',
    rendering: 'original',
    duration: 'PT5H30M',
    level: 'under-secretaries',
    venue: { en: 'Maison des Échevins, Brévie-la-Neuve' },
  }),
];

const ofAldor: readonly Step[] = [
  point(aldor, 'aldor-on-roadmap', 'aldor-account', '2024-09-18', {
    irritantId: ref('building'),
    kind: 'agreed',
    assertsJoint: true,
    claimId: ref('roadmap-claim'),
    quote: roadmapWords,
  }),
  point(aldor, 'aldor-on-accounts', 'aldor-account', '2024-09-18', {
    irritantId: ref('accounts'),
    kind: 'discussed',
    assertsJoint: true,
    quote: { en: 'Notes on the accounts of the missions were discussed.' },
  }),
  point(aldor, 'aldor-on-visas', 'aldor-account', '2024-09-18', {
    irritantId: ref('visas'),
    kind: 'called-for',
    assertsJoint: false,
    quote: { en: 'Aldor asked that visas of staff be given within thirty days.' },
  }),
  point(aldor, 'aldor-on-flights', 'aldor-account', '2024-09-18', {
    irritantId: ref('flights'),
    kind: 'agreed',
    assertsJoint: true,
    quote: { en: 'The weekly flight resumes in the spring.' },
  }),
  point(aldor, 'aldor-on-next', 'aldor-account', '2024-09-18', {
    kind: 'next-round',
    assertsJoint: false,
    quote: { en: 'The next round is expected within the year.' },
  }),
];

const ofBrevia: readonly Step[] = [
  point(brevia, 'brevia-on-roadmap', 'brevia-account', '2024-09-19', {
    irritantId: ref('building'),
    kind: 'agreed',
    assertsJoint: true,
    quote: { fr: 'Une feuille de route sera élaborée.', en: 'A roadmap will be developed.' },
  }),
  point(brevia, 'brevia-on-flights', 'brevia-account', '2024-09-19', {
    irritantId: ref('flights'),
    kind: 'agreed',
    assertsJoint: true,
    contradicts: ref('aldor-on-flights'),
    quote: { fr: 'Aucune date n’a été retenue pour les vols.', en: 'No date was fixed for the flights.' },
  }),
  point(brevia, 'brevia-reiterates', 'brevia-account', '2024-09-19', {
    irritantId: ref('certificates'),
    kind: 'reiterated',
    assertsJoint: false,
    quote: { fr: 'La Brévie a rappelé sa position sur les certificats.' },
  }),
  point(brevia, 'brevia-notes', 'brevia-account', '2024-09-19', {
    kind: 'noted',
    assertsJoint: false,
    quote: { fr: 'Les échanges ont été francs.', en: 'The exchanges were frank.' },
  }),
];

const ofTheCourier: readonly Step[] = [
  point(brevia, 'courier-on-papers', 'courier-account', '2024-09-18', {
    wording: [{ as: 'verbatim' }],
    kind: 'noted',
    assertsJoint: false,
    quote: { en: 'The envoys left with papers under their arms.' },
  }),
];

/** The accounts differ on the flights; each side says in the end that this is settled. */
const divergence: readonly Step[] = [
  aldor.does(
    third,
    'note-divergence',
    '2024-09-20',
    {
      irritantId: ref('flights'),
      pointIds: [ref('aldor-on-flights'), ref('brevia-on-flights')],
      text: { en: 'One account names a season for the flight, the other says that no date was fixed.' },
    },
    'divergence-on-flights',
  ),
  account(brevia, 'brevia-account-corrected', '2024-09-23', {
    sourceId: ref('brevia-statement-corrected'),
    lang: 'fr',
    rendering: 'official',
    startsAt: '2024-09-17',
    duration: 'PT5H',
  }),
  brevia.does(third, 'supersede-account', '2024-09-23', {
    accountId: ref('brevia-account'),
    supersededBy: ref('brevia-account-corrected'),
    reason: { fr: 'La durée était inexacte.', en: 'The duration was wrong.' },
  }),
  point(brevia, 'brevia-on-roadmap-corrected', 'brevia-account-corrected', '2024-09-23', {
    irritantId: ref('building'),
    kind: 'agreed',
    assertsJoint: true,
    restates: ref('brevia-on-roadmap'),
    quote: { fr: 'Une feuille de route sera élaborée.', en: 'A roadmap will be developed.' },
  }),
  point(brevia, 'brevia-on-flights-corrected', 'brevia-account-corrected', '2024-09-23', {
    irritantId: ref('flights'),
    kind: 'agreed',
    assertsJoint: true,
    contradicts: ref('aldor-on-flights'),
    restates: ref('brevia-on-flights'),
    quote: { fr: 'Aucune date n’a été retenue pour les vols.', en: 'No date was fixed for the flights.' },
  }),
  point(brevia, 'brevia-on-next', 'brevia-account-corrected', '2024-09-23', {
    kind: 'next-round',
    assertsJoint: false,
    quote: { fr: 'La date de la prochaine session reste à fixer.' },
  }),
  brevia.does(third, 'reconcile-divergence', '2024-10-01', {
    divergenceId: ref('divergence-on-flights'),
    text: { en: 'The spring was a wish of both, and no date was fixed.' },
  }),
  aldor.does(third, 'reconcile-divergence', '2024-10-02', { divergenceId: ref('divergence-on-flights') }),
];

export const syntheticAccounts: readonly Step[] = [
  ...held,
  ...ofAldor,
  ...ofBrevia,
  ...ofTheCourier,
  ...divergence,
];
