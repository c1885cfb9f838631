import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  attributedTo,
  derived,
  directly,
  endorsedAt,
  idAt,
  proposing,
  specification,
} from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { exchangeCommands } from './exchange.commands.js';
import { exchangeDecider, follows } from './exchange.decider.js';
import type { ExchangeCommand } from './exchange.decider.js';
import { restsOn } from './exchange.facts.js';

const given = specification(exchangeDecider, 'exchange-1');
const RU = directly('RU');
const US = directly('US');
const command = (...args: Parameters<typeof proposing>) => proposing(...args) as unknown as ExchangeCommand;
const reported: GivenFact = fact('ExchangeReported', RU, { dialogueId: 'd', synthetic: false });
const reportedByUs: GivenFact = { ...reported, act: US };
const completed: GivenFact = fact('ExchangeCompleted', derived);
const presented: GivenFact = fact('NotePresented', RU, {
  noteId: 'n',
  form: 'note-verbale',
  from: 'RU',
  to: 'US',
  textHeld: false,
});
const covered = (party: 'RU' | 'US'): GivenFact =>
  fact('ExchangeCoverageAsserted', directly(party), { irritantId: 'i' });
const report = (act = US) =>
  command('ReportExchange', act, { type: 'ExchangeReported', data: reported.data ?? {} });
const reply = (act = US) =>
  command('ReplyToNote', act, {
    type: 'NoteReplied',
    data: { noteId: 'r', inReplyTo: 'n', form: 'note-verbale', textHeld: false },
  });
const cover = (party: 'RU' | 'US') =>
  command('AssertCoverage', directly(party), {
    type: 'ExchangeCoverageAsserted',
    data: { irritantId: 'i' },
  });
const receive = (act = US) => command('ReceiveNote', act, { type: 'NoteReceived', data: { noteId: 'n' } });

/** The places of the facts that the act would rest on, and of those that it would answer or end. */
function reliance(facts: readonly GivenFact[], asked: ExchangeCommand) {
  const decision = exchangeDecider.decide(asked, given(facts).state);
  if ('refused' in decision) throw new Error(decision.because);
  const places = (ids: readonly string[] = []) =>
    ids.map((id) => facts.findIndex((_, at) => idAt(at) === id));
  const [first] = decision.events;
  return { restsOn: places(first?.restsOn), ends: places(first?.ends) };
}

describe('An exchange of notes', () => {
  it('is complete when the other side reports it too', () => {
    given([reported], report()).records('ExchangeReported', { type: 'ExchangeCompleted', data: {} });
    given([reported], report(RU)).changesNothing();
  });
  it('is not complete when a side reports itself what was reported in its name', () => {
    given([{ ...reported, act: attributedTo('RU') }], report(RU)).records('ExchangeReported');
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
    const terminate = command('TerminateExchange', US, { type: 'ExchangeTerminated' });
    const facts = [reported, reportedByUs, completed, covered('RU'), covered('US')];
    expect(given(facts, terminate).reliance).toEqual({ restsOn: [], ends: [0, 3] });
    const over: GivenFact[] = [reported, fact('ExchangeTerminated', US)];
    expect(given(over).state?.terminatedBy).toMatchObject([{ party: 'US' }]);
    const present = command('PresentNote', RU, { type: 'NotePresented', data: presented.data ?? {} });
    for (const asked of [present, report(), cover('RU')]) {
      given(over, asked).refuses('EXCHANGE_TERMINATED');
    }
    given(over, command('TerminateExchange', RU, { type: 'ExchangeTerminated' })).records(
      'ExchangeTerminated',
    );
  });
});

