import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationPrincipals } from '../../src/demo/principals.js';
import type { DemonstrationPrincipal } from '../../src/demo/principals.js';
import { actsOf } from '../../src/platform/commands.controller.js';
import type { Role } from '../../src/platform/principal.js';
import { policyTable } from '../../src/policy-table.js';
import { slices } from '../../src/slices.js';
import { routesOfServer } from '../description/routes.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { actingSide, askFor } from './asking.js';
import type { Manner } from './asking.js';
import { layGround } from './ground.js';
import type { Ground } from './ground.js';
import { operations } from './operations.js';
import type { Described } from './operations.js';

const acts = slices.filter((slice) => Object.keys(slice.commands).length > 0).flatMap(actsOf);
const manners = ['own word', 'in the name of another'] as const;

let api: Api;
/** For what changes nothing; each act gets ground of its own, so that none decides what the next one meets. */
let shared: Ground;

beforeAll(async () => {
  api = await Api.start();
  shared = await layGround(api);
});
afterAll(() => api.stop());

type Expected = 'unauthenticated' | 'forbidden' | 'party-required' | 'allowed';

function holds({ roles }: DemonstrationPrincipal, allowed: readonly Role[]): boolean {
  return roles.some((one) => allowed.includes(one));
}

/** What the policy table makes of it, read here once more and independently of the guard. */
function expected(
  { row, operationId }: Described,
  by: DemonstrationPrincipal | undefined,
  manner: Manner,
): Expected {
  if (row === undefined) throw new Error(`${operationId} has no row.`);
  if ('open' in row) return 'allowed';
  if (by === undefined) return 'unauthenticated';
  if ('roles' in row) return holds(by, row.roles) ? 'allowed' : 'forbidden';
  if (manner === 'in the name of another') return holds(by, row.attributed) ? 'allowed' : 'forbidden';
  if (by.party !== null) return holds(by, row.direct) ? 'allowed' : 'forbidden';
  // Whoever acts for no party has no word of its own: it must say whose act it records, if it may record any.
  return holds(by, row.attributed) ? 'party-required' : 'forbidden';
}

/** Codes of a request that was let in but never reached a rule: the request of this spec would be at fault. */
const notReached = /^(reference-|party-unknown|source-|not-a-party)/;

function outcome({ status, body }: Answer, { slice, path }: Described): string {
  const code = (body as { code?: string } | null)?.code ?? '';
  if (status < 300) return 'allowed';
  if (status === 409 && !notReached.test(code)) return 'allowed';
  const isEmptySlice = slices.some((one) => one.name === slice && Object.keys(one.commands).length === 0);
  if (status === 404 && isEmptySlice && path.includes('{id}')) return 'allowed';
  return code === '' ? String(status) : code;
}

/**
 * An account names its party, so that whoever records from it needs to name none. Its source carries what is recorded
 * from it, but not that it is replaced: that needs a source of its own.
 */
const speakForThemselves: { readonly [operationId: string]: string } = {
  nameDelegate: 'allowed',
  recordAccountPoint: 'allowed',
  supersedeAccount: 'source-required',
};

const accepted = new Set<string>();

async function capacityOf(operation: Described, { body }: Answer): Promise<string> {
  const slice = slices.find((one) => one.name === operation.slice)!;
  const events = await api.server.record.world.events(`${slice.prefix}-${String(body['id'])}`);
  const { capacity, party, recordedBy } = events.findLast((one) => one.act.capacity !== 'derived')!.act;
  const keys = await api.server.record.credentials.list();
  return `${capacity} of ${party} by ${keys.find((one) => one.principalId === recordedBy)?.name}`;
}

function expectedCapacity(operation: Described, by: DemonstrationPrincipal, manner: Manner): string {
  const standing = acts.find((one) => one.operationId === operation.operationId)!.declaration.standing;
  if (standing === 'record-keeping') return `direct of ${by.party} by ${by.name}`;
  if (standing === 'commentary') return `attributed of null by ${by.name}`;
  const side = actingSide(by, manner);
  return `${side === by.party ? 'direct' : 'attributed'} of ${side} by ${by.name}`;
}

