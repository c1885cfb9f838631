import { fitting, irritantOf, on, onItem, text } from './asking.js';
import type { Ask, Asks } from './asking.js';
import { claimAsks } from './claim-asks.js';
import { otherSide } from './stage.js';

interface Note {
  readonly noteId: string;
  readonly to: string;
}
interface Account {
  readonly accountId: string;
  readonly party: string;
}

const roundsMax = 2;
const exchangesMax = 3;

const schedule: Ask = ({ things, dialogueId }) =>
  things.rounds.length >= roundsMax ? undefined : ['rounds.ScheduleRound', null, { dialogueId }];
const openExchange: Ask = ({ things, dialogueId }) =>
  things.exchanges.length >= exchangesMax ? undefined : ['exchanges.OpenExchange', null, { dialogueId }];

const commentary = ({ sources }: { sources: { press: string } }) => ({
  sources: [{ sourceId: sources.press }],
});

const sourcesMax = 7;

/** What a side registers as the other's statement, and would like to cite. */
const registerSource: Ask = ({ things, dialogueId }, { side, twist }) => {
  if (things.sources.length >= sourcesMax) return undefined;
  const issuers = twist % 4 === 3 ? [side] : [otherSide(side)];
  const cited = { lang: 'en', held: false, title: 'Statement', citation: 'Statement' };
  return ['sources.RegisterSource', null, { dialogueId, kind: 'statement', issuers, ...cited }];
};

const ofDialogue = claimAsks('dialogues', 'Dialogue');

export const talkAsks = {
  join: on('dialogues', 'JoinDialogue'),
  nameParty: on('dialogues', 'NameParty', ({ twist }) => ({ name: { en: `Name ${twist % 3}` } })),
  registerSource,
  suspendDialogue: on('dialogues', 'SuspendDialogue'),
  resumeDialogue: on('dialogues', 'ResumeDialogue'),
  claimOfTalks: ofDialogue.claim,
  confirmOfTalks: ofDialogue.confirm,
  denyOfTalks: ofDialogue.deny,
  withdrawOfTalks: ofDialogue.withdraw,
  alias: on('dialogues', 'RecordPartyAlias', ({ side }) => ({ party: side, alias: 'Another name' })),
  thirdParty: on('dialogues', 'AssertThirdPartyRole', (_turn, _present, stage) => ({
    thirdParty: 'TR',
    role: 'host',
    ...commentary(stage),
  })),
  commentary: on('dialogues', 'RecordCommentary', (_turn, _present, stage) => ({
    quote: text,
    ...commentary(stage),
  })),

  schedule,
  delegate: on('rounds', 'NameDelegate', ({ side }) => ({
    party: side,
    role: 'head',
    nameAsGiven: 'A Name',
    lang: 'en',
  })),
  tableItem: on('rounds', 'TableAgendaItem', (turn, _present, stage) => ({
    irritantId: irritantOf(stage, turn),
    title: text,
  })),
  discuss: on('rounds', 'DiscussAgendaItem', (turn, _present, stage) => ({
    irritantId: irritantOf(stage, turn),
  })),
  concludeRound: on('rounds', 'ConcludeRound', ({ twist }) => ({ startsAt: `2025-04-1${twist % 3}` })),
  confirmHeld: on('rounds', 'ConfirmRoundHeld'),
  postponeRound: on('rounds', 'PostponeRound', ({ twist }) => ({ startsAt: `2025-05-1${twist % 3}` })),
  cancelRound: on('rounds', 'CancelRound'),
  reinstateRound: on('rounds', 'ReinstateRound'),
  nextRound: on('rounds', 'IndicateNextRound', () => ({ text })),
  publishAccount: on('rounds', 'PublishAccount', ({ side, twist }, _present, { sources }) => ({
    sourceId: twist % 5 === 4 ? sources.press : sources[side],
    lang: 'en',
    voice: twist % 5 === 4 ? 'press' : 'party',
    rendering: 'original',
  })),
  accountPoint: async (stage, turn) => {
    const id = stage.things.rounds[0] ?? '';
    const { accounts } = (await stage.desk.read('rounds', id)) as unknown as { accounts: Account[] };
    // An account speaks for its party, whoever records the point; in a history of one side all are of that side.
    const account = fitting(accounts, (one) => one.party === turn.side, turn);
    const kind = turn.twist % 4 === 3 ? 'next-round' : 'agreed';
    const point = {
      accountId: account?.accountId,
      irritantId: irritantOf(stage, turn),
      kind,
      assertsJoint: true,
      quote: text,
    };
    return account && ['rounds.RecordAccountPoint', id, point];
  },
  supersede: onItem<Account>(
    ['rounds', 'SupersedeAccount'],
    ['accounts', 'accountId'],
    (one, side) => one.party === side,
    () => ({}),
    null,
  ),
  noteDivergence: on('rounds', 'NoteDivergence', (turn, _present, stage) => ({
    irritantId: irritantOf(stage, turn),
    text,
  })),
  reconcile: onItem<{ divergenceId: string }>(
    ['rounds', 'ReconcileDivergence'],
    ['divergences', 'divergenceId'],
    () => true,
    () => ({}),
    null,
  ),

  openExchange,
  reportExchange: on('exchanges', 'ReportExchange'),
  presentNote: on('exchanges', 'PresentNote', ({ side }) => ({
    form: 'note-verbale',
    from: side,
    to: otherSide(side),
    textHeld: false,
  })),
  receiveNote: onItem<Note>(
    ['exchanges', 'ReceiveNote'],
    ['notes', 'noteId'],
    (one, side) => one.to === side,
  ),
  replyToNote: onItem<Note>(
    ['exchanges', 'ReplyToNote'],
    ['notes', 'noteId'],
    (one, side) => one.to === side,
    () => ({ form: 'note-verbale', textHeld: false }),
    'inReplyTo',
  ),
  cover: on('exchanges', 'AssertCoverage', (turn, _present, stage) => ({
    irritantId: irritantOf(stage, turn),
  })),
  legalCharacter: on('exchanges', 'AssertLegalCharacter', ({ twist }) => ({
    character: twist % 2 === 0 ? 'binding' : 'political',
  })),
  effect: on('exchanges', 'RecordEffect', () => ({ effect: 'entered-into-force' })),
  terminateExchange: on('exchanges', 'TerminateExchange'),
} satisfies Asks;