describe('A note', () => {
  const present = (act: typeof RU, over: object = {}, content: object = {}) =>
    command('PresentNote', act, { type: 'NotePresented', data: { ...presented.data, ...over }, content });

  it('is presented by its sender, to the other side', () => {
    given([reported], present(US)).refuses('NOT_THE_SENDER');
    given([reported], present(RU, { to: 'RU' })).refuses('SENDER_IS_ADDRESSEE');
    given([reported], present(RU)).records('NotePresented');
  });
  it('whose text is not held has no hash, and answers a note that exists', () => {
    given([reported], present(RU, {}, { textHash: 'a'.repeat(64) })).refuses('HASH_WITHOUT_TEXT');
    given(
      [reported, presented],
      command('ReplyToNote', US, {
        type: 'NoteReplied',
        data: { noteId: 'r', inReplyTo: 'n', form: 'letter', textHeld: false },
        content: { textHash: 'a'.repeat(64) },
      }),
    ).refuses('HASH_WITHOUT_TEXT');
    given([reported], present(RU, { inReplyTo: 'gone' })).refuses('NOTE_UNKNOWN');
  });
  it('is received and answered by its addressee', () => {
    given([reported, presented], receive()).records('NoteReceived');
    given([reported, presented], receive(RU)).refuses('NOT_THE_ADDRESSEE');
    given([reported, presented], reply(RU)).refuses('NOT_THE_ADDRESSEE');
    given([reported], reply()).refuses('NOTE_UNKNOWN');
  });
  it('is received and answered by the word of its addressee in the place of one attributed to it', () => {
    const received = (act: typeof US): GivenFact => fact('NoteReceived', act, { noteId: 'n' });
    const replied = (act: typeof US, noteId: string): GivenFact =>
      fact('NoteReplied', act, { noteId, inReplyTo: 'n', form: 'note-verbale', textHeld: false });
    const before = [reported, presented, received(attributedTo('US')), replied(attributedTo('US'), 'r')];
    given([...before, completed], receive()).records('NoteReceived');
    given([...before, completed], reply()).records('NoteReplied');
    const own = [...before, completed, received(US), replied(US, 'own')];
    given(own, receive()).changesNothing();
    for (const asked of [receive, reply]) {
      given(own, asked(attributedTo('US'))).changesNothing();
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
    const endorsed = [reported, presented, replied(endorsedAt(4, 'US'), 'r'), replied(US, 'own')];
    expect(given(endorsed).state?.notes[0]?.replies.map((one) => one.noteId)).toEqual(['own']);
  });
  it('is replied to as often as its addressee says more, and each reply is kept', () => {
    const replied: GivenFact = fact('NoteReplied', US, {
      noteId: 'first',
      inReplyTo: 'n',
      form: 'note-verbale',
      textHeld: false,
    });
    given([reported, presented, replied, completed], reply()).records('NoteReplied');
    const again = { ...replied, data: { ...replied.data, noteId: 'second' } };
    const [note] = given([reported, presented, replied, completed, again]).state?.notes ?? [];
    expect(note?.replies.map((one) => one.noteId)).toEqual(['first', 'second']);
  });
  it('completes the exchange by the own reply once the one attributed to its side is retracted', () => {
    const own: GivenFact = fact('NoteReplied', US, {
      noteId: 'own',
      inReplyTo: 'n',
      form: 'note-verbale',
      textHeld: false,
    });
    given([reported, presented, completed, own], reply()).records('NoteReplied', 'ExchangeCompleted');
  });
});

describe('The same transition twice', () => {
  it.each<[string, GivenFact[], ExchangeCommand]>([
    ['receiving', [presented, fact('NoteReceived', US, { noteId: 'n' })], receive()],
    ['covering', [covered('RU')], cover('RU')],
    [
      'terminating',
      [fact('ExchangeTerminated', RU)],
      command('TerminateExchange', RU, { type: 'ExchangeTerminated' }),
    ],
    ['opening', [], command('OpenExchange', RU, { type: 'ExchangeReported' })],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given([reported, ...facts], asked).changesNothing();
  });
});

describe('The legal character of notes', () => {
  const says = (act: typeof RU, character: string): GivenFact =>
    fact('LegalCharacterAsserted', act, { character });

  it('is what each side holds it to be, by its last word, and not what others say that it holds', () => {
    const facts = [reported, says(RU, 'binding'), says(US, 'political'), says(RU, 'not-binding')];
    const { legalCharacters } =
      given([...facts, says(attributedTo('RU'), 'binding')]).state ?? (undefined as never);
    expect(legalCharacters).toMatchObject({
      RU: { character: 'not-binding', said: { capacity: 'direct' } },
      US: { character: 'political' },
    });
  });
  it('stays what stood after a word that the side endorses later', () => {
    const forRu = attributedTo('RU');
    const heldBy = (...facts: readonly GivenFact[]) => given(facts).state?.legalCharacters['RU']?.character;
    expect(heldBy(reported, says(endorsedAt(3, 'RU'), 'binding'), says(forRu, 'political'))).toBe(
      'political',
    );
    const endorsing: GivenFact = fact('AttributionEndorsed', RU, { target: idAt(1) });
    const before = [reported, says(endorsedAt(2, 'RU'), 'binding'), endorsing];
    expect(heldBy(...before, says(forRu, 'political'))).toBe('binding');
  });
});

describe('Whatever one side does, and whatever others record in its name', () => {
  const sides = ['RU', 'US'] as const;
  const types = [
    ...['ReportExchange', 'PresentNote', 'ReceiveNote', 'ReplyToNote', 'AssertCoverage'],
    ...['AssertLegalCharacter', 'RecordEffect', 'TerminateExchange'],
  ] as const;
  const move = fc.record({
    type: fc.constantFrom(...types),
    side: fc.constantFrom(...sides),
    isDirect: fc.boolean(),
    note: fc.nat(2),
    character: fc.constantFrom('binding', 'political'),
  });
  type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

  const asked = ({ type, side, isDirect, note, character }: Move, facts: readonly GivenFact[]) => {
    const form = { form: 'note-verbale', textHeld: false };
    const other = side === 'RU' ? 'US' : 'RU';
    const data: { readonly [type: string]: object } = {
      PresentNote: {
        ...form,
        noteId: `n${facts.filter((one) => one.type === 'NotePresented').length}`,
        from: side,
        to: other,
      },
      ReceiveNote: { noteId: `n${note}` },
      ReplyToNote: { ...form, noteId: `r${facts.length}`, inReplyTo: `n${note}` },
      AssertCoverage: { irritantId: 'i' },
      AssertLegalCharacter: { character },
      RecordEffect: { effect: 'ceased' },
    };
    const act = isDirect ? directly(side) : attributedTo(side);
    const { event } = exchangeCommands[type as keyof typeof exchangeCommands];
    return command(type, act, { type: event, data: data[type] ?? {} });
  };
  const after = (facts: readonly GivenFact[], one: Move): readonly GivenFact[] => {
    const wanted = asked(one, facts);
    const decision = exchangeDecider.decide(wanted, given(facts).state);
    if ('refused' in decision) return facts;
    return [
      ...facts,
      ...decision.events.map(({ type, data, derivedFrom }) => ({
        type,
        data,
        act: derivedFrom === undefined ? wanted.act : derived,
      })),
    ];
  };
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

  it('its own words stand as it said them', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        let facts: readonly GivenFact[] = [reported];
        for (const one of moves) {
          const next = after(facts, one);
          for (const side of sides.filter((each) => each !== one.side || !one.isDirect)) {
            expect(wordsOf(next, side)).toEqual(wordsOf(facts, side));
          }
          facts = next;
        }
      }),
    );
  });
  it('one side alone completes nothing', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        const facts = moves.reduce<readonly GivenFact[]>(
          (all, one) => after(all, { ...one, side: 'RU' }),
          [reported],
        );
        expect(given(facts).state?.completed).toBeNull();
      }),
    );
  });
});

