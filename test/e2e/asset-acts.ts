import type { Answer, Api, Body, PrincipalName } from '../support/api.js';
import { openTalks, raising } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';

/** The representation of an asset, as far as these specs read it. */
export interface AssetView extends Body {
  readonly id: string;
  readonly status: string;
  readonly accesses: readonly (Body & { readonly accessId: string; readonly state: string })[];
  readonly inspections: readonly (Body & { readonly inspectionId: string })[];
  readonly damages: readonly (Body & { readonly damageId: string })[];
  readonly awaiting: readonly Body[];
}

const text = { en: 'Words.' };
const absent = '01960b3a-0000-7000-8000-00000000ffff';

export const asRussiaSeesIt = (scene: Scene, over: Body = {}): Body => ({
  dialogueId: scene.dialogueId,
  irritantIds: [scene.irritantId],
  owner: 'RU',
  tenure: 'owned',
  holder: 'US',
  name: { en: 'Property 1' },
  ...over,
});

/** One property of a scene, held by the United States as Russia says, and the acts of both sides on it. */
export class Property {
  private constructor(
    private readonly api: Api,
    readonly scene: Scene,
    readonly id: string,
  ) {}

  static async register(api: Api, scene: Scene): Promise<Property> {
    const { body } = await api.create<AssetView>('/v1/assets', asRussiaSeesIt(scene), 'ru-registrar');
    return new Property(api, scene, body.id);
  }

  act(as: PrincipalName, path: string, body: Body = {}): Promise<Answer<AssetView>> {
    return this.api.act<AssetView>(`/v1/assets/${this.id}/${path}`, body, as);
  }

  async shown(): Promise<AssetView> {
    return (await this.api.get<AssetView>(`/v1/assets/${this.id}`)).body;
  }

  async requested(): Promise<string> {
    const { body } = await this.act('ru-registrar', 'request-access', {
      purpose: 'inspection',
      text,
    });
    return body.accesses.at(-1)?.accessId ?? '';
  }

  async assessed(): Promise<string> {
    const money = { amount: '1250000.50', currency: 'USD' };
    const { body } = await this.act('ru-registrar', 'assess-damage', { ...money, text });
    return body.damages.at(-1)?.damageId ?? '';
  }

  async returned(): Promise<void> {
    await this.act('us-negotiator', 'record-return', { to: 'RU' });
    await this.act('ru-negotiator', 'record-return', { to: 'RU', protocol: text });
  }
}

/** Every act on an asset once, so that every type of event is recorded. */
export async function everyAssetAct(api: Api, scene: Scene): Promise<Property> {
  const property = await Property.register(api, scene);
  const accessId = await property.requested();
  await property.act('us-negotiator', `access/${accessId}/deny`, { reason: text });
  await property.act('us-negotiator', `access/${accessId}/grant`, { until: '2026-12-31' });
  await property.act('ru-registrar', 'record-inspection', { accessId, findings: text });
  const damageId = await property.assessed();
  await property.act('us-registrar', `damage/${damageId}/dispute`, { reason: text });
  await property.returned();
  return property;
}

type Met = (property: Property) => Promise<Answer>;

const met: { readonly [code: string]: Met } = {
  HOLDER_ASKS_ITSELF: (one) => one.act('us-registrar', 'request-access', { purpose: 'visit' }),
  ACCESS_UNKNOWN: (one) => one.act('us-negotiator', `access/${absent}/grant`),
  OWN_REQUEST: async (one) => one.act('ru-negotiator', `access/${await one.requested()}/grant`),
  ACCESS_NOT_GRANTED: async (one) =>
    one.act('ru-registrar', 'record-inspection', { accessId: await one.requested(), findings: text }),
  INSPECTION_UNKNOWN: (one) =>
    one.act('ru-registrar', 'assess-damage', { amount: '1', currency: 'USD', inspectionId: absent }),
  DAMAGE_UNKNOWN: (one) => one.act('us-registrar', `damage/${absent}/dispute`),
  OWN_ASSESSMENT: async (one) => one.act('ru-registrar', `damage/${await one.assessed()}/dispute`),
  AMOUNT_WITHOUT_CURRENCY: async (one) =>
    one.act('us-registrar', `damage/${await one.assessed()}/dispute`, { amount: '1' }),
  ASSET_RETURNED: async (one) => {
    await one.returned();
    return one.act('ru-registrar', 'request-access', { purpose: 'visit' });
  },
};

/** US has endorsed its denial; then somebody records in its name that it grants the access. */
async function grantedAgainstItsOwnWord(api: Api): Promise<Answer> {
  const talks = await openTalks(api);
  const forUs = inTheNameOf('US', talks.sources.US);
  const forRu = inTheNameOf('RU', talks.sources.RU);
  const raised = { ...raising(talks.dialogueId), ...forRu };
  const irritant = await api.create<AssetView>('/v1/irritants', raised);
  const seen = asRussiaSeesIt({ ...talks, irritantId: irritant.body.id, key: '' }, forRu);
  const { id } = (await api.create<AssetView>('/v1/assets', seen)).body;
  const at = `/v1/assets/${id}`;
  const asked = await api.act<AssetView>(`${at}/request-access`, { purpose: 'visit', ...forRu });
  const access = `${at}/access/${asked.body.accesses[0]?.accessId}`;
  await api.act(`${access}/deny`, { reason: text, ...forUs });
  const target = (await api.server.record.streams.events(`asset-${id}`)).at(-1)?.id;
  await api.act(`${at}/endorse`, { target }, 'us-negotiator');
  return api.act(`${access}/grant`, forUs);
}

/** For each refusal of the slice, an act that meets it. */
export function assetRefusals(
  api: () => Api,
  scene: () => Scene,
): { readonly [code: string]: () => Promise<Answer> } {
  const others = Object.fromEntries(
    Object.entries(met).map(([code, meet]) => [
      code,
      async () => meet(await Property.register(api(), scene())),
    ]),
  );
  return { ...others, OWN_WORD_STANDS: () => grantedAgainstItsOwnWord(api()) };
}
