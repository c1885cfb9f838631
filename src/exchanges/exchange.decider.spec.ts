import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, idAt, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { exchangeDecider } from './exchange.decider.js';
import type { ExchangeCommand } from './exchange.decider.js';
import { restsOn } from './exchange.facts.js';

const given = specification(exchangeDecider, 'exchange-1');
const RU = directly('RU');
const US = directly('US');
const command = (...args: Parameters<typeof proposing>) => proposing(...args) as unknown as ExchangeCommand;
const reported: GivenFact = {
  type: 'ExchangeReported',
  act: RU,
  data: { dialogueId: 'd', synthetic: false },
};
const reportedByUs: GivenFact = { ...reported, act: US };
const completed: GivenFact = { type: 'ExchangeCompleted', act: derived };
const presented: GivenFact = {
  type: 'NotePresented',
  act: RU,
  data: { noteId: 'n', form: 'note-verbale', from: 'RU', to: 'US', textHeld: false },
};
const covered = (party: 'RU' | 'US'): GivenFact => ({
  type: 'ExchangeCoverageAsserted',
  act: directly(party),
  data: { irritantId: 'i' },
});
const report = (act = US) =>
  command('ReportExchange', act, { type: 'ExchangeReported', data: reported.data ?? {} });
const reply = (act = US) =>
  command('ReplyToNote', act, {
    type: 'NoteReplied',
    data: { noteId: 'r', inReplyTo: 'n', form: 'note-verbale', textHeld: false },
  });
const receive = (act = US) => command('ReceiveNote', act, { type: 'NoteReceived', data: { noteId: 'n' } });

describe('An exchange of notes', () => {
  it('is complete when the other side reports it too', () => {
    given([reported])
      .when(report())
      .then([{ type: 'ExchangeReported' }, { type: 'ExchangeCompleted', data: {} }]);
    given([reported]).when(report(RU)).changesNothing();
  });
  it('is not complete when a side reports itself what was reported in its name', () => {
    given([{ ...reported, act: attributedTo('RU') }])
      .when(report(RU))
      .then([{ type: 'ExchangeReported' }]);
  });
  it('is complete when the note has its reply', () => {
    given([reported, presented])
      .when(reply())
      .then([{ type: 'NoteReplied' }, { type: 'ExchangeCompleted' }]);
  });
  it('is completed once', () => {
    given([reported, reportedByUs, completed, presented])
      .when(reply())
      .then([{ type: 'NoteReplied' }]);
  });
  it('is not complete any more where one of the two words is gone', () => {
    expect(given([reported, completed]).state?.completed).toBeNull();
    given([reported, completed])
      .when(report())
      .then([{ type: 'ExchangeReported' }, { type: 'ExchangeCompleted' }]);
  });
  it('carries implementation once it is complete and both say that it covers the irritant', () => {
    const one = given([reported, reportedByUs, completed, covered('RU')]).state;
    const both = given([reported, reportedByUs, completed, covered('RU'), covered('US')]).state;
    expect(one === null ? [] : restsOn(one)).toEqual([]);
    expect(both === null ? [] : restsOn(both)).toEqual([idAt(0), idAt(1), idAt(3), idAt(4)]);
  });
  it('takes no more notes once it is terminated', () => {
    const present = command('PresentNote', RU, { type: 'NotePresented', data: presented.data ?? {} });
    given([reported, { type: 'ExchangeTerminated', act: US }])
      .when(present)
      .refuses('EXCHANGE_TERMINATED');
  });
});

describe('A note', () => {
  const present = (act: typeof RU, over: object = {}) =>
    command('PresentNote', act, { type: 'NotePresented', data: { ...presented.data, ...over } });

  it('is presented by its sender, to the other side', () => {
    given([reported]).when(present(US)).refuses('NOT_THE_SENDER');
    given([reported])
      .when(present(RU, { to: 'RU' }))
      .refuses('SENDER_IS_ADDRESSEE');
    given([reported])
      .when(present(RU))
      .then([{ type: 'NotePresented' }]);
  });
  it('whose text is not held has no hash, and answers a note that exists', () => {
    given([reported])
      .when(present(RU, { textHash: 'a'.repeat(64) }))
      .refuses('HASH_WITHOUT_TEXT');
    given([reported])
      .when(present(RU, { inReplyTo: 'gone' }))
      .refuses('NOTE_UNKNOWN');
  });
  it('is received and answered by its addressee', () => {
    given([reported, presented])
      .when(receive())
      .then([{ type: 'NoteReceived' }]);
    given([reported, presented]).when(receive(RU)).refuses('NOT_THE_ADDRESSEE');
    given([reported, presented]).when(reply(RU)).refuses('NOT_THE_ADDRESSEE');
    given([reported]).when(reply()).refuses('NOTE_UNKNOWN');
  });
  it('is received and answered by the word of its addressee in the place of one attributed to it', () => {
    const received = (act: typeof US): GivenFact => ({ type: 'NoteReceived', act, data: { noteId: 'n' } });
    const replied = (act: typeof US, noteId: string): GivenFact => ({
      type: 'NoteReplied',
      act,
      data: { noteId, inReplyTo: 'n', form: 'note-verbale', textHeld: false },
    });
    const before = [reported, presented, received(attributedTo('US')), replied(attributedTo('US'), 'r')];
    given([...before, completed])
      .when(receive())
      .then([{ type: 'NoteReceived' }]);
    given([...before, completed])
      .when(reply())
      .then([{ type: 'NoteReplied' }]);
    const own = [...before, completed, received(US), replied(US, 'own')];
    for (const asked of [receive, reply]) {
      given(own).when(asked()).changesNothing();
      given(own)
        .when(asked(attributedTo('US')))
        .changesNothing();
    }
    const [note] = given(own).state?.notes ?? [];
    expect([note?.received?.capacity, note?.reply?.said.capacity, note?.reply?.noteId]).toEqual([
      'direct',
      'direct',
      'own',
    ]);
  });
  it('completes the exchange by the own reply once the one attributed to its side is retracted', () => {
    const own: GivenFact = {
      type: 'NoteReplied',
      act: US,
      data: { noteId: 'own', inReplyTo: 'n', form: 'note-verbale', textHeld: false },
    };
    given([reported, presented, completed, own])
      .when(reply())
      .then([{ type: 'NoteReplied' }, { type: 'ExchangeCompleted' }]);
  });
});

describe('The same transition twice', () => {
  it.each<[string, GivenFact[], ExchangeCommand]>([
    ['receiving', [presented, { type: 'NoteReceived', act: US, data: { noteId: 'n' } }], receive()],
    [
      'replying',
      [
        presented,
        {
          type: 'NoteReplied',
          act: US,
          data: { noteId: 'r', inReplyTo: 'n', form: 'note-verbale', textHeld: false },
        },
        completed,
      ],
      reply(),
    ],
    [
      'covering',
      [covered('RU')],
      command('AssertCoverage', RU, { type: 'ExchangeCoverageAsserted', data: { irritantId: 'i' } }),
    ],
    [
      'characterising',
      [{ type: 'LegalCharacterAsserted', act: RU, data: { character: 'binding' } }],
      command('AssertLegalCharacter', RU, { type: 'LegalCharacterAsserted', data: { character: 'binding' } }),
    ],
    [
      'terminating',
      [{ type: 'ExchangeTerminated', act: RU }],
      command('TerminateExchange', RU, { type: 'ExchangeTerminated' }),
    ],
    ['opening', [], command('OpenExchange', RU, { type: 'ExchangeReported' })],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given([reported, ...facts])
      .when(asked)
      .changesNothing();
  });
});
