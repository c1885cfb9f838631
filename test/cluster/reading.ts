import { demonstrationPrincipals } from '../../src/demo/principals.js';
import { mayCall } from '../../src/platform/record/principal.js';
import type { RightsRow } from '../../src/platform/record/principal.js';
import { addressOf } from '../authorisation/addressing.js';
import type { Ground } from '../authorisation/ground.js';
import { operations } from '../authorisation/operations.js';
import type { Described } from '../authorisation/operations.js';
import type { Answer, Api, PrincipalName } from '../support/api.js';

/** Reads that are no part of the record, or of what the store alone holds. */
const apart = new Set([
  'livez',
  'readyz',
  'metrics',
  'getSourceBytes',
  'getImport',
  'listImportFaults',
  'getWebhook',
  'listDeliveries',
]);

function isOpen(row: RightsRow | undefined): boolean {
  return row !== undefined && 'open' in row;
}

/** Who may ask for it. */
export function whoFor({ operationId, row }: Described): PrincipalName {
  const found = ['reader', 'auditor', 'operator', 'ru-negotiator']
    .flatMap((name) => demonstrationPrincipals.filter((one) => one.name === name))
    .find((one) => row !== undefined && mayCall({ id: '', ...one }, row));
  if (found === undefined) throw new Error(`Nobody may ask for ${operationId}.`);
  // A book is for its own side, a secretariat or an auditor.
  return operationId === 'getBrief' ? 'auditor' : found.name;
}

/** A question, as somebody would ask it. */
export interface Question {
  readonly path: string;
  readonly as: PrincipalName | 'nobody';
  readonly cookie?: true;
}

function requiredIn({ parameters }: Described): string {
  const required = parameters.filter((one) => one.in === 'query' && one.required);
  return required.map(({ name, example = 'r0' }) => `${name}=${name === 'q' ? 'six' : example}`).join('&');
}

/** Every read of the record that the published document names, plain and, where it takes that, as of a moment; and the pages. */
export function questions(ground: Ground, instant: string): readonly Question[] {
  const reads = operations.filter(
    ({ method, operationId, row }) => method === 'get' && !isOpen(row) && !apart.has(operationId),
  );
  const asked = reads.flatMap((operation): Question[] => {
    const path = addressOf(operation, ground, 'US');
    const asOf = operation.parameters.some((one) => one.name === 'knownAt') ? [`knownAt=${instant}`] : [];
    return ['', ...asOf].map((one) => {
      const query = [requiredIn(operation), one];
      return { path: `${path}?${query.filter((part) => part !== '').join('&')}`, as: whoFor(operation) };
    });
  });
  const byKey: Question[] = [{ path: `/v1/irritants/${ground.key}`, as: 'us-registrar' }];
  const pages = [
    '/',
    `/irritants/${ground.irritantId}`,
    `/irritants/${ground.key}?knownAt=${instant}`,
    `/rounds/${ground.roundId}`,
    `/dialogues/${ground.dialogueId}/brief?for=US`,
    '/search?q=six',
  ].map((path): Question => ({ path, as: 'nobody', cookie: true }));
  return [...asked, ...byKey, ...pages];
}

/** Pages are read by the cookie of an auditor, or of whose key is given. */
export function asks(
  api: Api,
  { path, as, cookie }: Question,
  key = api.keys['auditor'],
): Promise<Answer<unknown>> {
  const headers = cookie === true ? { Cookie: api.cookieFor(key!) } : {};
  return api.ask<unknown>('GET', path, { as, headers });
}
