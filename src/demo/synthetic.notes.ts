import { aldor, aldorRegistrar, brevia, breviaRegistrar } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Step } from './step.js';

const notes = 'account-notes';

/** A note and its reply complete the exchange; that both say what it covers begins implementation. */
export const syntheticNotes: readonly Step[] = [
  brevia.creates('exchanges', notes, '2024-10-14', {
    subject: { en: 'Accounts of the missions', fr: 'Comptes des missions' },
  }),
  brevia.does(
    notes,
    'present-note',
    '2024-10-14',
    {
      sources: [{ sourceId: ref('brevia-note') }],
      number: '17/2024',
      form: 'note-verbale',
      from: 'BREVIA',
      to: 'ALDOR',
      textHeld: true,
      textHash: ref('note-bytes', 'sha256'),
      subject: { fr: 'Comptes des missions' },
    },
    'note-17',
  ),
  aldor.does(notes, 'notes/{note-17}/receive', '2024-10-16'),
  aldor.does(notes, 'notes/{note-17}/reply', '2024-11-04', {
    number: 'A/88',
    form: 'note-verbale',
    textHeld: false,
    subject: { en: 'Accounts of the missions' },
  }),
  brevia.does(notes, 'assert-coverage', '2024-11-05', { irritantId: ref('accounts') }),
  aldor.does(notes, 'assert-coverage', '2024-11-06', {
    irritantId: ref('accounts'),
    text: { en: 'Accounts and transfers of the missions.' },
  }),
  brevia.does(notes, 'assert-legal-character', '2024-11-07', { character: 'binding' }),
  aldorRegistrar.does(notes, 'assert-legal-character', '2024-11-08', {
    character: 'political',
    text: { en: 'The notes record an intention.' },
  }),
  breviaRegistrar.does(notes, 'record-effect', '2024-11-11', {
    effect: 'provisionally-applied',
    date: '2024-11-11',
  }),
  aldor.does(notes, 'record-effect', '2024-12-02', { effect: 'entered-into-force', date: '2024-12-02' }),
];

/** Reported by both without notes; only one side says that it covers the certificates, and it is ended. */
export const syntheticEndedExchange: readonly Step[] = [
  aldor.creates('exchanges', 'dairy-letters', '2025-04-14', { subject: { en: 'Letters on dairy goods' } }),
  brevia.does('dairy-letters', 'report', '2025-04-21', {
    subject: { fr: 'Lettres sur les produits laitiers' },
  }),
  aldor.does('dairy-letters', 'assert-coverage', '2025-04-22', { irritantId: ref('certificates') }),
  aldor.does('dairy-letters', 'terminate', '2025-09-15', { reason: { en: 'Overtaken by the common form.' } }),
];