/** Every way in which the principals are answered otherwise than the table says. */
async function differences(operation: Described): Promise<string[]> {
  const changes = acts.some((one) => one.operationId === operation.operationId);
  const ground = changes ? await layGround(api) : shared;
  const isAct = operation.row !== undefined && 'direct' in operation.row;
  const found: string[] = [];
  for (const by of [undefined, ...demonstrationPrincipals]) {
    for (const manner of isAct ? manners : manners.slice(0, 1)) {
      const said = `${by?.name ?? 'nobody'}, ${manner}`;
      const { answer, recorded } = await askFor(api, ground, operation, by, manner);
      const wanted = expected(operation, by, manner);
      const spared = wanted === 'party-required' ? speakForThemselves[operation.operationId] : undefined;
      const got = outcome(answer, operation);
      if (got !== (spared ?? wanted)) found.push(`${said}: ${got} instead of ${wanted}`);
      if (answer.status >= 400 && recorded) found.push(`${said}: ${answer.status}, and yet it recorded`);
      if (by === undefined || !recorded || !acts.some((one) => one.operationId === operation.operationId))
        continue;
      accepted.add(`${operation.operationId}, ${isAct ? manner : 'own word'}`);
      const capacity = await capacityOf(operation, answer);
      const wantedCapacity = expectedCapacity(operation, by, manner);
      if (capacity !== wantedCapacity)
        found.push(`${said}: recorded as ${capacity} instead of ${wantedCapacity}`);
    }
  }
  return found;
}

describe('Every operation', () => {
  it.each(operations.map((one) => [one.operationId, one] as const))(
    '%s answers nobody and each principal as the policy table says, and a refusal records nothing',
    async (_, operation) => {
      expect(await differences(operation)).toEqual([]);
    },
  );

  it('that acts was mostly recorded above, so the answers are not refusals for another reason', () => {
    const wanted = acts.flatMap(({ operationId }) => {
      const row = policyTable[operationId as keyof typeof policyTable];
      const hasBoth = 'attributed' in row && row.attributed.length > 0;
      return manners.slice(0, hasBoth ? 2 : 1).map((manner) => `${operationId}, ${manner}`);
    });
    // The others are refused by the stage that the ground is in, which is decided after who may act.
    expect(wanted.filter((one) => accepted.has(one)).length).toBeGreaterThan((wanted.length * 2) / 3);
  });
});

describe('The policy table', () => {
  it('has a row for every operation of the document', () => {
    expect(operations.filter((one) => one.row === undefined).map((one) => one.operationId)).toEqual([]);
  });

  it('has no row without an operation: the rest are pages, which the server has outside of the interface', () => {
    const documented = new Set(operations.map((one) => one.operationId));
    const pages = new Map(routesOfServer().map((one) => [one.operationId, one.path]));
    const others = Object.keys(policyTable).filter((one) => !documented.has(one));
    expect(others.filter((one) => pages.get(one)?.startsWith('/v1') !== false)).toEqual([]);
  });

  const keepers = ['registrar', 'negotiator', 'secretariat'];
  const rows: Readonly<Record<string, object>> = {
    statement: { direct: ['registrar', 'negotiator'], attributed: keepers },
    binding: { direct: ['negotiator'], attributed: keepers },
    'own-word': { direct: ['negotiator'], attributed: [] },
    commentary: { roles: keepers },
  };

  it.each(acts.map((one) => [one.operationId, one.declaration.standing] as const))(
    'gives %s the row that its weight asks for (%s)',
    (operationId, standing) => {
      const row = policyTable[operationId as keyof typeof policyTable];
      if (standing !== 'record-keeping') return expect(row).toEqual(rows[standing]);
      // What is asked to be erased concerns the sides themselves, so registrars don't ask for it.
      const roles = operationId.startsWith('requestErasure') ? ['negotiator', 'secretariat'] : keepers;
      expect(row).toEqual({ roles });
    },
  );

  it('lets the secretariat say nothing directly, and readers, auditors and operators record nothing', () => {
    const directly = acts.flatMap(({ operationId }) => {
      const row = policyTable[operationId as keyof typeof policyTable];
      return 'direct' in row ? row.direct : [];
    });
    expect(new Set(directly)).toEqual(new Set(['registrar', 'negotiator']));
  });
});
