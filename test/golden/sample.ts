import type { EventSchema, Field, Shape } from '#libs/decider';

/** One value of the field's kind, always the same. */
export function sampleOf(field: Field, name: string): unknown {
  switch (field.kind) {
    case 'id':
      return '01960b3a-0000-7000-8000-000000000001';
    case 'hash':
      return 'a'.repeat(64);
    case 'party':
      return 'RU';
    case 'language':
      return 'en';
    case 'line':
      return lines[name] ?? 'A line.';
    case 'text':
      return { en: 'Words.', ru: 'Слова.' };
    case 'words':
      return { statement: { en: 'Words.' } };
    case 'occurred':
      return { edtf: '2025-04-10', zone: 'Europe/Istanbul' };
    case 'choice':
      return field.of[0];
    case 'integer':
      return field.min;
    case 'flag':
      return true;
    case 'date':
      return '2025-04-10';
    case 'list':
      return Array.from({ length: Math.max(1, field.min) }, (_, index) =>
        field.of.kind === 'party' && index === 1 ? 'US' : sampleOf(field.of, name),
      );
    case 'byParty':
      return { RU: sampleOf(field.of, name) };
    case 'texts':
      return { '01960b3a-0000-7000-8000-000000000001': { en: 'Words.', ru: 'Слова.' } };
    case 'shape':
      return sampleShape(field.of);
  }
}

const lines: { readonly [name: string]: string } = {
  keyPrefix: 'RUUS',
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA==',
  duration: 'PT5H30M',
  amount: '1250000.50',
  currency: 'USD',
  keys: 'entente.example.org/01960b3a+0a1b2c3d+AcQpOhFhv7SJPyYGnR8bSK2Lr8bS2Q1yd9vtwZcDvwXr',
  ended: '0a1b2c3d',
  origin: 'entente.example.org/01960b3a',
  root: 'XBy7Jd0GDV37BeIK0cqUGMLvnYvFTdo4e0eUkF0H31k=',
  stream: 'roadmap-01960b3a-0000-7000-8000-000000000001',
};

function sampleShape(shape: Shape): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, sampleOf(field, name)]));
}

/** A recorded event of the type with every field filled, as a store gives it. */
export function sampleEvent(prefix: string, type: string, schema: EventSchema): object {
  return {
    id: '01960b3a-0000-7000-8000-00000000abcd',
    stream: `${prefix}-01960b3a-0000-7000-8000-000000000002`,
    type,
    data: sampleShape(schema.data),
    content: { ...sampleShape(schema.content), locators: { 0: 'p. 1' } },
    salt: Buffer.alloc(32, 7).toString('base64'),
    meta: {
      schemaVersion: schema.version,
      occurred: { edtf: '2025-04-10' },
      act: {
        party: 'RU',
        capacity: 'attributed',
        recordedBy: '01960b3a-0000-7000-8000-000000000003',
        recorderParty: null,
      },
      sources: [{ sourceId: '01960b3a-0000-7000-8000-000000000004' }],
      audience: 'both',
      command: { keyHash: 'b'.repeat(64), bodyHash: 'c'.repeat(64) },
      correlationId: 'd'.repeat(32),
    },
    recordedAt: '2025-04-11T09:00:00.000Z',
  };
}
