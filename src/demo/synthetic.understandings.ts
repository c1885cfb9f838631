import { aldor, aldorRegistrar, brevia, dialogue } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Step } from './step.js';

/** A first claim is denied; the second, made at the third round, is confirmed and brings the first milestone. */
const roadmapInPrinciple: readonly Step[] = [
  aldor.does(
    'building',
    'claim',
    '2024-05-13',
    {
      kind: 'roadmap-to-be-developed',
      roundId: ref('round-2'),
      text: { en: 'It was agreed at the second round to develop a roadmap for the return of the house.' },
    },
    'early-claim',
  ),
  brevia.does('building', 'claims/{early-claim}/deny', '2024-05-27', {
    text: { fr: 'Rien de tel n’a été convenu.', en: 'Nothing of the kind was agreed.' },
  }),
  aldor.does(
    'building',
    'claim',
    '2024-09-17',
    {
      kind: 'roadmap-to-be-developed',
      text: { en: 'The sides agreed to develop a roadmap for the return of the house.' },
    },
    'roadmap-claim',
  ),
  brevia.does('building', 'claims/{roadmap-claim}/confirm', '2024-09-30', { mode: 'same-text' }),
];

/** The other answers: withdrawn by its own side, confirmed in part, confirmed in other words, unanswered. */
const others: readonly Step[] = [
  aldor.does(
    'building',
    'claim',
    '2024-06-10',
    { kind: 'factual', text: { en: 'The house has stood empty since 2019.' } },
    'empty-claim',
  ),
  aldor.does('building', 'claims/{empty-claim}/withdraw', '2024-06-17', {
    reason: { en: 'The municipality has used the ground floor since 2022.' },
  }),
  brevia.does(
    'accounts',
    'claim',
    '2024-05-06',
    { kind: 'factual', text: { en: 'Six transfers were returned, and none was explained.' } },
    'transfers-claim',
  ),
  aldor.does('accounts', 'claims/{transfers-claim}/confirm', '2024-05-20', {
    mode: 'partial',
    text: { en: 'Six transfers were returned.' },
  }),
  aldor.does('accounts', 'claims/{transfers-claim}/confirm', '2024-06-24', {
    mode: 'own-words',
    text: { en: 'Six transfers were returned; the bank gave no reason.' },
  }),
  brevia.does(
    'seafarers',
    'claim',
    '2026-10-12',
    {
      kind: 'agreement',
      text: { en: 'Visits are allowed on the second working day.' },
    },
    'visits-claim',
  ),
];

/** What both hold to be agreed, first in principle and then in the same text. */
const agreements: readonly Step[] = [
  aldor.does(
    'certificates',
    'claim',
    '2025-06-30',
    { kind: 'agreement-in-principle', text: { en: 'One form in two languages is to serve both sides.' } },
    'form-in-principle',
  ),
  brevia.does('certificates', 'claims/{form-in-principle}/confirm', '2025-07-07', { mode: 'same-text' }),
  brevia.does(
    'certificates',
    'claim',
    '2025-07-21',
    { kind: 'agreement', text: { en: 'Both sides use the common form from the first of October.' } },
    'form-agreed',
  ),
  aldor.does('certificates', 'claims/{form-agreed}/confirm', '2025-07-28', { mode: 'same-text' }),
];

/** What concerns no irritant: held by both, in part, denied, withdrawn, and unanswered. */
const onTheWhole: readonly Step[] = [
  aldorRegistrar.does(
    dialogue,
    'claim',
    '2024-04-18',
    { kind: 'agreement', text: { en: 'The sides meet once in every quarter.' } },
    'quarterly-claim',
  ),
  brevia.does(dialogue, 'claims/{quarterly-claim}/confirm', '2024-04-25', {
    mode: 'partial',
    text: {
      fr: 'Les parties se réunissent régulièrement.',
      en: 'The sides meet regularly.',
    },
  }),
  brevia.does(
    dialogue,
    'claim',
    '2024-10-07',
    { kind: 'agreement', text: { en: 'Heads of delegation may telephone each other between rounds.' } },
    'telephone-claim',
  ),
  aldor.does(dialogue, 'claims/{telephone-claim}/confirm', '2024-10-14', { mode: 'same-text' }),
  brevia.does(
    dialogue,
    'claim',
    '2024-11-04',
    { kind: 'factual', text: { en: 'The heads of delegation spoke by telephone on 1 November 2024.' } },
    'call-claim',
  ),
  aldor.does(dialogue, 'claims/{call-claim}/deny', '2024-11-11', {
    text: { en: 'The call was between secretaries.' },
  }),
  brevia.does(dialogue, 'claims/{call-claim}/withdraw', '2024-11-18', {
    reason: { en: 'The secretaries spoke; the heads were to follow.' },
  }),
  aldor.does(
    dialogue,
    'claim',
    '2026-09-28',
    { kind: 'other', text: { en: 'The next rounds take turns between the two capitals.' } },
    'turns-claim',
  ),
];

const linkages: readonly Step[] = [
  aldor.does(
    'certificates',
    'assert-linkage',
    '2024-07-08',
    {
      irritantId: ref('accounts'),
      condition: 'precedes',
      text: { en: 'Certificates come first; accounts can follow.' },
    },
    'certificates-before-accounts',
  ),
  brevia.does('certificates', 'linkages/{certificates-before-accounts}/reject', '2024-07-22', {
    reason: { en: 'Each is settled on its own merits.' },
  }),
  brevia.does(
    'visas',
    'assert-linkage',
    '2024-07-29',
    {
      irritantId: ref('staff'),
      condition: 'together',
      text: { fr: 'Visas et personnel vont ensemble.', en: 'Visas and staff go together.' },
    },
    'visas-with-staff',
  ),
  aldor.does('visas', 'linkages/{visas-with-staff}/accept', '2024-08-12'),
];

const positions: readonly Step[] = [
  aldorRegistrar.does('staff', 'state-position', '2024-06-03', {
    stance: 'seeks-action',
    text: { en: 'Missions should choose their own staff.' },
  }),
];

export const syntheticUnderstandings: readonly Step[] = [
  ...roadmapInPrinciple,
  ...others,
  ...agreements,
  ...onTheWhole,
  ...linkages,
  ...positions,
];
