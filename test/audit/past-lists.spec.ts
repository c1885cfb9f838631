import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Readings } from '../../src/reading/readings.js';
import type { Query } from '../../src/platform/http/query.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { Desk, principals } from '../support/desk.js';
import { momentOfNow } from '../support/moment.js';

const { RU, US } = principals;
const irritantsOfOther = 12;
const wordsOnEach = 40;
const personId = '01960b3a-0000-7000-8000-0000000000d1';
const queries = ['visas', 'Darchiyev', 'Somebody', 'HERE', 'Word', 'later'];
let desk: Desk;
let here: string;
let elsewhere: string;
let own: string;
let others: string[];

async function open(keyPrefix: string): Promise<string> {
  const opened = { parties: ['RU', 'US'], keyPrefix, name: { en: keyPrefix } };
  const { id } = await desk.do(RU, 'dialogues.OpenDialogue', null, opened);
  await desk.do(US, 'dialogues.JoinDialogue', id, {});
  return id;
}

async function raise(dialogueId: string): Promise<string> {
  const about = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
  const irritant = { dialogueId, ...about, title: { en: 'Visas' } };
  return (await desk.do(RU, 'irritants.RaiseIrritant', null, irritant)).id;
}

async function sit(dialogueId: string, name: string): Promise<void> {
  const { id } = await desk.do(RU, 'rounds.ScheduleRound', null, { dialogueId });
  await desk.do(RU, 'rounds.NameDelegate', id, {
    party: 'US',
    role: 'head',
    personId,
    nameAsGiven: name,
    lang: 'en',
  });
}

const state = (id: string, text: string) =>
  desk.do(US, 'irritants.StatePosition', id, { stance: 'contests', text: { en: text } });

/** What lists and searches answer at present, by the ordinal at which the record stands. */
interface Answers {
  readonly moment: string;
  readonly lists: unknown;
  readonly searches: unknown;
}

function reading(query: Query, record: OpenRecord = desk.record): Readings {
  return Readings.over(record, query, 'all');
}

async function answersAt(asked: { knownAt?: string }): Promise<Omit<Answers, 'moment'>> {
  const { registry } = desk.record;
  const lists: unknown[] = [];
  for (const slice of registry.slices) {
    for (const sort of ['createdAt', '-updatedAt']) {
      lists.push((await reading({ sort, ...asked }).list(slice)).items);
    }
    const page = { dialogue: here, limit: '1', q: 'visas', ...asked };
    lists.push((await reading(page).list(slice)).items);
  }
  const found = await Promise.all(
    queries.flatMap((q) =>
      [{}, { dialogue: here }, { dialogue: elsewhere }].map((one) =>
        reading({ q, ...one, ...asked }).search(),
      ),
    ),
  );
  return { lists, searches: found.map(({ items }) => items) };
}

const kept: Answers[] = [];

async function keepAnswers(): Promise<void> {
  await desk.settled();
  kept.push({ moment: momentOfNow(desk.record), ...(await answersAt({})) });
}

beforeAll(async () => {
  desk = await Desk.open();
  here = await open('HERE');
  elsewhere = await open('ELSE');
  own = await raise(here);
  await keepAnswers();
  await sit(here, 'Darchiyev');
  await sit(elsewhere, 'Somebody');
  others = [];
  for (let number = 0; number < irritantsOfOther; number += 1) {
    const id = await raise(elsewhere);
    others.push(id);
    for (let word = 0; word < wordsOnEach; word += 1) await state(id, `Word ${word}.`);
  }
  await keepAnswers();
  await state(own, 'Something later.');
  await keepAnswers();
  for (const id of others) await state(id, 'Something else later.');
  await sit(here, 'Nobody known');
  await keepAnswers();
});
afterAll(() => desk.close());

/** The record, and the streams that are read through it. */
function watched(): { readonly record: OpenRecord; readonly streams: string[] } {
  const { projections } = desk.record;
  const streams: string[] = [];
  const { record: reader } = projections;
  const ofStream = (stream: string, bounds: object) => {
    streams.push(stream);
    return reader.ofStream(stream, bounds);
  };
  const record = new Proxy(reader, {
    get: (target, name) => {
      if (name === 'ofStream') return ofStream;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  const view = (name: string) => projections.view(name);
  return { record: { ...desk.record, projections: { record, view } as never }, streams };
}

describe('What is asked as of a moment', () => {
  it('is answered as it was answered then, in lists and searches, whatever was recorded since', async () => {
    for (const { moment, lists, searches } of kept) {
      const past = await answersAt({ knownAt: moment });
      expect([moment, past.lists]).toEqual([moment, lists]);
      expect([moment, past.searches]).toEqual([moment, searches]);
    }
    expect(kept).toHaveLength(4);
  });

  it('reads nothing of the irritants of other dialogues, where it is asked of one', async () => {
    const { record, streams } = watched();
    const irritants = record.registry.get('irritants');
    const before = { knownAt: kept[1]?.moment };
    expect((await reading({ dialogue: here, ...before }, record).list(irritants)).items).toHaveLength(1);
    expect(streams).toEqual([`irritant-${own}`]);
    await reading({ q: 'visas', dialogue: here, ...before }, record).search();
    expect(new Set(streams.filter((one) => one.startsWith('irritant-')))).toEqual(
      new Set([`irritant-${own}`]),
    );
  });

  it('reads nothing at all where nothing has changed since', async () => {
    const { record, streams } = watched();
    const now = { knownAt: kept[3]?.moment };
    const irritants = record.registry.get('irritants');
    expect((await reading({ q: 'visas', ...now }, record).list(irritants)).items).toHaveLength(
      irritantsOfOther + 1,
    );
    expect(streams).toEqual([]);
  });

  it('is found by the name that a person was given in another dialogue', async () => {
    const { items } = await reading({
      q: 'Somebody',
      dialogue: here,
      knownAt: kept[1]?.moment,
    }).search();
    expect(items.map(({ kind }) => kind)).toEqual(['round']);
  });

  it('lets others have their turn while much is folded', async () => {
    const made = reading({ effectiveAt: '2999' }).list(desk.record.registry.get('irritants'));
    const turns = { taken: 0, isMade: false };
    const watching = made.finally(() => {
      turns.isMade = true;
    });
    while (!turns.isMade) {
      await turnOfTheLoop();
      turns.taken += 1;
    }
    await watching;
    expect((await made).items).toHaveLength(irritantsOfOther + 1);
    expect(turns.taken).toBeGreaterThan(1);
  });

  it('counts what is recorded while it is folded to the time after it', async () => {
    const { moment, lists } = kept[1] as Answers;
    const asked = answersAt({ knownAt: moment });
    for (const id of others) await state(id, 'Said meanwhile.');
    expect((await asked).lists).toEqual(lists);
    expect((await answersAt({ knownAt: moment })).lists).toEqual(lists);
  });
});
