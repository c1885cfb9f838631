import type { Field, Shape } from '#libs/decider';
import type { Position } from '#libs/event-store';
import type { Stored } from '../platform/record/envelope.js';
import { derivedAct } from '../platform/record/recording.js';
import type { Slice } from '../platform/record/slice.js';

type Fields = { readonly [field: string]: unknown };

const start = Date.UTC(2025, 3, 11, 9);
const sides = ['RU', 'US'];

const idOf = (number: number) => `01960b3a-0000-7000-8000-${String(number).padStart(12, '0')}`;

const examplesOf = ({ commands }: Slice) => Object.values(commands).map(({ example }) => example as Fields);

/**
 * The one story from which every example of an answer is folded: each slice names the acts, and what they say are the
 * examples of their commands. What a command's example leaves to the service is filled in here.
 */
export class Story {
  readonly #values: ReadonlyMap<string, string>;

  constructor(private readonly slices: readonly Slice[]) {
    const given = slices.flatMap((slice) => [
      ...examplesOf(slice),
      ...slice.story.map(([, , more = {}]) => more),
    ]);
    this.#values = new Map(given.flatMap((one) => [...valuesIn(one as Fields)]));
  }

  /** What an id or a hash of this name is: as some example has it, else made up. */
  value(field: string): string {
    const made = Buffer.from(field).reduce((sum, byte) => sum * 3 + byte, 0) % 1_000_000;
    return this.#values.get(field) ?? (field.endsWith('Hash') ? 'a'.repeat(64) : idOf(made));
  }

  /** The stream of the slice, as the store would give it. */
  streamOf(slice: Slice): readonly Stored[] {
    const serial = this.slices.indexOf(slice);
    const idAt = (revision: number) => idOf(1_000 + serial * 100 + revision);
    const stream = `${slice.prefix}-${this.value(`${slice.prefix}Id`)}`;
    return slice.story.map(([by, name, more], revision) => {
      const earlier = slice.story.slice(0, revision).map((_, index) => idAt(index));
      const { type, data, content, occurred, sources } = this.#said(slice, name, more, earlier);
      return {
        id: idAt(revision),
        stream,
        revision,
        type,
        schemaVersion: slice.schemas[type]?.version ?? 1,
        recordedAt: new Date(start + (serial * 10 + revision) * 60_000).toISOString(),
        ...(by === null ? {} : { occurred: { edtf: occurred } }),
        act: by === null ? derivedAct : directOf(by),
        sources,
        audience: 'both',
        correlationId: '4bf92f3577b34da6a3ce929d0e0e4736',
        salt: 'q83vASNFZ4mrze8BI0VniQ==',
        erased: false,
        data,
        content,
        position: '' as Position,
      };
    });
  }

  #said(slice: Slice, name: string, more: object = {}, earlier: readonly string[] = []) {
    const { event: type = name, example = {} } = slice.commands[name] ?? {};
    const schema = slice.schemas[type];
    if (schema === undefined) throw new Error(`The story of ${slice.name} has no event for ${name}.`);
    const said: Fields = { ...example, ...more };
    const filled = (shape: Shape): Fields =>
      Object.fromEntries(
        Object.entries(shape).flatMap(([field, declared]) => {
          if (said[field] !== undefined) return [[field, said[field]]];
          const isLeftOut = declared.optional === true && !(schema.sealed && field === 'nonce');
          return isLeftOut ? [] : [[field, this.#filledIn(field, declared, earlier)]];
        }),
      );
    const { occurred = '2025-04-10', sources = [] } = said as Partial<Pick<Stored, 'sources'>> & {
      readonly occurred?: string;
    };
    return { type, data: filled(schema.data), content: filled(schema.content), occurred, sources };
  }

  /** What the service would fill in. */
  #filledIn(name: string, field: Field, earlier: readonly string[]): unknown {
    switch (field.kind) {
      case 'id':
      case 'hash':
        return this.value(name);
      case 'flag':
        return false;
      case 'integer':
        return Math.max(field.min, 1);
      case 'choice':
        return field.of[0];
      case 'line':
        return 'q83vASNFZ4mrze8BI0VniQ==';
      case 'list':
        if (field.of.kind === 'party') return sides;
        if (field.of.kind === 'language') return ['en'];
        return name === 'restsOn' ? earlier : [this.value(name.replace(/s$/, ''))];
      default:
        throw new Error(`The story leaves ${name} open.`);
    }
  }
}

function directOf(by: string): Stored['act'] {
  return { party: by, capacity: 'direct', recordedBy: idOf(901 + sides.indexOf(by)), recorderParty: by };
}

/** The ids and hashes of an example by their names; `{kind: 'round', id}` names a `roundId`. */
function* valuesIn(fields: Fields): Generator<[string, string]> {
  const { kind, id } = fields;
  if (typeof kind === 'string' && typeof id === 'string') yield [`${kind}Id`, id];
  for (const [name, value] of Object.entries(fields)) {
    if (/(Id|Hash)$/.test(name) && typeof value === 'string') yield [name, value];
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (name.endsWith('Ids') && typeof first === 'string') yield [name.slice(0, -1), first];
    if (typeof first === 'object' && first !== null) yield* valuesIn(first as Fields);
  }
}
