import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  derived,
  directly,
  endorsedAt,
  fact,
  forRu,
  forUs,
  idAt,
  RU,
  specification,
  US,
} from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  acting,
  actOf,
  expectOfOneSide,
  expectOwnWordsToStand,
  withDecided,
} from '../../test/support/whatever-sides-do.js';
import { exchangeCommands } from './exchange.commands.js';
import { exchangeDecider, follows } from './exchange.decider.js';
import type { ExchangeCommand } from './exchange.decider.js';
import { restsOn } from './exchange.facts.js';

const { given, ask } = specification(exchangeDecider, 'exchange-1', exchangeCommands);
const reported = fact('ExchangeReported', RU, { dialogueId: 'd', synthetic: false });
const reportedByUs: GivenFact = { ...reported, act: US };
const completed = fact('ExchangeCompleted', derived);
const form = { form: 'note-verbale', textHeld: false };
const presented = fact('NotePresented', RU, { ...form, noteId: 'n', from: 'RU', to: 'US' });
const replied = (noteId = 'r', act = US) => fact('NoteReplied', act, { ...form, noteId, inReplyTo: 'n' });
const covered = (party: 'RU' | 'US') =>
  fact('ExchangeCoverageAsserted', directly(party), { irritantId: 'i' });
const report = (act = US) => ask('ReportExchange', act, reported.data ?? {});
const reply = (act = US, content: object = {}) =>
  ask('ReplyToNote', act, { ...form, noteId: 'r', inReplyTo: 'n' }, { content });
const cover = (party: 'RU' | 'US') => ask('AssertCoverage', directly(party), { irritantId: 'i' });
const receive = (act = US) => ask('ReceiveNote', act, { noteId: 'n' });

describe('An exchange of notes', () => {
  it('is complete when the other side reports it too', () => {
    given([reported], report()).records('ExchangeReported', { type: 'ExchangeCompleted', data: {} });
    given([reported], report(RU)).changesNothing();
  });
  it('is not complete when a side reports itself what was reported in its name', () => {
    given([{ ...reported, act: forRu }], report(RU)).records('ExchangeReported');
  });
  it('is complete when the note has its reply', () => {
    given([reported, presented], reply()).records('NoteReplied', 'ExchangeCompleted');
  });
  it('is completed once', () => {
    given([reported, reportedByUs, completed, presented], reply()).records('NoteReplied');
  });
  it('is not complete any more where one of the two words is gone', () => {
    expect(given([reported, completed]).state?.completed).toBeNull();
    given([reported, completed], report()).records('ExchangeReported', 'ExchangeCompleted');
  });
  it('carries implementation once it is complete and both say that it covers the irritant', () => {
    const one = given([reported, reportedByUs, completed, covered('RU')]).state;
    const both = given([reported, reportedByUs, completed, covered('RU'), covered('US')]).state;
    expect(one === null ? [] : restsOn(one)).toEqual([]);
    expect(both === null ? [] : restsOn(both)).toEqual([idAt(0), idAt(1), idAt(3), idAt(4)]);
  });
  it('is terminated by one side in its own name, and takes no more of what would build on it', () => {
    const terminate = ask('TerminateExchange', US);
    const facts = [reported, reportedByUs, completed, covered('RU'), covered('US')];
    expect(given(facts, terminate).reliance).toEqual({ restsOn: [], ends: [0, 3] });
    const over: GivenFact[] = [reported, fact('ExchangeTerminated', US)];
    expect(given(over).state?.terminatedBy).toMatchObject([{ party: 'US' }]);
    const present = ask('PresentNote', RU, presented.data ?? {});
    for (const asked of [present, report(), cover('RU')]) {
      given(over, asked).refuses('EXCHANGE_TERMINATED');
    }
    given(over, ask('TerminateExchange', RU)).records('ExchangeTerminated');
  });
});

