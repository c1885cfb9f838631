import { refOfKind } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { problemAt } from '../platform/problems/problem-at.js';
import type { Stored } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import type { Ids } from '../platform/record/ids.js';
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
  /** By the references of this file, the events that it has brought in under each, or found there as its own. */
  readonly #ofFile = new Map<string, Set<string>>();
  /** The references of rows of this file that were refused, with their lines. */
  readonly #refused = new Map<string, number>();

  constructor(
    private readonly streams: StoredStreams,
    private readonly ids: Pick<Ids, 'drawnFrom'>,
    private readonly acts: Acts,
    private readonly dialogueId: string,
    /** Of whoever sends the file. */
    private readonly party: string | null,
  ) {}

  /** The idempotency key of whatever is brought in under the reference. */
  keyOf(externalRef: string): string {
    return broughtInKey(this.dialogueId, externalRef);
  }

  /** What was called so in an export has this name from here on. */
  learn(there: string, here: string): void {
    if (there !== here) this.#here.set(there, here);
  }

  /** This row of the file has brought that in, or it is there already as what the row says. */
  brought(externalRef: string, { id }: Stored): void {
    this.#ofFile.set(externalRef, (this.#ofFile.get(externalRef) ?? new Set()).add(id));
  }

  /** Under this reference the file would have brought in something on that line, and did not. */
  refused(externalRef: string, line: number): void {
    this.#refused.set(externalRef, line);
  }

  /**
   * An entry of the slice, by its id, its key, or its externalRef. Anybody may give a reference that is the id or the key
   * of another entry: an id is always meant as one, and of key and reference the reference only in the file that gives it.
   */
  async entry(slice: Slice, name: string, field = 'on'): Promise<string> {
    const known = this.#here.get(name);
    if (known !== undefined) return known;
    const id = sameId(name);
    // Rows are of one dialogue, whatever it was called where they come from.
    if (slice.part === 'dialogue') return this.dialogueId;
    if (uuid.test(id) && (await this.#first(slice, id)) !== undefined) return id;
    const called = await this.#called(slice, name, field);
    if (called === undefined && uuid.test(id)) return id;
    const byKey = await slice.resolve?.(this.streams, name);
    if (called === undefined) return byKey ?? this.#idsFor(slice, name)[0] ?? id;
    if (byKey === undefined || byKey === called.id || called.isOfFile) return called.id;
    throw ambiguous(field, name);
  }

  async #first(slice: Slice, id: string): Promise<Stored | undefined> {
    return (await this.streams.events(streamOf(slice, id)))[0];
  }

  /** What was brought in under the reference, and whether this file did that; its own of two where there are two. */
  async #called(slice: Slice, name: string, field: string) {
    const found = await Promise.all(
      this.#idsFor(slice, name).map(async (id) => ({ id, first: await this.#first(slice, id) })),
    );
    const there = found.flatMap(({ id, first }) =>
      first === undefined ? [] : [{ id, first, isOfFile: this.#isOfFile(name, first) }],
    );
    const called = there.find(({ isOfFile }) => isOfFile) ?? there[0];
    if (called !== undefined) this.#refuseOfOthers(field, name, called.first);
    return called;
  }

  #isOfFile(name: string, { id }: Stored): boolean {
    return this.#ofFile.get(name)?.has(id) === true;
  }

  /** Where its own row of that name was refused, the file does not mean what another has called so. */
  #refuseOfOthers(field: string, name: string, first: Stored): void {
    const line = this.#refused.get(name);
    const isOurs = first.act.recorderParty === this.party || this.#isOfFile(name, first);
    if (line === undefined || isOurs) return;
    const fault = `is what line ${line} was to bring in, which was refused: what others have called so is not meant`;
    throw problemAt(platformProblems.VALIDATION_FAILED, [field], fault, `${name} ${fault}.`);
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
    return slice === undefined ? this.#within(at.name, value, on) : this.entry(slice, value, at.name);
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
    const event = this.#meant(name, value, await this.streams.events(on));
    if (event === undefined) return value;
    this.#refuseOfOthers(name, value, event);
    const own: unknown = this.#bringsIn(name, event) ? event.data[name as never] : undefined;
    return typeof own === 'string' ? own : event.id;
  }

  /**
   * One reference may stand for acts of several kinds on an entry. Meant is the one that brings in what the field names,
   * not one that is about another such thing; of several that of this file.
   */
  #meant(name: string, value: string, events: readonly Stored[]): Stored | undefined {
    const called = events.filter((one) => one.externalRef === value);
    const bringing = called.filter((one) => this.#bringsIn(name, one));
    const fitting = bringing.length > 0 ? bringing : called;
    const ofFile = fitting.filter((one) => this.#isOfFile(value, one));
    const [meant, other] = ofFile.length > 0 ? ofFile : fitting;
    if (other !== undefined) throw ambiguous(name, value);
    return meant;
  }

  /** Whether the event gave what the field names its id. */
  #bringsIn(name: string, { type }: Stored): boolean {
    return this.acts.all.some(
      ({ declaration: { event, assigned } }) =>
        event === type && (assigned?.[name] === 'new-id' || assigned?.[name] === 'given-or-new-id'),
    );
  }
}

function ambiguous(field: string, name: string) {
  const fault = 'names two things here, as a key and as a reference or as two references: give the id';
  return problemAt(platformProblems.VALIDATION_FAILED, [field], fault, `${name} ${fault}.`);
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
