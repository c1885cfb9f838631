import type { Role } from '../platform/record/principal.js';

export interface DemonstrationPrincipal {
  readonly name: string;
  readonly party: string | null;
  readonly roles: readonly Role[];
}

/** One principal for every role, and for each party both of those that act for it. */
export const demonstrationPrincipals: readonly DemonstrationPrincipal[] = [
  { name: 'secretariat', party: null, roles: ['secretariat'] },
  { name: 'ru-registrar', party: 'RU', roles: ['registrar'] },
  { name: 'ru-negotiator', party: 'RU', roles: ['negotiator'] },
  { name: 'us-registrar', party: 'US', roles: ['registrar'] },
  { name: 'us-negotiator', party: 'US', roles: ['negotiator'] },
  { name: 'reader', party: null, roles: ['reader'] },
  { name: 'auditor', party: null, roles: ['auditor'] },
  { name: 'operator', party: null, roles: ['operator'] },
];

/** Those that act for the invented parties; the demonstration's own record knows nothing of them. */
export const syntheticPrincipals: readonly DemonstrationPrincipal[] = [
  { name: 'aldor-registrar', party: 'ALDOR', roles: ['registrar'] },
  { name: 'aldor-negotiator', party: 'ALDOR', roles: ['negotiator'] },
  { name: 'brevia-registrar', party: 'BREVIA', roles: ['registrar'] },
  { name: 'brevia-negotiator', party: 'BREVIA', roles: ['negotiator'] },
];
