import { negotiators, otherSide } from '../support/sides.js';
import type { Side } from '../support/sides.js';
import type { Answer, Api, Body, PrincipalName } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

export interface Matter extends Body {
  readonly id: string;
  readonly key: string;
  readonly stage: string;
  readonly overlays: readonly string[];
  readonly resolutions: readonly { readonly resolutionId: string; readonly termsHash: string }[];
  readonly linkages: readonly { readonly direction: string; readonly linkageId: string }[];
}

type Condition = 'together' | 'package' | 'precedes' | 'other';

const text = { en: 'Neither is settled without the other.' };

/** Matters of one dialogue that both have joined, linked and resolved over HTTP. */
export class LinkedMatters {
  private constructor(
    private readonly api: Api,
    readonly scene: Scene,
    readonly ids: readonly string[],
  ) {}

  static async raise(api: Api, count: number): Promise<LinkedMatters> {
    const scene = await setScene(api);
    const ids = [scene.irritantId];
    while (ids.length < count) {
      const { body } = await api.create<Matter>('/v1/irritants', raising(scene.dialogueId), 'ru-registrar');
      ids.push(body.id);
    }
    return new LinkedMatters(api, scene, ids);
  }

  id(index: number): string {
    return this.ids[index] ?? '';
  }

  try(side: Side | PrincipalName, index: number, path: string, body: Body = {}): Promise<Answer<Matter>> {
    const as = side === 'RU' || side === 'US' ? negotiators[side] : side;
    return this.api.act<Matter>(`/v1/irritants/${this.id(index)}/${path}`, body, as);
  }

  async act(side: Side, index: number, path: string, body: Body = {}): Promise<Matter> {
    const answer = await this.try(side, index, path, body);
    if (answer.status !== 200) throw new Error(`${path} was refused: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Asserted on the first by RU, and accepted by the US. */
  async link(first: number, second: number, condition: Condition): Promise<string> {
    const body = { irritantId: this.id(second), condition, text };
    const { linkages } = await this.act('RU', first, 'assert-linkage', body);
    const linkageId = linkages.findLast((one) => one.direction === 'outgoing')?.linkageId ?? '';
    await this.act('US', first, `linkages/${linkageId}/accept`);
    await this.api.settled();
    return linkageId;
  }

  async propose(index: number, side: Side = 'RU'): Promise<Body> {
    const { resolutions } = await this.act(side, index, 'propose-resolution', { terms: text });
    const { resolutionId, termsHash } = resolutions.at(-1) ?? {};
    return { resolutionId, termsHash };
  }

  /** Proposed by one side, and accepted by the other. */
  async accept(index: number, side: Side = 'US'): Promise<Matter> {
    return this.act(side, index, 'accept-resolution', await this.propose(index, otherSide[side]));
  }

  async shown(index: number): Promise<Matter> {
    await this.api.settled();
    return (await this.api.get<Matter>(`/v1/irritants/${this.id(index)}`)).body;
  }

  async stages(): Promise<readonly string[]> {
    const all: string[] = [];
    for (const [index] of this.ids.entries()) {
      const { stage, overlays } = await this.shown(index);
      all.push(overlays.includes('conditional') ? `${stage}, conditional` : stage);
    }
    return all;
  }

  async types(index: number): Promise<readonly string[]> {
    await this.api.settled();
    return this.api.types('irritants', this.id(index));
  }

  async lastId(index: number, type: string): Promise<string> {
    const events = await this.api.server.record.streams.events(`irritant-${this.id(index)}`);
    return events.findLast((one) => one.type === type)?.id ?? '';
  }
}
