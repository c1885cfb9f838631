import { done, made } from '../support/acting.js';
import type { Body } from '../support/api.js';
import type { Case, Cases, Entry } from '../support/twice.js';
import { asRussiaSeesIt } from './asset-acts.js';

const RU = 'ru-negotiator';

/** On a new asset, after this act of RU on it. */
const after = (command?: string, body: Body = {}): Pick<Case, 'on'> => ({
  on: async ({ api, scene }) => {
    const asset = await made<Entry>(api, 'assets', RU, asRussiaSeesIt(scene));
    return command === undefined ? asset : done(api, `assets/${asset.id}/${command}`, RU, body);
  },
});
const requested = after('request-access', { purpose: 'inspection' });
const assessed = after('assess-damage', { amount: '1250000.50', currency: 'USD' });

export const assetCases: Cases = {
  RegisterAsset: { as: RU, again: 'recorded', other: 'recorded' },
  AssertOwnership: { ...after(), own: { holder: 'US' }, number: { holder: 'RU' } },
  RequestAccess: { ...after(), as: RU, number: { purpose: 'visit' } },
  GrantAccess: { ...requested, number: { until: '2026-12-31' } },
  DenyAccess: requested,
  RecordInspection: { ...after(), as: RU },
  AssessDamage: { ...after(), as: RU, number: { amount: '12' } },
  DisputeDamage: { ...assessed, number: { amount: '12' } },
  RecordReturn: { ...after(), as: RU, number: { to: 'US' }, numbered: 'recorded' },
};
