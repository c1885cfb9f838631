import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Position, Recorded } from '#libs/event-store';
import { amendmentEvents } from '../../src/platform/record/amendments.js';
import { classOf } from '../../src/platform/shapes/body-class.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import { checked } from '../../src/platform/shapes/validation.js';
import { slices } from '../../src/slices.js';
import { writesMissing } from './runs.js';
import { sampleEvent } from './sample.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'events');
const registry = new EventRegistry(slices);

const kept = slices.flatMap((slice) =>
  Object.entries({ ...slice.schemas, ...amendmentEvents }).map(([type, schema]) => ({
    slice,
    type,
    schema,
    file: join(folder, slice.name, `${type}.v${schema.version}.json`),
  })),
);

for (const { slice, type, schema, file } of writesMissing ? kept : []) {
  if (existsSync(file)) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(sampleEvent(slice.prefix, type, schema), null, 2)}\n`);
}

function read(file: string, revision: number): Stored {
  const event = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
  const id = `01960b3a-0000-7000-8000-${String(revision).padStart(12, '0')}`;
  return registry.read({ ...event, id, revision: BigInt(revision), position: 'golden' as Position });
}

describe('A stored event of every type and version', () => {
  it.each(kept)('is kept for $slice.name: $type', ({ file }) => {
    expect(existsSync(file)).toBe(true);
  });

  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.json'));
  it.each(files)('still folds, and still has its sentence: %s', (file) => {
    const slice = registry.get(file.split('/')[0] ?? '');
    const [first = ''] = Object.entries(slice.schemas).map(([type, schema]) => `${type}.v${schema.version}.json`);
    const begin = read(join(folder, slice.name, first), 0);
    const event = read(join(folder, file), 1);
    const folded = fold(slice, [begin, event]);
    expect(folded).toBeDefined();
    expect(folded === undefined ? undefined : represent(folded)).toMatchObject({ revision: 1 });
    expect(registry.summarise(event)).toMatch(/^[A-Z].{5,}/);
    expect(registry.summarise(event)).not.toContain('undefined');
  });

  it.each(kept)('has the shape that the schema says, as it stands: $slice.name $type', async ({ file, schema }) => {
    const event = read(file, 1);
    expect((await checked(classOf(schema.data), event.data)).faults.all).toEqual([]);
    expect((await checked(classOf(schema.content), event.content)).faults.all).toEqual([]);
  });
});
