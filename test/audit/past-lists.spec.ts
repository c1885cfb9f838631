import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { list } from '../../src/audit/listing.js';
import { search } from '../../src/audit/search.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { Desk, principals } from '../support/desk.js';

const { RU, US } = principals;
const irritantsOfOther = 12;
const wordsOnEach = 40;
const personId = '01960b3a-0000-7000-8000-0000000000d1';
let desk: Desk;
let here: string;
let elsewhere: string;
let own: string;

async function open(keyPrefix: string): Promise<string> {
  const opened = { parties: ['RU', 'US'], keyPrefix, name: { en: keyPrefix } };
  return (await desk.do(RU, 'dialogues.OpenDialogue', null, opened)).id;
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

beforeAll(async () => {
  desk = await Desk.open();
  here = await open('HERE');
  elsewhere = await open('ELSE');
  own = await raise(here);
  await sit(here, 'Darchiyev');
  await sit(elsewhere, 'Somebody');
  for (let number = 0; number < irritantsOfOther; number += 1) {
    const id = await raise(elsewhere);
    for (let word = 0; word < wordsOnEach; word += 1) {
      const position = { stance: 'contests', text: { en: `Word ${word}.` } };
      await desk.do(US, 'irritants.StatePosition', id, position);
    }
  }
  await desk.settled();
});
afterAll(() => desk.close());

/** The record, and the streams that are read through it. */
function watched(): { readonly record: OpenRecord; readonly streams: string[] } {
  const { projections } = desk.record;
  const streams: string[] = [];
  const record = {
    headSeq: projections.record.headSeq,
    ofStream: (stream: string, bounds: object) => {
      streams.push(stream);
      return projections.record.ofStream(stream, bounds);
    },
  };
  const view = (name: string) => projections.view(name);
  return { record: { ...desk.record, projections: { record, view } as never }, streams };
}

const now = () => ({ knownAt: `s${desk.record.projections.record.headSeq}` });

describe('What is asked of one dialogue as of a moment', () => {
  it('reads nothing of the irritants of others', async () => {
    const { record, streams } = watched();
    const irritants = record.registry.get('irritants');
    expect((await list(record, irritants, { dialogue: here, ...now() })).items).toHaveLength(1);
    expect(streams).toEqual([`irritant-${own}`]);
    await search(record, { q: 'visas', dialogue: here, ...now() });
    expect(new Set(streams.filter((one) => one.startsWith('irritant-')))).toEqual(
      new Set([`irritant-${own}`]),
    );
  });

  it.each(['visas', 'Darchiyev', 'Somebody', 'HERE', 'Word'])(
    'finds what is found at present, a person who was named elsewhere included: %s',
    async (q) => {
      for (const dialogue of [here, elsewhere]) {
        const present = await search(desk.record, { q, dialogue });
        const past = await search(desk.record, { q, dialogue, ...now() });
        expect(past.items).toEqual(present.items);
      }
    },
  );

  it('is found by the name that a person was given in another dialogue', async () => {
    const { items } = await search(desk.record, { q: 'Somebody', dialogue: here, ...now() });
    expect(items.map(({ kind }) => kind)).toEqual(['round']);
  });
});

describe('A long list as of a moment', () => {
  it('lets others have their turn while it is made', async () => {
    const made = list(desk.record, desk.record.registry.get('irritants'), now());
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
});
