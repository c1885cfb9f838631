import { done, made } from '../support/acting.js';
import type { Body } from '../support/api.js';
import { words } from '../support/bodies.js';
import type { Case, Cases, Entry, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';

/** On a new entry of that kind, after this act of RU on it. */
const onNew =
  (slice: 'rounds' | 'exchanges') =>
  (command?: string, body: (talks: Talks) => Body = () => ({})): Pick<Case, 'on'> => ({
    on: async (talks) => {
      const { api, scene } = talks;
      const entry = await made<Entry>(api, slice, RU, { dialogueId: scene.dialogueId });
      return command === undefined ? entry : done(api, `${slice}/${entry.id}/${command}`, RU, body(talks));
    },
  });
const onRound = onNew('rounds');
const onExchange = onNew('exchanges');
const round: Case = { ...onRound(), as: RU };
const exchange: Case = { ...onExchange(), as: RU };
const withAccount: Case = {
  ...onRound('publish-account', ({ scene: { sources } }) => ({
    ...{ voice: 'party', sourceId: sources.RU, lang: 'en', rendering: 'official' },
  })),
  as: RU,
};

export const roundCases: Cases = {
  ScheduleRound: {
    as: RU,
    own: { number: 7 },
    again: 'round-number-taken',
    other: 'round-number-taken',
  },
  'ScheduleRound without a number': {
    as: RU,
    own: { number: undefined },
    again: 'recorded',
    other: 'recorded',
  },
  NameDelegate: { ...round, own: { accountId: undefined } },
  TableAgendaItem: { ...round, own: { irritantId: undefined } },
  DiscussAgendaItem: round,
  ConcludeRound: { ...round, number: { startsAt: '2025-04-12' } },
  ConfirmRoundHeld: round,
  PostponeRound: { ...round, number: { startsAt: '2025-04-18' }, numbered: 'recorded' },
  CancelRound: round,
  ReinstateRound: { ...onRound('cancel'), as: RU },
  IndicateNextRound: { ...round, number: { date: '2025-07' } },
  PublishAccount: { ...round, own: { rendering: 'official' }, number: { rendering: 'original' } },
  RecordAccountPoint: { ...withAccount, own: { kind: 'agreed' }, number: { kind: 'discussed' } },
  SupersedeAccount: withAccount,
  NoteDivergence: { ...round, own: { irritantId: undefined } },
  ReconcileDivergence: onRound('note-divergence', () => ({ text: words })),
};

const presented = onExchange('present-note', () => ({
  ...{ form: 'note-verbale', from: 'RU', to: 'US', textHeld: false },
}));

export const exchangeCases: Cases = {
  OpenExchange: { as: RU, again: 'recorded', other: 'recorded' },
  ReportExchange: onExchange(),
  PresentNote: { ...exchange, own: { number: '17' }, number: { number: '18' } },
  ReceiveNote: presented,
  ReplyToNote: { ...presented, own: { number: '3' }, number: { number: '4' } },
  AssertCoverage: exchange,
  AssertLegalCharacter: { ...exchange, number: { character: 'political' } },
  RecordEffect: { ...exchange, number: { date: '2025-04-12' } },
  TerminateExchange: exchange,
};
