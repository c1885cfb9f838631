import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { ref } from '../../src/demo/step.js';
import type { Step } from '../../src/demo/step.js';
import type { Answers } from './answers.js';
import { startDemonstration } from './demonstration.js';
import type { Demonstration } from './demonstration.js';

let server: Demonstration;
const options = () => ({ url: server.url, key: server.keys['secretariat']! });

beforeAll(async () => {
  server = await startDemonstration();
});

afterAll(() => server.stop());

function statement(party: string): Step {
  return {
    as: `statement-${party}`,
    create: 'sources',
    body: {
      dialogueId: ref('dialogue'),
      kind: 'statement',
      issuers: [party],
      lang: 'en',
      held: false,
      title: party,
      citation: party,
    },
  };
}

const confirmed: readonly Step[] = [
  {
    as: 'dialogue',
    create: 'dialogues',
    body: { parties: ['AA', 'BB'], keyPrefix: 'AABB', synthetic: true, name: { en: 'Invented' } },
  },
  statement('AA'),
  statement('BB'),
  {
    as: 'irritant',
    create: 'irritants',
    body: {
      party: 'AA',
      sources: [{ sourceId: ref('statement-AA') }],
      dialogueId: ref('dialogue'),
      raisers: ['AA'],
      respondents: ['BB'],
      raisedBasis: 'stated',
      category: 'other',
      title: { en: 'Invented' },
    },
  },
  {
    as: 'claim',
    on: 'irritant',
    act: 'claim',
    body: {
      party: 'AA',
      sources: [{ sourceId: ref('statement-AA') }],
      kind: 'factual',
      wording: [{ as: 'summary' }],
      text: { en: 'It is so.' },
    },
  },
  {
    as: 'confirmation',
    on: 'irritant',
    act: 'claims/{claim}/confirm',
    body: { party: 'BB', sources: [{ sourceId: ref('statement-BB') }], mode: 'same-text' },
  },
];

describe('loading a record', () => {
  it('goes on where an earlier load broke off', async () => {
    const half = Math.floor(istanbulRecord.length / 2);
    await loadRecord(istanbulRecord.slice(0, half), options());
    const seen: boolean[] = [];
    const whole = await loadRecord(istanbulRecord, {
      ...options(),
      onStep: (_step, { isRepeat }) => seen.push(isRepeat),
    });
    expect(whole).toMatchObject({ recorded: istanbulRecord.length - half, repeated: half });
    expect(seen).toEqual(istanbulRecord.map((_, index) => index < half));
  });

  it('names inside an address what an earlier step made', async () => {
    const { ids } = await loadRecord(confirmed, options());
    const irritant = await server.read<Answers['irritant']>(`/v1/irritants/${ids.get('irritant')}`);
    expect(irritant.claims).toMatchObject([{ claimId: ids.get('claim'), state: 'confirmed' }]);
  });

  it('names the step that the server refuses, and why', async () => {
    const press: Step = { ...statement('AA'), as: 'press', body: { kind: 'press' } };
    await expect(loadRecord([press], options())).rejects.toThrow(
      /^Step "press" was refused \(400\)\. validation-failed: .*\/issuers/,
    );
  });

  it('names the step that refers to nothing, or is there twice', async () => {
    const [opening, ...rest] = confirmed.slice(0, 1);
    const lost: Step = { as: 'lost', on: 'nowhere', act: 'suspend', body: {} };
    await expect(loadRecord([lost], options())).rejects.toThrow(
      'Step "lost" refers to "nowhere", which no earlier step records.',
    );
    await expect(loadRecord([opening!, ...rest, opening!], options())).rejects.toThrow(
      'Two steps are called "dialogue".',
    );
  });

  it('names the step whose principal has no key, and the one that refers to a field that is not there', async () => {
    const [opening] = confirmed;
    const stranger: Step = { ...opening!, by: 'somebody' };
    await expect(loadRecord([stranger], options())).rejects.toThrow(
      'Step "dialogue" is for somebody, of which there is no key.',
    );
    const lost: Step = { as: 'lost', create: 'sources', body: { title: ref('dialogue', 'termsHash') } };
    await expect(loadRecord([opening!, lost], options())).rejects.toThrow(
      'Step "lost" refers to the termsHash of "dialogue", which has none.',
    );
  });

  it('says so where the key is not good', async () => {
    await expect(loadRecord(confirmed, { ...options(), key: 'none' })).rejects.toThrow(
      /^Step "dialogue" was refused \(401\)/,
    );
  });
});
