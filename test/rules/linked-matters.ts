import type { Principal } from '../../src/platform/record/principal.js';
import type { SimulatedRecord } from '../simulation/record.js';
import type { Document } from '../support/desk.js';
import { RU, secretariat } from './matter.js';
import type { Matter } from './matter.js';

/** Several irritants of RU in one dialogue, named by their place; the first is the matter's own. */
export class LinkedMatters {
  readonly ids: string[];

  constructor(
    private readonly record: SimulatedRecord,
    private readonly matter: Matter,
  ) {
    this.ids = [matter.irritantId];
  }

  on(index: number): string {
    return this.ids[index] ?? '';
  }

  inStream(index: number): string {
    return `irritant-${this.on(index)}`;
  }

  /** Until there are so many. */
  async raise(count: number): Promise<void> {
    while (this.ids.length < count) {
      this.ids.push(
        await this.matter.begin(RU, 'irritants.RaiseIrritant', {
          raisers: ['RU'],
          respondents: ['US'],
          raisedBasis: 'stated',
          category: 'visas',
          title: { en: `Matter ${this.ids.length}` },
        }),
      );
    }
  }

  say(
    who: Principal,
    index: number,
    command: string,
    body: object = {},
    path: object = {},
  ): Promise<Document> {
    return this.matter.desk.do(who, `irritants.${command}`, this.on(index), body, path);
  }

  /** RU asserts it, and US accepts it by what the secretariat records. */
  async link(first: number, second: number, condition = 'together'): Promise<string> {
    const asserted = await this.say(RU, first, 'AssertLinkage', { irritantId: this.on(second), condition });
    const linkages = asserted['linkages'] as { direction: string; linkageId: string }[];
    const linkageId = linkages.findLast((one) => one.direction === 'outgoing')?.linkageId ?? '';
    await this.say(secretariat, first, 'AcceptLinkage', this.matter.inTheNameOf('US'), { linkageId });
    await this.record.settle();
    return linkageId;
  }

  async letRest(index: number): Promise<void> {
    await this.say(RU, index, 'ProposeDormancy');
    await this.say(secretariat, index, 'MakeIrritantDormant', this.matter.inTheNameOf('US'));
  }

  /** The stage of each, and whether its resolution waits for others. */
  async stages(): Promise<string[]> {
    await this.record.settle();
    const all = await Promise.all(this.ids.map((id) => this.matter.desk.read('irritants', id)));
    return all.map(({ stage, overlays }) =>
      (overlays as string[]).includes('conditional') ? `${String(stage)}, conditional` : String(stage),
    );
  }
}
