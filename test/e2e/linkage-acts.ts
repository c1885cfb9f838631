import type { Answer, Api, Body, PrincipalName } from '../support/api.js';
import { raising } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

/** The representation of an irritant, as far as these specs read it. */
export interface LinkedView extends Body {
  readonly id: string;
  readonly key: string;
  readonly stage: string;
  readonly linkages: readonly (Body & { readonly linkageId: string })[];
  readonly awaiting: readonly Body[];
}

const absent = '01960b3a-0000-7000-8000-00000000ffff';
const text = { en: 'Neither is settled without the other.' };

/** Two irritants of one scene: the one that it has, on which linkages are asserted, and another one. */
export class Pair {
  private constructor(
    private readonly api: Api,
    readonly scene: Scene,
    readonly other: { readonly id: string; readonly key: string },
  ) {}

  static async raise(api: Api, scene: Scene): Promise<Pair> {
    const raised = await api.create<LinkedView>('/v1/irritants', raising(scene.dialogueId), 'ru-registrar');
    return new Pair(api, scene, raised.body);
  }

  get first(): string {
    return this.scene.irritantId;
  }

  act(as: PrincipalName, path: string, body: Body = {}, on = this.first): Promise<Answer<LinkedView>> {
    return this.api.act<LinkedView>(`/v1/irritants/${on}/${path}`, body, as);
  }

  async asserted(as: PrincipalName = 'ru-registrar', over: Body = {}): Promise<string> {
    const body = { irritantId: this.other.id, condition: 'together', text, ...over };
    return (await this.act(as, 'assert-linkage', body)).body.linkages.at(-1)?.linkageId ?? '';
  }

  /** Of the linkage asserted last. */
  async linkageId(): Promise<string> {
    return (await this.shown(this.first)).linkages.at(-1)?.linkageId ?? '';
  }

  async shown(id: string): Promise<LinkedView> {
    await this.api.settled();
    return (await this.api.get<LinkedView>(`/v1/irritants/${id}`)).body;
  }
}

/** Asserted by one side, rejected by the other, then accepted after all; one says that it ends, the other holds on. */
export async function everyLinkageAct(api: Api, scene: Scene): Promise<Pair> {
  const pair = await Pair.raise(api, scene);
  const linkageId = await pair.asserted();
  await pair.act('us-negotiator', `linkages/${linkageId}/reject`, { reason: text });
  await pair.act('us-negotiator', `linkages/${linkageId}/accept`);
  await pair.act('us-negotiator', `linkages/${linkageId}/release`, { reason: text });
  await pair.act('ru-negotiator', `linkages/${linkageId}/retain`, { reason: text });
  return pair;
}

/** For each refusal of the rules of linkages, an act that meets it. */
export function linkageRefusals(
  api: () => Api,
  scene: () => Scene,
): { readonly [code: string]: () => Promise<Answer> } {
  const pair = () => Pair.raise(api(), scene());
  return {
    LINKED_TO_ITSELF: async () => {
      const irritantId = scene().irritantId;
      return (await pair()).act('ru-registrar', 'assert-linkage', { irritantId, condition: 'package' });
    },
    LINKAGE_UNKNOWN: async () => (await pair()).act('us-negotiator', `linkages/${absent}/accept`),
    LINKAGES_TOO_MANY: async () => {
      const one = await pair();
      for (let count = 0; count < 100; count += 1) {
        await one.asserted('ru-registrar', { text: { en: `For reason ${count}.` } });
      }
      return one.act('ru-registrar', 'assert-linkage', { irritantId: one.other.id, condition: 'other' });
    },
    LINKAGE_ACCEPTED: async () => {
      const one = await everyLinkageAct(api(), scene());
      return one.act('us-negotiator', `linkages/${await one.linkageId()}/reject`);
    },
    LINKAGE_NOT_ACCEPTED: async () => {
      const one = await pair();
      return one.act('us-negotiator', `linkages/${await one.asserted()}/release`);
    },
    LINKAGE_ENDED: async () => {
      const one = await everyLinkageAct(api(), scene());
      const at = `linkages/${await one.linkageId()}`;
      await one.act('us-negotiator', `${at}/release`);
      await one.act('ru-negotiator', `${at}/release`);
      return one.act('us-negotiator', `${at}/accept`);
    },
    OWN_LINKAGE: async () => {
      const one = await pair();
      return one.act('ru-negotiator', `linkages/${await one.asserted()}/reject`);
    },
  };
}
