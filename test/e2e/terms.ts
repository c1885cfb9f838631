import { expect } from '@jest/globals';
import type { Api } from '../support/api.js';
import type { Document, Invented } from '../support/invented.js';

const some = expect.objectContaining;
const among = (...all: readonly unknown[]) => expect.arrayContaining([...all]) as unknown;

/** Who reads, and what was loaded for it. */
export interface Reader {
  readonly api: Api;
  readonly invented: Invented;
}

/** The present state of what a step of the dialogue made. */
export const of =
  (collection: string, label: string) =>
  async ({ api, invented }: Reader) =>
    (await api.get<Document>(`/v1/${collection}/${invented.idOf(label)}`)).body;
const comparison = async ({ api, invented }: Reader) =>
  (await api.get(`/v1/rounds/${invented.idOf('round-3')}/comparison`)).body;
const aldor = { party: 'ALDOR', capacity: 'direct' };
const brevia = { party: 'BREVIA', capacity: 'direct' };

/** Each term of the language, what in the answers shows it, and how. */
export const terms: readonly (readonly [
  term: string,
  shows: (reader: Reader) => Promise<object>,
  shown: object,
])[] = [
  ['party', of('dialogues', 'consultations'), { parties: ['ALDOR', 'BREVIA'] }],
  ['dialogue', of('dialogues', 'consultations'), { keyPrefix: 'ALBR', series: 'Corvan track' }],
  ['irritant', of('irritants', 'building'), { key: 'ALBR-1', category: 'property' }],
  ['raiser / respondent', of('irritants', 'building'), { raisers: ['ALDOR'], respondents: ['BREVIA'] }],
  [
    'raiser / respondent',
    of('irritants', 'visas'),
    { raisers: ['ALDOR', 'BREVIA'], coRaised: [brevia], respondents: ['BREVIA', 'ALDOR'] },
  ],
  [
    'designation',
    of('irritants', 'building'),
    { designations: { ALDOR: { en: expect.any(String) }, BREVIA: { fr: expect.any(String) } } },
  ],
  [
    'position',
    of('irritants', 'building'),
    { positions: { ALDOR: { stance: 'part-resolved' }, BREVIA: { stance: 'resolved' } } },
  ],
  ['stage', of('irritants', 'building'), { stage: 'resolved', basis: 'direct' }],
  [
    'claim → confirmation / denial',
    of('irritants', 'building'),
    {
      claims: [
        { ...aldor, state: 'denied', answer: brevia },
        { ...aldor, state: 'withdrawn' },
        { ...aldor, state: 'confirmed', answer: { ...brevia, mode: 'same-text' } },
      ],
    },
  ],
  [
    'understanding',
    of('irritants', 'accounts'),
    { claims: [{ ...brevia, state: 'confirmed', answer: { ...aldor, mode: 'own-words' } }] },
  ],
  ['round', of('rounds', 'round-2'), { number: 2, held: true, heldBy: [aldor, brevia] }],
  [
    'delegation',
    of('rounds', 'round-2'),
    {
      delegates: among(
        some({ party: 'ALDOR', role: 'head', nameAsGiven: 'Ida Marrow' }),
        some({ party: 'BREVIA', role: 'head', titleAsGiven: 'Directeur politique' }),
      ),
    },
  ],
  [
    'account',
    of('rounds', 'round-3'),
    {
      accounts: [
        { party: 'ALDOR', rendering: 'official' },
        { party: null, voice: 'press', capacity: 'attributed' },
        { party: 'BREVIA', rendering: 'original', superseded: brevia },
        { party: 'BREVIA', rendering: 'official' },
      ],
    },
  ],
  [
    'divergence',
    comparison,
    {
      subjects: among(
        some({ key: 'ALBR-1', result: 'agreed' }),
        some({ key: 'ALBR-2', result: 'silent', silent: ['BREVIA'] }),
        some({ key: 'ALBR-4', result: 'contradicted', became: 'reconciled' }),
      ),
    },
  ],
  ['divergence', of('rounds', 'round-3'), { divergences: [{ ...aldor, reconciledBy: [brevia, aldor] }] }],
  [
    'proposal',
    of('proposals', 'common-form'),
    { status: 'lapsed', versions: [{ form: 'non-paper' }, {}, {}] },
  ],
  [
    'assent',
    of('proposals', 'thirty-days'),
    {
      status: 'terminated',
      agreed: { version: 2 },
      assents: [
        { ...aldor, adReferendum: false },
        { ...brevia, adReferendum: true, confirmed: brevia },
      ],
    },
  ],
  [
    'note / exchange',
    of('exchanges', 'account-notes'),
    { status: 'completed', notes: [{ number: '17/2024', ...brevia, received: aldor, replies: [aldor] }] },
  ],
  ['coverage, legal character', of('exchanges', 'account-notes'), { coverage: [{ byBoth: true }] }],
  [
    'coverage, legal character',
    of('exchanges', 'dairy-letters'),
    { coverage: [{ byBoth: false, asserted: [aldor] }] },
  ],
  [
    'coverage, legal character',
    of('exchanges', 'account-notes'),
    { legalCharacters: { BREVIA: { character: 'binding' }, ALDOR: { character: 'political' } } },
  ],
  [
    'commitment',
    of('commitments', 'second-counter'),
    { obligors: ['BREVIA'], beneficiaries: ['ALDOR'], mode: 'conditional', basis: { kind: 'proposal' } },
  ],
  [
    'fulfilment / breach / waiver',
    of('commitments', 'open-account'),
    { status: 'discharged', due: '2025-06-30', reports: [{ state: 'disputed' }, { state: 'acknowledged' }] },
  ],
  [
    'fulfilment / breach / waiver',
    of('commitments', 'five-days'),
    { breachOpen: true, allegations: [{ state: 'withdrawn' }, { state: 'alleged' }] },
  ],
  [
    'fulfilment / breach / waiver',
    of('commitments', 'second-counter'),
    { status: 'waived', waivers: [aldor] },
  ],
  [
    'roadmap / step / counterpart step',
    of('roadmaps', 'return-roadmap'),
    { status: 'completed', version: 3, agreed: { version: 3 }, openMandatorySteps: [] },
  ],
  [
    'roadmap / step / counterpart step',
    of('roadmaps', 'return-roadmap'),
    { steps: among(some({ responsible: 'BREVIA', state: 'accepted', acceptance: expect.any(Object) })) },
  ],
  [
    'roadmap / step / counterpart step',
    of('roadmaps', 'return-roadmap'),
    { steps: among(some({ responsible: 'BREVIA', counterpart: expect.any(String), due: '2025-09-01' })) },
  ],
  [
    'linkage',
    of('irritants', 'visas'),
    {
      linkages: [
        { ...brevia, state: 'accepted' },
        { ...brevia, state: 'ended' },
      ],
    },
  ],
  ['linkage', of('irritants', 'certificates'), { linkages: [{ ...aldor, state: 'rejected' }] }],
  [
    'asset',
    of('assets', 'house'),
    { status: 'returned', returns: [brevia, aldor], damages: [{ amount: '84000.50', dispute: brevia }] },
  ],
  [
    'third-party role',
    of('dialogues', 'consultations'),
    { thirdParties: [{ thirdParty: 'CORVAN', role: 'host', party: null }, { role: 'facilitator' }] },
  ],
  ['commentary', of('dialogues', 'consultations'), { commentary: [{ party: null }, { party: null }] }],
  [
    'source',
    of('sources', 'brevia-note'),
    {
      kind: 'note',
      issuers: ['BREVIA'],
      lang: 'fr',
      held: true,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ],
];