describe('A note', () => {
  const present = (act: typeof RU, over: object = {}, content: object = {}) =>
    ask('PresentNote', act, { ...presented.data, ...over }, { content });

  it('is presented by its sender, to the other side', () => {
    given([reported], present(US)).refuses('NOT_THE_SENDER');
    given([reported], present(RU, { to: 'RU' })).refuses('SENDER_IS_ADDRESSEE');
    given([reported], present(RU)).records('NotePresented');
  });
  it('whose text is not held has no hash, and answers a note that exists', () => {
    given([reported], present(RU, {}, { textHash: 'a'.repeat(64) })).refuses('HASH_WITHOUT_TEXT');
    given([reported, presented], reply(US, { textHash: 'a'.repeat(64) })).refuses('HASH_WITHOUT_TEXT');
    given([reported], present(RU, { inReplyTo: 'gone' })).refuses('NOTE_UNKNOWN');
  });
  it('is received and answered by its addressee', () => {
    given([reported, presented], receive()).records('NoteReceived');
    given([reported, presented], receive(RU)).refuses('NOT_THE_ADDRESSEE');
    given([reported, presented], reply(RU)).refuses('NOT_THE_ADDRESSEE');
    given([reported], reply()).refuses('NOTE_UNKNOWN');
  });
  it('is received and answered by the word of its addressee in the place of one attributed to it', () => {
    const received = (act: typeof US) => fact('NoteReceived', act, { noteId: 'n' });
    const before = [reported, presented, received(forUs), replied('r', forUs)];
    given([...before, completed], receive()).records('NoteReceived');
    given([...before, completed], reply()).records('NoteReplied');
    const own = [...before, completed, received(US), replied('own')];
    given(own, receive()).changesNothing();
    for (const asked of [receive, reply]) {
      given(own, asked(forUs)).changesNothing();
    }
    expect(given(before, receive()).reliance).toEqual({ restsOn: [2], ends: [] });
    expect(given(before, reply()).reliance).toEqual({ restsOn: [3], ends: [] });
    const [note] = given(own).state?.notes ?? [];
    expect([note?.received?.capacity, note?.replies[0]?.said.capacity, note?.replies[0]?.noteId]).toEqual([
      'direct',
      'direct',
      'own',
    ]);
    // Endorsed later, the one that was attributed stands beside the own word no more than before.
    const endorsed = [reported, presented, replied('r', endorsedAt(4, 'US')), replied('own')];
    expect(given(endorsed).state?.notes[0]?.replies.map((one) => one.noteId)).toEqual(['own']);
  });
  it('is replied to as often as its addressee says more, and each reply is kept', () => {
    given([reported, presented, replied('first'), completed], reply()).records('NoteReplied');
    const [note] =
      given([reported, presented, replied('first'), completed, replied('second')]).state?.notes ?? [];
    expect(note?.replies.map((one) => one.noteId)).toEqual(['first', 'second']);
  });
  it('completes the exchange by the own reply once the one attributed to its side is retracted', () => {
    given([reported, presented, completed, replied('own')], reply()).records(
      'NoteReplied',
      'ExchangeCompleted',
    );
  });
});

describe('The same transition twice', () => {
  it.each<[string, GivenFact[], ExchangeCommand]>([
    ['receiving', [presented, fact('NoteReceived', US, { noteId: 'n' })], receive()],
    ['covering', [covered('RU')], cover('RU')],
    ['terminating', [fact('ExchangeTerminated', RU)], ask('TerminateExchange', RU)],
    ['opening', [], ask('OpenExchange', RU)],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given([reported, ...facts], asked).changesNothing();
  });
});

describe('The legal character of notes', () => {
  const says = (act: typeof RU, character: string) => fact('LegalCharacterAsserted', act, { character });

  it('is what each side holds it to be, by its last word, and not what others say that it holds', () => {
    const facts = [reported, says(RU, 'binding'), says(US, 'political'), says(RU, 'not-binding')];
    const { legalCharacters } = given([...facts, says(forRu, 'binding')]).state ?? (undefined as never);
    expect(legalCharacters).toMatchObject({
      RU: { character: 'not-binding', said: { capacity: 'direct' } },
      US: { character: 'political' },
    });
  });
  it('stays what stood after a word that the side endorses later', () => {
    const heldBy = (...facts: readonly GivenFact[]) => given(facts).state?.legalCharacters['RU']?.character;
    expect(heldBy(reported, says(endorsedAt(3, 'RU'), 'binding'), says(forRu, 'political'))).toBe(
      'political',
    );
    const endorsing = fact('AttributionEndorsed', RU, { target: idAt(1) });
    const before = [reported, says(endorsedAt(2, 'RU'), 'binding'), endorsing];
    expect(heldBy(...before, says(forRu, 'political'))).toBe('binding');
  });
});

