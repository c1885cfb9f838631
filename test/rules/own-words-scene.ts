import type { SimulatedRecord } from '../simulation/record.js';
import type { Document } from '../support/desk.js';
import { Matter, RU, secretariat, US } from './matter.js';

/** A command, its body, and what its path names. */
export type Said = readonly [command: string, body?: object, path?: object];

/** A matter of RU, which has joined, and of the US, in whose name the secretariat records until the US joins. */
export class Scene {
  /** The entry that is spoken of. */
  slice = 'irritants';
  id: string;
  /** What the entries have called what they hold, for later acts to name. */
  known: { readonly [name: string]: unknown } = {};

  private constructor(
    readonly record: SimulatedRecord,
    readonly matter: Matter,
  ) {
    this.id = matter.irritantId;
  }

  static async set(record: SimulatedRecord): Promise<Scene> {
    return new Scene(record, await Matter.open(record.desk, { joined: [RU] }));
  }

  get irritantIds(): readonly [string] {
    return [this.matter.irritantId];
  }

  ru([command, body = {}, path = {}]: Said): Promise<Document> {
    return this.record.desk.do(RU, `${this.slice}.${command}`, this.id, body, path);
  }

  us([command, body = {}, path = {}]: Said): Promise<Document> {
    return this.record.desk.do(US, `${this.slice}.${command}`, this.id, body, path);
  }

  inTheNameOfUs([command, body = {}, path = {}]: Said): Promise<Document> {
    const inName = { ...this.matter.inTheNameOf('US'), ...body };
    return this.record.desk.do(secretariat, `${this.slice}.${command}`, this.id, inName, path);
  }

  /** The US endorses what was recorded last, which counts as its own word from then on. */
  async endorse(): Promise<void> {
    const stream = this.stream;
    const events = await this.matter.events(stream);
    const target = events.findLast((one) => one.act.party === 'US' && one.act.capacity === 'attributed')?.id;
    await this.us(['EndorseAttribution', { target }]);
  }

  /** An entry that RU, or the secretariat in the name of the US, begins. */
  async begin(slice: string, command: string, body: object, inName = false): Promise<Document> {
    this.slice = slice;
    const whose = inName ? this.matter.inTheNameOf('US') : {};
    const who = inName ? secretariat : RU;
    this.id = await this.matter.begin(who, `${slice}.${command}`, { ...body, ...whose });
    return this.shown();
  }

  get stream(): string {
    return `${this.slice.replace(/s$/, '')}-${this.id}`;
  }

  shown(): Promise<Document> {
    return this.record.desk.read(this.slice, this.id);
  }

  async stage(): Promise<unknown> {
    await this.record.settle();
    return (await this.record.desk.read('irritants', this.matter.irritantId))['stage'];
  }
}

/** What was recorded in the name of the US, and what the US then says itself. */
export interface Contrary {
  readonly says: string;
  /** What RU has said before. */
  readonly ground?: (scene: Scene) => Promise<unknown>;
  readonly inItsName: (scene: Scene) => readonly Said[];
  /** What RU says to that. */
  readonly answered?: (scene: Scene) => Promise<unknown>;
  readonly own: (scene: Scene) => Said;
  /** The entry after that, in part. */
  readonly shows: object;
  /** The stage of the matter before and after it. */
  readonly stages?: readonly [before: string, after: string];
  /** The US can say it without the other word: then that word, recorded in its name later, changes nothing. */
  readonly isFirst?: true;
}

/** The last of a list of the entry. */
export function lastOf<T>(shown: Document, list: string): T {
  return (shown[list] as T[]).at(-1)!;
}
