import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { standingAlone } from '../../src/description/standing-alone.js';
import { eventTypesOf } from '../../src/platform/commands/event-types.js';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { slices } from '../../src/slices.js';
import { keptStreams } from '../golden/kept.js';

const types = eventTypesOf(slices);

/** The shapes as a stranger has them: what the served text of all types says. */
const ajv = new Ajv2020({ strict: false, validateSchema: false, code: { optimize: false } });
addFormats.default(ajv);
ajv.addSchema(JSON.parse(standingAlone({ $id: 'types', types })) as object);

function validatorsOf(type: string) {
  const place = types.findIndex((one) => one.type === type);
  const [data, content] = ['data', 'content'].map((part) =>
    ajv.compile({ $ref: `types#/types/${place}/${part}` }),
  );
  return { data: data!, content: content! };
}

describe('The types of event that are published', () => {
  it('are all that the record may hold, each with the slices that hold it', () => {
    const held = [...new EventRegistry(slices).types].map(
      ([type, names]) => [type, names.includes('*') ? slices.map(({ name }) => name) : names] as const,
    );
    expect(new Map(types.map((one) => [one.type, one.slices]))).toEqual(new Map(held));
  });

  it('say each in a sentence what it means', () => {
    expect(types.filter(({ meaning }) => !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
  });

  it('say of each whether an act records it, and by which operations', () => {
    expect(types.find(({ type }) => type === 'IrritantRaised')).toMatchObject({
      derived: false,
      recordedBy: ['raiseIrritant'],
    });
    expect(types.find(({ type }) => type === 'IrritantResolved')).toMatchObject({
      derived: true,
      recordedBy: [],
    });
    expect(types.find(({ type }) => type === 'EventCorrected')?.recordedBy).toContain('correctEventInRounds');
  });

  it('have one shape in every slice that holds them', () => {
    const shapes = new Map<string, string>();
    for (const slice of slices) {
      for (const { type, data, content } of eventTypesOf([slice])) {
        const shape = JSON.stringify([data, content]);
        expect([type, shapes.get(type) ?? shape]).toEqual([type, shape]);
        shapes.set(type, shape);
      }
    }
  });

  it('have shapes that every kept event fits, and that refuse one that lacks what the rules read', () => {
    const byType = new Map(types.map(({ type }) => [type, validatorsOf(type)]));
    const met = new Set<string>();
    for (const slice of slices) {
      for (const { type, data, content } of keptStreams(slice).flatMap(({ lines }) => lines)) {
        const validators = byType.get(type);
        expect([type, validators?.data(data), validators?.content(content ?? {})]).toEqual([
          type,
          true,
          true,
        ]);
        met.add(type);
      }
    }
    expect([...byType.keys()].filter((type) => !met.has(type))).toEqual([]);
    expect(byType.get('IrritantRaised')?.data({})).toBe(false);
  });
});
