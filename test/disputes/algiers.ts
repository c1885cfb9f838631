import { ref } from '../../src/demo/step.js';
import type { Step } from '../../src/demo/step.js';
import { algiersGaps } from './algiers.gaps.js';
import { held, takes, telling } from './telling.js';
import type { Dispute } from './telling.js';

const parties = ['IR', 'US'] as const;
const { opens, cited, voice, third, alias } = telling('algiers', parties);

const signed = '1981-01-19';
const carriedOut = '1981-01-20';

const sources: readonly Step[] = [
  cited('us-application', 'statement', ['US'], '1979-11-29', 'Application to the Court', 'United States'),
  cited('icj-judgment', 'record', [], '1980-05-24', 'Judgment', 'International Court of Justice'),
  cited('ir-terms', 'statement', ['IR'], '1980-11-02', 'Terms for the release', 'Parliament of Iran'),
  cited('declarations', 'record', [], signed, 'Two declarations on the settlement', 'Government of Algeria'),
  cited('undertakings', 'joint-text', ['IR', 'US'], signed, 'Undertakings', 'Iran and the United States'),
  cited('us-remarks', 'statement', ['US'], carriedOut, 'Remarks on the departure', 'White House'),
  cited('us-on-transfer', 'statement', ['US'], '1981-01', 'On the transfer of assets', 'United States'),
  cited('ir-on-release', 'statement', ['IR'], '1981-01', 'On the accords', 'Government of Iran'),
];

const application = voice('US', 'us-application');
const terms = voice('IR', 'ir-terms');
const iran = voice('IR', 'undertakings');
const america = voice('US', 'undertakings');

const raised: readonly Step[] = [
  application.raises('staff', '1979-11-29', {
    category: 'detention',
    title: { en: 'Staff of the Embassy of the United States in Tehran' },
    statement: { en: 'The staff are held at the embassy since 4 November 1979.' },
    legalBasis: ['VCDR art. 22', 'VCDR art. 29'],
  }),
  terms.raises('assets', '1980-11-02', {
    category: 'banking',
    title: { en: 'Property of Iran that is blocked in the United States' },
  }),
  terms.raises('claims', '1980-11-02', {
    category: 'debt',
    title: { en: 'Claims before courts against Iran and by nationals of either side' },
  }),
  terms.raises('former-ruler', '1980-11-02', {
    category: 'property',
    title: { en: 'Property of the former ruler and of his family' },
  }),
  terms.raises('interference', '1980-11-02', {
    category: 'security',
    title: { en: 'Internal affairs of Iran' },
  }),
  takes(application, 'staff', '1979-11-29', 'seeks-action', 'The release of the staff is asked for.'),
];

const others: readonly Step[] = [
  third('record-commentary', 'icj-judgment', '1980-05-24', {
    irritantId: ref('staff'),
    speaker: 'International Court of Justice',
    quote: { en: 'The staff must be released at once; reparation is owed.' },
  }),
  third('assert-third-party-role', 'undertakings', signed, {
    thirdParty: 'DZ',
    role: 'mediator',
    text: { en: 'The Government of Algeria, as both texts say, served as the intermediary.' },
  }),
];

/** Algeria declared it and each side adhered; what both signed is their undertakings. */
function agreed(on: string, text: string): readonly Step[] {
  return held(on, `${on}-agreed`, [iran, signed], [america, signed], { kind: 'agreement', text });
}

const accords: readonly Step[] = [
  ...agreed('staff', 'All 52 leave Iran once the assets named are in escrow.'),
  ...agreed('assets', 'The assets go back to Iran, by way of an account in escrow at the Bank of England.'),
  ...agreed('claims', 'Proceedings end, and claims go to arbitration by a tribunal of both sides.'),
  ...agreed('former-ruler', 'Property in the United States is frozen and made known until courts decide.'),
  ...agreed('interference', 'The United States does not intervene in the internal affairs of Iran.'),
];

const owed: readonly Step[] = [
  america.creates('commitments', 'release', signed, {
    obligors: ['IR'],
    beneficiaries: ['US'],
    mode: 'once',
    irritantIds: [ref('staff')],
    text: { en: 'The 52 are brought safely out of Iran.' },
  }),
  iran.does('release', 'undertake', signed),
  voice('IR', 'ir-on-release').does('release', 'report-fulfilment', carriedOut),
  voice('US', 'us-remarks').does('release', 'acknowledge-fulfilment', carriedOut),
  iran.creates('commitments', 'transfer', signed, {
    obligors: ['US'],
    beneficiaries: ['IR'],
    mode: 'once',
    irritantIds: [ref('assets')],
    text: { en: 'The assets named are brought into escrow and from there to Iran.' },
  }),
  america.does('transfer', 'undertake', signed),
  voice('US', 'us-on-transfer').does('transfer', 'report-fulfilment', carriedOut),
  takes(voice('US', 'us-remarks'), 'staff', carriedOut, 'resolved', 'The 52 have left Iran.'),
];

const adhered = { stage: 'agreed', claims: ['confirmed'], earlier: [['1980-11', 'raised']] } as const;

export const algiers: Dispute = {
  name: 'Iran and the United States, through Algeria, 1979 to 1981',
  make: 'mediated',
  parties,
  steps: [
    opens('ALGIERS', 'Iran–United States, through Algeria'),
    alias('IR', 'Tehran'),
    alias('US', 'Washington'),
    ...sources,
    ...raised,
    ...others,
    ...accords,
    ...owed,
  ],
  known: [
    {
      irritant: 'staff',
      stage: 'agreed',
      positions: { US: 'resolved' },
      claims: ['confirmed'],
      earlier: [
        ['1980-12-31', 'raised'],
        ['1981-01-19', 'agreed'],
      ],
    },
    { ...adhered, irritant: 'assets' },
    { ...adhered, irritant: 'claims' },
    { ...adhered, irritant: 'former-ruler' },
    { ...adhered, irritant: 'interference' },
  ],
  gaps: algiersGaps,
};