describe('Once what had completed it has fallen, an exchange is complete', () => {
  const due = (...facts: readonly GivenFact[]) => {
    const { state } = given(facts);
    return state === null ? [] : follows(state);
  };
  const replied: GivenFact = fact('NoteReplied', US, {
    noteId: 'r',
    inReplyTo: 'n',
    form: 'note-verbale',
    textHeld: false,
  });
  const completion = (...places: readonly number[]) => [
    { type: 'ExchangeCompleted', derivedFrom: places.map((one) => ({ id: idAt(one) })) },
  ];

  it('by the reports of both, or by a note and its reply: by whichever was there first', () => {
    expect(due(reported, reportedByUs)).toMatchObject(completion(0, 1));
    expect(due(reported, presented, replied)).toMatchObject(completion(1, 2));
    expect(due(reported, presented, reportedByUs, replied)).toMatchObject(completion(0, 2));
    expect(due(reported, presented, replied, reportedByUs)).toMatchObject(completion(1, 2));
  });
  it('by nothing that one side alone says, and not once more', () => {
    const nobodys: GivenFact = { ...reported, act: { ...attributedTo('RU'), party: null } };
    expect(due(nobodys, reportedByUs)).toEqual([]);
    expect(due(reported, presented)).toEqual([]);
    expect(due(reported, reportedByUs, completed)).toEqual([]);
  });
});
