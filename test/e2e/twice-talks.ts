import { done, made } from '../support/acting.js';
import type { Body, PrincipalName } from '../support/api.js';
import { words } from '../support/twice.js';
import type { Asked, Case, Cases, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
const reason = { reason: words };

interface View extends Body {
  readonly id: string;
  readonly accounts: readonly { readonly accountId: string }[];
  readonly divergences: readonly { readonly divergenceId: string }[];
  readonly notes: readonly { readonly noteId: string }[];
}
type Ask = (where: string, talks: Talks) => Asked | Promise<Asked>;

/** An act on a new entry of that kind. */
const onNew =
  (slice: 'rounds' | 'exchanges') =>
  (ask: Ask): Pick<Case, 'ready'> => ({
    ready: async (talks) => {
      const { dialogueId } = talks.scene;
      const { id } = await made<View>(talks.api, slice, RU, { dialogueId });
      return ask(`${slice}/${id}`, talks);
    },
  });
const onRound = onNew('rounds');
const onExchange = onNew('exchanges');
const asked = (path: string, as: PrincipalName, body: Body = {}): Asked => ({ path, as, body });

const account = async (at: string, { api, scene }: Talks) => {
  const body = { voice: 'party', sourceId: scene.sources.RU, lang: 'en', rendering: 'official' };
  return (await done<View>(api, `${at}/publish-account`, RU, body)).accounts.at(-1)?.accountId;
};
const divergence = async (at: string, { api }: Talks) =>
  (await done<View>(api, `${at}/note-divergence`, RU, { text: words })).divergences[0]?.divergenceId;

export const roundCases: Cases = {
  ScheduleRound: {
    ready: ({ scene: { dialogueId } }) =>
      Promise.resolve(asked('rounds', RU, { dialogueId, number: 7, venue: words })),
    again: 'round-number-taken',
    other: 'round-number-taken',
  },
  'ScheduleRound without a number': {
    ready: ({ scene: { dialogueId } }) => Promise.resolve(asked('rounds', RU, { dialogueId, venue: words })),
    again: 'recorded',
    other: 'recorded',
  },
  NameDelegate: onRound((at) =>
    asked(`${at}/name-delegate`, RU, { party: 'US', role: 'head', nameAsGiven: words.en, lang: 'en' }),
  ),
  TableAgendaItem: onRound((at) => asked(`${at}/table-agenda-item`, RU, { title: words })),
  DiscussAgendaItem: onRound((at, { scene: { irritantId } }) =>
    asked(`${at}/discuss`, RU, { irritantId, note: words }),
  ),
  ConcludeRound: {
    ...onRound((at) => asked(`${at}/conclude`, RU, { startsAt: '2025-04-10', venue: words })),
    number: { startsAt: '2025-04-12' },
  },
  ConfirmRoundHeld: onRound((at) => asked(`${at}/confirm-held`, RU, { note: words })),
  PostponeRound: {
    ...onRound((at) => asked(`${at}/postpone`, RU, { startsAt: '2025-04-17', ...reason })),
    number: { startsAt: '2025-04-18' },
    numbered: 'recorded',
  },
  CancelRound: onRound((at) => asked(`${at}/cancel`, RU, reason)),
  ReinstateRound: onRound(async (at, { api }) => {
    await done(api, `${at}/cancel`, RU);
    return asked(`${at}/reinstate`, RU, { startsAt: '2025-04-10', ...reason });
  }),
  IndicateNextRound: {
    ...onRound((at) => asked(`${at}/indicate-next-round`, RU, { date: '2025-06', text: words })),
    number: { date: '2025-07' },
  },
  PublishAccount: {
    ...onRound((at, { scene }) =>
      asked(`${at}/publish-account`, RU, {
        voice: 'party',
        sourceId: scene.sources.RU,
        lang: 'en',
        rendering: 'official',
        venue: words,
      }),
    ),
    number: { rendering: 'original' },
  },
  RecordAccountPoint: {
    ...onRound(async (at, talks) =>
      asked(`${at}/record-account-point`, RU, {
        accountId: await account(at, talks),
        irritantId: talks.scene.irritantId,
        kind: 'agreed',
        assertsJoint: true,
        quote: words,
      }),
    ),
    number: { kind: 'discussed' },
  },
  SupersedeAccount: onRound(async (at, talks) =>
    asked(`${at}/supersede-account`, RU, { accountId: await account(at, talks), ...reason }),
  ),
  NoteDivergence: onRound((at) => asked(`${at}/note-divergence`, RU, { text: words })),
  ReconcileDivergence: onRound(async (at, talks) =>
    asked(`${at}/reconcile-divergence`, US, { divergenceId: await divergence(at, talks), text: words }),
  ),
};

const note = { form: 'note-verbale', textHeld: false };
const presented = async (at: string, { api }: Talks) =>
  (await done<View>(api, `${at}/present-note`, RU, { ...note, from: 'RU', to: 'US' })).notes[0]?.noteId;

export const exchangeCases: Cases = {
  OpenExchange: {
    ready: ({ scene: { dialogueId } }) =>
      Promise.resolve(asked('exchanges', RU, { dialogueId, subject: words })),
    again: 'recorded',
    other: 'recorded',
  },
  ReportExchange: onExchange((at) => asked(`${at}/report`, US, { subject: words })),
  PresentNote: {
    ...onExchange((at) =>
      asked(`${at}/present-note`, RU, { ...note, from: 'RU', to: 'US', number: '17', subject: words }),
    ),
    number: { number: '18' },
  },
  ReceiveNote: onExchange(async (at, talks) =>
    asked(`${at}/notes/${await presented(at, talks)}/receive`, US, { remark: words }),
  ),
  ReplyToNote: {
    ...onExchange(async (at, talks) =>
      asked(`${at}/notes/${await presented(at, talks)}/reply`, US, { ...note, number: '3', subject: words }),
    ),
    number: { number: '4' },
  },
  AssertCoverage: onExchange((at, { scene: { irritantId } }) =>
    asked(`${at}/assert-coverage`, RU, { irritantId, text: words }),
  ),
  AssertLegalCharacter: {
    ...onExchange((at) => asked(`${at}/assert-legal-character`, RU, { character: 'binding', text: words })),
    number: { character: 'political' },
  },
  RecordEffect: {
    ...onExchange((at) =>
      asked(`${at}/record-effect`, RU, { effect: 'entered-into-force', date: '2025-04-10', text: words }),
    ),
    number: { date: '2025-04-12' },
  },
  TerminateExchange: onExchange((at) => asked(`${at}/terminate`, RU, reason)),
};
