import { refOfKind } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import type { Ids } from '../platform/record/ids.js';
import { streamOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import type { StoredStreams } from '../platform/record/stored-streams.js';
import { isObject, sameId } from '../platform/shapes/sent.js';
import type { Acts } from './acts.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What rows call each other by. Whatever an import creates has an id that follows from its dialogue and its externalRef,
 * so a row finds what an earlier one, or an earlier import, brought in, and the store lets no second one be created.
 */
export class References {
  /** Ids and hashes that an export had, and what stands for them here. */
  readonly #here = new Map<string, string>();

  constructor(
    private readonly streams: StoredStreams,
    private readonly ids: Pick<Ids, 'drawnFrom'>,
    private readonly acts: Acts,
    private readonly dialogueId: string,
  ) {}

  /** The idempotency key of whatever is brought in under the reference. */
  keyOf(externalRef: string): string {
    return broughtInKey(this.dialogueId, externalRef);
  }

  /** What was called so in an export has this name from here on. */
  learn(there: string, here: string): void {
    if (there !== here) this.#here.set(there, here);
  }

  /** An entry of the slice, by its id, its key, or its externalRef. */
  async entry(slice: Slice, name: string): Promise<string> {
    const known = this.#here.get(name);
    if (known !== undefined) return known;
    const id = sameId(name);
    // Rows are of one dialogue, whatever it was called where they come from.
    if (slice.part === 'dialogue') return this.dialogueId;
    for (const created of this.#idsFor(slice, name)) {
      if ((await this.streams.events(streamOf(slice, created))).length > 0) return created;
    }
    if (uuid.test(id)) return id;
    return (await slice.resolve?.(this.streams, name)) ?? this.#idsFor(slice, name)[0] ?? id;
  }

  #idsFor(slice: Slice, externalRef: string): readonly string[] {
    return idsOfBroughtIn(this.ids, this.acts, slice, this.dialogueId, externalRef);
  }

  /** The body with ids in place of the names by which its rows know each other; `on` is the stream that is acted on. */
  async inBody(shape: Shape, body: object, on: string | undefined): Promise<Record<string, unknown>> {
    const entries = Object.entries(body).map(async ([name, value]): Promise<[string, unknown]> => {
      const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
      return [
        name,
        field === undefined ? value : await this.#value({ name, field, value, beside: body, on }),
      ];
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  async #value(at: {
    readonly name: string;
    readonly field: Field;
    readonly value: unknown;
    readonly beside: object;
    readonly on: string | undefined;
  }): Promise<unknown> {
    const { field, value, on } = at;
    if (field.kind === 'list' && Array.isArray(value))
      return Promise.all(value.map((one: unknown) => this.#value({ ...at, field: field.of, value: one })));
    if (field.kind === 'shape' && isObject(value)) return this.inBody(field.of, value, on);
    if (field.kind === 'hash' && typeof value === 'string') return this.#here.get(value) ?? value;
    if (field.kind !== 'id' || typeof value !== 'string') return value;
    const slice = this.#sliceOf(field.of, at.beside);
    return slice === undefined ? this.#within(at.name, value, on) : this.entry(slice, value);
  }

  #sliceOf(of: string | undefined, beside: object): Slice | undefined {
    const { kind } = beside as { readonly kind?: unknown };
    if (of === undefined) return undefined;
    return this.acts.slices.find((one) =>
      of === refOfKind.of ? one.prefix === kind : one.name === of || one.part === of,
    );
  }

  /** What an earlier row brought into the entry, such as a claim: by that row's externalRef. */
  async #within(name: string, value: string, on: string | undefined): Promise<string> {
    const known = this.#here.get(value);
    if (known !== undefined) return known;
    if (on === undefined || uuid.test(sameId(value))) return value;
    const event = (await this.streams.events(on)).find((one) => one.externalRef === value);
    const own: unknown = event?.data[name as never];
    return typeof own === 'string' ? own : (event?.id ?? value);
  }
}

/** Whoever brings it in: the same reference in the same dialogue is the same thing. */
export function broughtInKey(dialogueId: string, externalRef: string): string {
  return `${dialogueId} ${externalRef}`;
}

/** The ids that entries of the slice have which were brought into the dialogue under the reference, by each way to create one. */
export function idsOfBroughtIn(
  ids: Pick<Ids, 'drawnFrom'>,
  acts: Acts,
  slice: Slice,
  dialogueId: string,
  externalRef: string,
): readonly string[] {
  return acts
    .creating(slice)
    .map(({ route }) => ids.drawnFrom('create', 'brought-in', route, broughtInKey(dialogueId, externalRef)));
}
