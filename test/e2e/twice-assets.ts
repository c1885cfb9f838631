import type { Body, PrincipalName } from '../support/api.js';
import { words } from '../support/twice.js';
import type { Asked, Case, Cases } from '../support/twice.js';
import { Property, asRussiaSeesIt } from './asset-acts.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
const reason = { reason: words };
const asked = (path: string, as: PrincipalName, body: Body = {}): Asked => ({ path, as, body });

type AskOfIt = (property: Property, at: string) => Asked | Promise<Asked>;
const onAsset = (ask: AskOfIt): Pick<Case, 'ready'> => ({
  ready: async ({ api, scene }) => {
    const property = await Property.register(api, scene);
    return ask(property, `assets/${property.id}`);
  },
});
const assessed = { amount: '1250000.50', currency: 'USD' };

export const assetCases: Cases = {
  RegisterAsset: {
    ready: ({ scene }) => Promise.resolve(asked('assets', RU, asRussiaSeesIt(scene, { name: words }))),
    again: 'recorded',
    other: 'recorded',
  },
  AssertOwnership: {
    ...onAsset(({ scene }, at) => {
      const { dialogueId: _, ...body } = asRussiaSeesIt(scene, { name: words });
      return asked(`${at}/assert-ownership`, US, body);
    }),
    number: { holder: 'RU' },
  },
  RequestAccess: {
    ...onAsset((_, at) => asked(`${at}/request-access`, RU, { purpose: 'inspection', text: words })),
    number: { purpose: 'visit' },
  },
  GrantAccess: {
    ...onAsset(async (one, at) =>
      asked(`${at}/access/${await one.requested()}/grant`, US, { until: '2025-12-31', conditions: words }),
    ),
    number: { until: '2026-12-31' },
  },
  DenyAccess: onAsset(async (one, at) => asked(`${at}/access/${await one.requested()}/deny`, US, reason)),
  RecordInspection: onAsset((_, at) => asked(`${at}/record-inspection`, RU, { findings: words })),
  AssessDamage: {
    ...onAsset((_, at) => asked(`${at}/assess-damage`, RU, { ...assessed, text: words })),
    number: { amount: '12' },
  },
  DisputeDamage: {
    ...onAsset(async (one, at) =>
      asked(`${at}/damage/${await one.assessed()}/dispute`, US, { ...assessed, ...reason }),
    ),
    number: { amount: '12' },
  },
  RecordReturn: {
    ...onAsset((_, at) => asked(`${at}/record-return`, US, { to: 'RU', protocol: words })),
    number: { to: 'US' },
    numbered: 'recorded',
  },
};
