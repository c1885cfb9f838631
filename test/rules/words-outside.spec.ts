import { describe, expect, it } from '@jest/globals';
import type { Field, Shape } from '#libs/decider';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { slices } from '../../src/slices.js';

/** What the rules read: none of it is anybody's text. A line is, unless a pattern keeps it from being one. */
const kindsOfData = ['id', 'choice', 'integer', 'flag', 'party', 'hash', 'date', 'occurred', 'language'];

/** Lines that the record writes itself, and nobody else: keys, names of streams, fields, policies and codes, ids of principals. */
const writtenByTheRecord = [
  'IrritantRaised.key',
  'ContentErased.askedBy',
  'EventCorrected.reading.field',
  'ResolutionAccepted.checked.stream',
  'IrritantResolved.checked.stream',
  'ConsequenceRefused.policy',
  'ConsequenceRefused.code',
];

/** Hashes that are assented to: over a nonce that is content, or of a paper that the record does not hold. */
const sealedHashes = /^(textHash|contentHash|termsHash)$/;

interface Leaf {
  readonly at: string;
  readonly field: Field;
}

function leavesOf(shape: Shape, at: string): readonly Leaf[] {
  return Object.entries(shape).flatMap(([name, field]) => leaves(field, `${at}.${name}`));
}

function leaves(field: Field, at: string): readonly Leaf[] {
  if (field.kind === 'list') return leaves(field.of, at);
  return field.kind === 'shape' ? leavesOf(field.of, at) : [{ at, field }];
}

const schemas = slices.flatMap((slice) => Object.entries({ ...slice.schemas, ...amendmentEvents }));
const data = schemas.flatMap(([type, { data: shape }]) => leavesOf(shape, type));

function isOfTheRules({ at, field }: Leaf): boolean {
  if (kindsOfData.includes(field.kind)) return true;
  return field.kind === 'line' && (field.pattern !== undefined || writtenByTheRecord.includes(at));
}

describe('What people write', () => {
  it('stands in the content of every event, where it can be erased, and nowhere in what the rules read', () => {
    expect(data.filter((one) => !isOfTheRules(one)).map(({ at }) => at)).toEqual([]);
    expect(data.length).toBeGreaterThan(100);
  });

  it('leaves no hash of itself in what the rules read, but for the texts that both sides assent to', () => {
    const hashes = data
      .filter(({ field }) => field.kind === 'hash')
      .map(({ at }) => at.split('.').at(-1) ?? '');
    expect(hashes.filter((name) => !sealedHashes.test(name))).toEqual([]);
    expect(hashes).toContain('contentHash');
  });

  it.each([
    ['AccountPublished', 'level'],
    ['NotePresented', 'number'],
    ['NoteReplied', 'number'],
    ['RoundScheduled', 'level'],
    ['IrritantRaised', 'legalBasis'],
    ['SourceRegistered', 'sha256'],
    ['DialogueOpened', 'series'],
  ])('is content: of %s the %s', (type, field) => {
    const [, schema] = schemas.find(([name]) => name === type) ?? [];
    expect(Object.keys(schema?.content ?? {})).toContain(field);
  });
});
