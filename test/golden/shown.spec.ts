import { describe, expect, it } from '@jest/globals';
import type { EventSchema, EventSchemas, Field } from '#libs/decider';
import type { Slice } from '../../src/platform/record/slice.js';
import { slices } from '../../src/slices.js';
import { keptStreams, viewOf } from './kept.js';
import { notShown } from './not-shown.js';
import { sampleEvent, sampleOf } from './sample.js';
import type { Line } from './streams.js';

type Fields = { readonly [field: string]: unknown };

/** Another value of the field's kind, of which the stream knows nothing. */
function other(field: Field, name: string, now: unknown): unknown {
  switch (field.kind) {
    case 'id':
      return '01960b3a-0000-7000-8000-0000000000ff';
    case 'hash':
      return 'e'.repeat(64);
    case 'text':
      return { en: 'Something else.' };
    case 'language':
      return now === 'de' ? 'fr' : 'de';
    case 'party':
      return now === 'FR' ? 'DE' : 'FR';
    case 'choice':
      return field.of.find((one) => one !== now) ?? now;
    case 'integer':
      return typeof now === 'number' ? now + 1 : field.min;
    case 'flag':
      return now !== true;
    case 'date':
      return '1999-12-31';
    case 'occurred':
      return { edtf: '1999-12-31' };
    case 'list':
      return [other(field.of, name, (now as readonly unknown[] | undefined)?.[0])];
    case 'byParty':
      return Object.fromEntries(['RU', 'US'].map((party) => [party, other(field.of, name, undefined)]));
    case 'texts':
      return Object.fromEntries(Object.keys(now ?? {}).map((key) => [key, { en: 'Something else.' }]));
    case 'shape':
      return Object.fromEntries(
        Object.entries(field.of).map(([part, of]) => [
          part,
          other(of, part, (now as Fields | undefined)?.[part]),
        ]),
      );
    default:
      return elsewise[name] ?? sampleOf(field, name);
  }
}

const elsewise: Fields = {
  amount: '7',
  legalBasis: 'VCDR art. 45',
  currency: 'EUR',
  nonce: 'BBBBBBBBBBBBBBBBBBBBBA==',
  at: '1999-12-31T09:00:00.000Z',
  issuer: 'https://elsewhere.example',
  x: 'B'.repeat(42).concat('A'),
  thumbprint: 'B'.repeat(42).concat('A'),
  name: 'elsewhere.example/witness',
  possession: 'B'.repeat(85).concat('A=='),
  stream: 'roadmap-01960b3a-0000-7000-8000-0000000000ff',
};

/** Acts that no kept stream has where they count, after those that make them count. */
const further: { readonly [slice: string]: readonly (readonly string[])[] } = {
  irritants: [
    ['IrritantRaised', 'LinkageAsserted', 'LinkageAccepted by US', 'LinkageReleased', 'LinkageRetained'],
    [
      'IrritantRaised',
      'ResolutionProposed',
      'ResolutionAccepted by US',
      'ResolutionAcceptanceWithdrawn by US',
    ],
    ['IrritantRaised', 'Agreed', 'IrritantWithdrawn', 'WithdrawalAccepted by US'],
  ],
};

function streamsOf(slice: Slice): readonly (readonly Line[])[] {
  const samples = (further[slice.name] ?? []).map((acts) =>
    acts.map((one, index): Line => {
      const [type = '', party = 'RU'] = one.split(' by ');
      const line = sampleEvent(slice.prefix, type, slice.schemas[type] as EventSchema) as Line;
      const act = { ...(line.meta['act'] as object), party };
      const id = `01960b3a-0000-7000-8000-${String(index).padStart(12, '0')}`;
      return { ...line, id, meta: { ...line.meta, act } };
    }),
  );
  return [...keptStreams(slice).map(({ lines }) => lines), ...samples];
}

/** The line with another value in this field. */
function saying(line: Line, where: 'data' | 'content', name: string, field: Field): Line {
  const now = line[where] as Fields;
  return { ...line, [where]: { ...now, [name]: other(field, name, now[name]) } };
}

/** What the entry shows after each event of the stream, from this one on. */
const shownFrom = (slice: Slice, lines: readonly Line[], from: number) =>
  lines.slice(from).map((_, index) => JSON.stringify(viewOf(slice, lines.slice(0, from + index + 1))));

/** The fields of the slice's events by which its entry shows something else, where they say something else. */
function shownBy(slice: Slice): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const lines of streamsOf(slice)) {
    const before = shownFrom(slice, lines, 0);
    for (const [index, line] of lines.entries()) {
      for (const where of ['data', 'content'] as const) {
        // Words that are erased say nothing that could be shown.
        if (line[where] === null) continue;
        for (const [name, field] of Object.entries(slice.schemas[line.type]?.[where] ?? {})) {
          if (shown.has(`${line.type}.${name}`)) continue;
          const altered = lines.with(index, saying(line, where, name, field));
          const after = shownFrom(slice, altered, index);
          if (after.at(-1)?.includes('"unreadableSince"') === true)
            throw new Error(`${line.type}.${name} can't say ${JSON.stringify(altered[index])}.`);
          if (after.some((one, step) => one !== before[index + step])) shown.add(`${line.type}.${name}`);
        }
      }
    }
  }
  return shown;
}

describe('What an event says', () => {
  it.each(slices.map((slice) => [slice.name, slice] as const))(
    'its entry shows, or it is written down why not: %s',
    (_, slice) => {
      const shown = shownBy(slice);
      const said = Object.entries(slice.schemas).flatMap(([type, { data, content }]) =>
        [...Object.keys(data), ...Object.keys(content)].map((field) => `${type}.${field}`),
      );
      const excepted = said.filter((one) => notShown.includes(one));
      expect(said.filter((one) => !shown.has(one))).toEqual(excepted);
    },
  );

  it('is written down as not shown where an event says it', () => {
    const types = Object.assign({}, ...slices.map(({ schemas }) => schemas)) as EventSchemas;
    const strange = notShown.filter((one) => {
      const [type = '', field = ''] = one.split('.');
      return !Object.hasOwn({ ...types[type]?.data, ...types[type]?.content }, field);
    });
    expect(strange).toEqual([]);
  });
});