describe('Whatever one side does, and whatever others record in its name', () => {
  const types = [
    ...['ReportExchange', 'PresentNote', 'ReceiveNote', 'ReplyToNote', 'AssertCoverage'],
    ...['AssertLegalCharacter', 'RecordEffect', 'TerminateExchange'],
  ] as const;
  const move = fc.record({
    type: fc.constantFrom(...types),
    ...acting,
    note: fc.nat(2),
    character: fc.constantFrom('binding', 'political'),
  });
  type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

  const asked = ({ type, note, character, ...who }: Move, facts: readonly GivenFact[]) => {
    const to = who.side === 'RU' ? 'US' : 'RU';
    const data: { readonly [type: string]: object } = {
      PresentNote: {
        ...form,
        noteId: `n${facts.filter((one) => one.type === 'NotePresented').length}`,
        from: who.side,
        to,
      },
      ReceiveNote: { noteId: `n${note}` },
      ReplyToNote: { ...form, noteId: `r${facts.length}`, inReplyTo: `n${note}` },
      AssertCoverage: { irritantId: 'i' },
      AssertLegalCharacter: { character },
      RecordEffect: { effect: 'ceased' },
    };
    return ask(type, actOf(who), data[type]);
  };
  const after = (facts: readonly GivenFact[], one: Move) =>
    withDecided(exchangeDecider, facts, given(facts).state, asked(one, facts));
  const wordsOf = (facts: readonly GivenFact[], party: string) => {
    const { state } = given(facts);
    if (state === null) return [];
    const { reportedBy, notes, coverage, legalCharacters, effects, terminatedBy } = state;
    const onNotes = notes.flatMap(({ said, received, replies }) => [
      said,
      ...(received === undefined ? [] : [received]),
      ...replies.map((one) => one.said),
    ]);
    const held = Object.values(legalCharacters).map((one) => ({ ...one.said, character: one.character }));
    return [
      ...[...reportedBy, ...onNotes, ...held, ...terminatedBy],
      ...[...coverage, ...effects].map((one) => one.said),
    ].filter((one) => one.party === party && one.capacity === 'direct');
  };

  const play = { move, begun: [reported], after };

  it('its own words stand as it said them', () => {
    expectOwnWordsToStand(play, wordsOf);
  });
  it('one side alone completes nothing', () => {
    expectOfOneSide(play, (facts) => {
      expect(given(facts).state?.completed).toBeNull();
    });
  });
});

describe('Once what had completed it has fallen, an exchange is complete', () => {
  const due = (...facts: readonly GivenFact[]) => follows(given(facts).existing);
  const completion = (...places: readonly number[]) => [
    { type: 'ExchangeCompleted', derivedFrom: places.map((one) => ({ id: idAt(one) })) },
  ];

  it('by the reports of both, or by a note and its reply: by whichever was there first', () => {
    expect(due(reported, reportedByUs)).toMatchObject(completion(0, 1));
    expect(due(reported, presented, replied())).toMatchObject(completion(1, 2));
    expect(due(reported, presented, reportedByUs, replied())).toMatchObject(completion(0, 2));
    expect(due(reported, presented, replied(), reportedByUs)).toMatchObject(completion(1, 2));
  });
  it('by nothing that one side alone says, and not once more', () => {
    const nobodys: GivenFact = { ...reported, act: { ...forRu, party: null } };
    expect(due(nobodys, reportedByUs)).toEqual([]);
    expect(due(reported, presented)).toEqual([]);
    expect(due(reported, reportedByUs, completed)).toEqual([]);
  });
});
