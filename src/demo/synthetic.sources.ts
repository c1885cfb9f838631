import type { Fields, Step } from './step.js';
import { ref } from './step.js';
import { dialogue } from './synthetic.desks.js';

const noteOfBrevia = [
  'EXERCICE FICTIF. Note verbale n° 17/2024',
  '',
  'Le Ministère des Affaires étrangères de la Brévie propose que les missions des deux parties tiennent des',
  'comptes auprès d’une banque de leur choix, et que leurs virements soient exécutés sous cinq jours ouvrables.',
  '',
].join('\n');

function cited(as: string, by: string, lang: string, date: string, body: Fields): Step {
  return { as, by, create: 'sources', body: { dialogueId: ref(dialogue), lang, date, held: false, ...body } };
}

const ofAldor = { issuers: ['ALDOR'], issuerName: 'Foreign Office of Aldor (invented)' };
const ofBrevia = {
  issuers: ['BREVIA'],
  issuerName: 'Ministère des Affaires étrangères de la Brévie (inventé)',
};

export const syntheticSources: readonly Step[] = [
  cited('courier', 'aldor-registrar', 'en', '2024-04-17', {
    kind: 'press',
    issuers: [],
    title: 'The Hall of Guilds, the morning after',
    citation: 'The Corvan Courier, 17 April 2024 (an invented paper)',
    issuerName: 'The Corvan Courier',
  }),
  cited('courier-on-round-3', 'brevia-registrar', 'en', '2024-09-18', {
    kind: 'press',
    issuers: [],
    title: 'Envoys leave, with papers under their arms',
    citation: 'The Corvan Courier, 18 September 2024 (an invented paper)',
    issuerName: 'The Corvan Courier',
  }),
  cited('aldor-statement', 'aldor-registrar', 'en', '2024-09-18', {
    ...ofAldor,
    kind: 'statement',
    title: 'Statement on the third round of consultations',
    citation: 'Foreign Office of Aldor, 18 September 2024 (invented)',
  }),
  cited('brevia-statement', 'brevia-registrar', 'fr', '2024-09-19', {
    ...ofBrevia,
    kind: 'statement',
    title: 'Communiqué sur la troisième session de consultations',
    citation: 'Ministère des Affaires étrangères de la Brévie, 19 septembre 2024 (inventé)',
  }),
  cited('brevia-statement-corrected', 'brevia-registrar', 'fr', '2024-09-23', {
    ...ofBrevia,
    kind: 'statement',
    title: 'Communiqué sur la troisième session de consultations, version corrigée',
    citation: 'Ministère des Affaires étrangères de la Brévie, 23 septembre 2024 (inventé)',
  }),
  cited('protocol', 'brevia-registrar', 'en', '2026-03-16', {
    kind: 'joint-text',
    issuers: ['ALDOR', 'BREVIA'],
    title: 'Protocol of handover of the house at 4 Quay Street',
    citation: 'Signed in two originals on 16 March 2026 (invented)',
  }),
  cited('minutes', 'aldor-registrar', 'en', '2024-04-16', {
    kind: 'record',
    issuers: ['ALDOR'],
    title: 'Minutes of the second round, kept by the delegation of Aldor',
    citation: 'Foreign Office of Aldor, file 24/16 (invented)',
  }),
  { as: 'note-bytes', by: 'brevia-registrar', of: dialogue, upload: noteOfBrevia },
  {
    as: 'brevia-note',
    by: 'brevia-registrar',
    create: 'sources',
    body: {
      ...ofBrevia,
      dialogueId: ref(dialogue),
      kind: 'note',
      lang: 'fr',
      date: '2024-10-14',
      held: true,
      bytesId: ref('note-bytes'),
      title: 'Note verbale n° 17/2024',
      citation: 'Ministère des Affaires étrangères de la Brévie, 14 octobre 2024 (inventé)',
    },
  },
];
