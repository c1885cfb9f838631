import fc from 'fast-check';
import { exampleIds } from '../../src/kernel/example-ids.js';
import { slices } from '../../src/slices.js';
import type { Api, Body, PrincipalName } from './api.js';
import type { Scene } from './scene.js';

/** Every command of every slice: to create something, or on something that is there. */
const commands = slices.flatMap(({ name, prefix, commands: own }) =>
  Object.values(own).map(({ path, example }) => ({ slice: name, prefix, path, example: example as Body })),
);

const choices = fc.record({
  command: fc.constantFrom(...commands),
  which: fc.nat(),
  target: fc.nat(),
  side: fc.constantFrom<PrincipalName>('ru-negotiator', 'us-negotiator'),
});
type Choice = typeof choices extends fc.Arbitrary<infer C> ? C : never;

/**
 * Acts by the examples of their commands, on whatever is there: most are refused, as they would be of clients that try
 * anything, and the others change the record in ways that nobody thought of.
 */
export class RandomActs {
  readonly #ids = new Map<string, string[]>();
  accepted = 0;

  constructor(
    private readonly api: Api,
    private readonly scene: Scene,
  ) {
    this.#ids.set('irritants', [scene.irritantId]).set('dialogues', [scene.dialogueId]);
  }

  static of(count: number, seed: number): readonly Choice[] {
    return fc.sample(choices, { numRuns: count, seed });
  }

  async give({ command, which, target, side }: Choice): Promise<void> {
    const { slice, path, prefix, example } = command;
    const known = this.#ids.get(slice) ?? [];
    if (path === null) {
      // One dialogue is enough, and of everything else a few, so that there is something for others to act on.
      if (slice === 'dialogues' || known.length >= 3) return;
      const { status, body } = await this.api.create<{ id: string }>(
        `/v1/${slice}`,
        this.#body(example, 0, []),
        side,
      );
      if (status !== 201) return;
      this.accepted += 1;
      this.#ids.set(slice, [...known, body.id]);
      return;
    }
    const id = known[which % Math.max(known.length, 1)];
    if (id === undefined) return;
    const events = await this.api.server.record.streams.events(`${prefix}-${id}`);
    const body = this.#body(
      example,
      target,
      events.map((one) => one.id),
    );
    const at = this.#ownIds(
      path,
      target,
      events.map(({ data }) => data),
    );
    const { status } = await this.api.act(`/v1/${slice}/${id}/${at}`, body, side);
    if (status === 200) this.accepted += 1;
  }

  #body(example: Body, which: number, events: readonly string[]): Body {
    const { dialogueId, irritantId, sources } = this.scene;
    const text = JSON.stringify(example)
      .replaceAll(exampleIds.dialogueId, dialogueId)
      .replaceAll(exampleIds.irritantId, irritantId);
    const body = JSON.parse(text) as Record<string, unknown>;
    if ('target' in body && events.length > 0) body['target'] = events[which % events.length];
    if ('sources' in body) body['sources'] = [{ sourceId: sources.RU }];
    return body;
  }

  /** The claim, step or note that a path names, out of those that the stream has. */
  #ownIds(path: string, which: number, data: readonly object[]): string {
    return path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const there = data.flatMap((one) => {
        const value = (one as Record<string, unknown>)[name];
        return typeof value === 'string' ? [value] : [];
      });
      return there[which % Math.max(there.length, 1)] ?? exampleIds.irritantId;
    });
  }
}
