import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationPrincipals } from '../../src/demo/principals.js';
import type { DemonstrationPrincipal } from '../../src/demo/principals.js';
import { commandRoutesOf } from '../../src/platform/commands/command-route.js';
import type { Role } from '../../src/platform/record/principal.js';
import { rights } from '../../src/rights.js';
import { slices } from '../../src/slices.js';
import { servedRoutes } from '../../src/cli/served-routes.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { actingSide, askFor } from './asking.js';
import type { Manner } from './asking.js';
import { layGround } from './ground.js';
import type { Ground, Keeping } from './ground.js';
import { operations } from './operations.js';
import type { Described } from './operations.js';

const manners = ['own word', 'in the name of another'] as const;

let api: Api;
let keysThen: ReturnType<Api['server']['record']['credentials']['list']> | undefined;
/** For what changes nothing; each act that can be recorded gets ground of its own, so that none decides for the next. */
const shared = new Map<Keeping, Promise<Ground>>();

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

const acts = slices.filter((slice) => Object.keys(slice.commands).length > 0).flatMap(commandRoutesOf);
const declarations = new Map(acts.map((one) => [one.operationId, one.declaration] as const));

type Expected =
  | 'allowed'
  | 'unauthenticated'
  | 'forbidden'
  | 'party-required'
  | 'not-joined'
  | 'party-speaks-for-itself'
  | 'kept-by-a-secretariat'
  | 'not-a-party-here'
  | 'not-found'
  | 'reference-unknown'
  | 'epoch-changed'
  | 'validation-failed';

/** One way to ask for an act: where, how, by whom of those that the policy table lets in, and with which answer. */
interface Case {
  readonly keeping: Keeping;
  readonly manner: Manner;
  /** Nothing is recorded there, or nothing that another operation would miss: one ground does for all of them. */
  readonly isShared?: true;
  readonly by: (one: DemonstrationPrincipal) => boolean;
  readonly answer: (operation: Described, by: DemonstrationPrincipal) => Expected;
}

const isOfParty = ({ party }: DemonstrationPrincipal) => party !== null;
const isAny = () => true;

/** Whoever records for neither side has no word of its own: it must say whose act it records. */
function ownWord({ row }: Described, by: DemonstrationPrincipal): Expected {
  if (row === undefined || !('direct' in row)) return 'allowed';
  if (by.party === null) return 'party-required';
  return holds(by, row.direct) ? 'allowed' : 'forbidden';
}

/** Of the dialogues of others a party is not told that they are there, but by what anybody is told. */
function unseen({ path, slice, row }: Described, { party }: DemonstrationPrincipal): Expected {
  if (party === null || (row !== undefined && 'open' in row) || !slices.some((one) => one.name === slice))
    return 'allowed';
  if (path.includes('{id}')) return 'not-found';
  return 'reference-unknown';
}

const toldToNobodyHere = [
  'approveKey',
  'getImport',
  'cancelImport',
  'listImportFaults',
  'grantDialogue',
  'withdrawDialogue',
  'endWatch',
];

/** What is read there: a list of another party's dialogues is empty, and a book is for its own side. */
function read(operation: Described, by: DemonstrationPrincipal): Expected {
  if (operation.operationId === 'getBrief' && by.name === 'reader') return 'forbidden';
  // The key of this ground is of no party, so no negotiator is told of it; nor has it a webhook of anybody, and nobody here has
  // sent the import.
  if (operation.path.startsWith('/v1/webhooks/{id}')) return 'not-found';
  // The moment of the example is of no record.
  if (operation.operationId === 'lookAtDigest') return 'epoch-changed';
  return toldToNobodyHere.includes(operation.operationId) ? 'not-found' : 'allowed';
}

const isOwnWordOnly = ({ operationId }: Described) => declarations.get(operationId)?.weight === 'own-word';
const isBeforeJoining = ({ operationId }: Described) => declarations.get(operationId)?.beforeJoining === true;

/** Acts of a party, and the other acts, which have nobody's name in them. */
const partyActs: readonly Case[] = [
  { keeping: 'both', manner: 'own word', by: isAny, answer: ownWord },
  {
    keeping: 'both',
    manner: 'in the name of another',
    isShared: true,
    by: isAny,
    answer: () => 'party-speaks-for-itself',
  },
  {
    keeping: 'secretariat',
    manner: 'in the name of another',
    by: ({ party }) => party === null,
    answer: () => 'allowed',
  },
  {
    keeping: 'secretariat',
    manner: 'in the name of another',
    isShared: true,
    by: isOfParty,
    answer: (one) => (isBeforeJoining(one) ? 'forbidden' : 'not-joined'),
  },
  {
    keeping: 'secretariat and RU',
    manner: 'in the name of another',
    isShared: true,
    by: ({ party }) => party === 'RU',
    answer: (one) => (isOwnWordOnly(one) ? 'forbidden' : 'kept-by-a-secretariat'),
  },
  {
    keeping: 'RU alone',
    manner: 'in the name of another',
    isShared: true,
    by: ({ party }) => party === 'RU',
    answer: (one) => (isOwnWordOnly(one) ? 'forbidden' : 'allowed'),
  },
];

/** What no side that stands outside can do, whatever its roles, and what needs joining first. */
const outsiders: readonly Case[] = [
  {
    keeping: 'secretariat',
    manner: 'own word',
    isShared: true,
    by: isOfParty,
    answer: () => 'not-joined',
  },
  {
    keeping: 'others',
    manner: 'own word',
    isShared: true,
    by: isOfParty,
    answer: unseen,
  },
];

/** What a party's people do before it has joined: nothing that binds it but this. */
const beforeJoining: Case = { keeping: 'secretariat', manner: 'own word', by: isOfParty, answer: ownWord };

/** Bytes are nobody's word; and where no dialogue is there yet, whoever opens one for its party joins it. */
const special: { readonly [operationId: string]: readonly Case[] } = {
  uploadSourceBytes: [
    { keeping: 'both', manner: 'own word', by: isAny, answer: () => 'allowed' },
    { keeping: 'secretariat', manner: 'own word', isShared: true, by: isOfParty, answer: () => 'not-joined' },
    { keeping: 'others', manner: 'own word', isShared: true, by: isAny, answer: unseen },
  ],
  importFile: [
    { keeping: 'both', manner: 'own word', isShared: true, by: isAny, answer: () => 'allowed' },
    { keeping: 'secretariat', manner: 'own word', isShared: true, by: isOfParty, answer: () => 'not-joined' },
    { keeping: 'others', manner: 'own word', isShared: true, by: isOfParty, answer: () => 'not-found' },
  ],
  // A party is followed in the dialogues that one sees.
  beginWatch: [
    { keeping: 'both', manner: 'own word', isShared: true, by: isAny, answer: () => 'allowed' },
    {
      keeping: 'others',
      manner: 'own word',
      isShared: true,
      by: isAny,
      answer: (_, { party }) => (party === null ? 'allowed' : 'validation-failed'),
    },
  ],
  openDialogue: [
    { keeping: 'both', manner: 'own word', by: isAny, answer: () => 'allowed' },
    {
      keeping: 'others',
      manner: 'own word',
      isShared: true,
      by: isOfParty,
      answer: () => 'not-a-party-here',
    },
  ],
};

function casesOf(operation: Described): readonly Case[] {
  const { operationId, row } = operation;
  const isAct = declarations.has(operationId);
  if (!isAct && special[operationId] === undefined) {
    const reading = { manner: 'own word', isShared: true, by: isAny } as const;
    const elsewhere = (one: Described, by: DemonstrationPrincipal) => {
      const answer = read(one, by);
      return answer === 'allowed' && one.path.includes('{id}') ? unseen(one, by) : answer;
    };
    return [
      { ...reading, keeping: 'both', answer: read },
      { ...reading, keeping: 'others', answer: elsewhere },
    ];
  }
  const cases = special[operationId];
  if (cases !== undefined) return cases;
  const own: Case = { keeping: 'both', manner: 'own word', by: isAny, answer: ownWord };
  const kept: Case = {
    keeping: 'secretariat',
    manner: 'own word',
    isShared: true,
    by: ({ party }) => party === null,
    answer: ownWord,
  };
  const isOfAParty = row !== undefined && 'direct' in row;
  const [unjoined, ...strangers] = outsiders;
  return [
    ...(isOfAParty ? partyActs : [own, kept]),
    isBeforeJoining(operation) ? beforeJoining : unjoined!,
    ...strangers,
  ];
}

function holds({ roles }: DemonstrationPrincipal, allowed: readonly Role[]): boolean {
  return roles.some((one) => allowed.includes(one));
}

/** What the policy table makes of it, read here once more and independently of the guard. */
function isLetIn({ row, operationId }: Described, by: DemonstrationPrincipal | undefined): true | Expected {
  if (row === undefined) throw new Error(`${operationId} has no row.`);
  if ('open' in row) return true;
  if (by === undefined) return 'unauthenticated';
  const isLet =
    'roles' in row
      ? holds(by, row.roles)
      : holds(by, row.attributed) || (by.party !== null && holds(by, row.direct));
  return isLet || 'forbidden';
}

/** Codes of a request that was let in but never reached a rule: the request of this spec would be at fault. */
const notReached = /^(reference-|party-|source-|not-a-party|not-joined|kept-by|wording-)/;

function outcome({ status, body }: Answer, { slice, path }: Described): string {
  const code = (body as { code?: string } | null)?.code ?? '';
  if (status < 300) return 'allowed';
  if (status === 409 && !notReached.test(code)) return 'allowed';
  const isEmptySlice = slices.some((one) => one.name === slice && Object.keys(one.commands).length === 0);
  if (status === 404 && isEmptySlice && path.includes('{id}')) return 'allowed';
  return code === '' ? String(status) : code;
}

/**
 * An account names its party, so that whoever records from it needs to name none; but that party has joined, and only
 * it does so.
 */
const speakForThemselves: { readonly [operationId: string]: string } = {
  nameDelegate: 'party-speaks-for-itself',
  recordAccountPoint: 'party-speaks-for-itself',
  supersedeAccount: 'party-speaks-for-itself',
};

const accepted = new Set<string>();

async function capacityOf(operation: Described, { body }: Answer): Promise<string> {
  const slice = slices.find((one) => one.name === operation.slice)!;
  const events = await api.server.record.streams.events(`${slice.prefix}-${String(body['id'])}`);
  const { capacity, party, recordedBy } = events.findLast((one) => one.act.capacity !== 'derived')!.act;
  // The keys of the principals were there before any act.
  keysThen ??= api.server.record.credentials.list();
  const keys = await keysThen;
  return `${capacity} of ${party} by ${keys.find((one) => one.principalId === recordedBy)?.name}`;
}

function expectedCapacity(operation: Described, by: DemonstrationPrincipal, manner: Manner): string {
  const { weight } = declarations.get(operation.operationId)!;
  if (weight === 'record-keeping') return `direct of ${by.party} by ${by.name}`;
  if (weight === 'commentary') return `attributed of null by ${by.name}`;
  const side = actingSide(by, manner);
  return `${side === by.party ? 'direct' : 'attributed'} of ${side} by ${by.name}`;
}

function groundOf(operation: Described, { keeping, isShared }: Case): Promise<Ground> {
  const withAttributed = /^(endorse|disavow)Attribution/.test(operation.operationId);
  const there = shared.get(keeping);
  if (isShared !== true || there === undefined) {
    const laid = layGround(api, keeping, isShared === true ? {} : { withAttributed, only: operation.slice });
    if (isShared === true) shared.set(keeping, laid);
    return laid;
  }
  return there;
}

/** Every way in which a principal is answered otherwise than the rules say. */
async function differencesFor(
  operation: Described,
  ground: Ground,
  { keeping, manner, answer: answerTo }: Case,
  by: DemonstrationPrincipal | undefined,
): Promise<string[]> {
  const found: string[] = [];
  const said = `${by?.name ?? 'nobody'}, ${manner}, ${keeping}`;
  const { answer, recorded } = await askFor(api, ground, operation, by, manner);
  const entry = isLetIn(operation, by);
  const ruled = entry !== true ? entry : by === undefined ? 'allowed' : answerTo(operation, by);
  const spared = ruled === 'party-required' ? speakForThemselves[operation.operationId] : undefined;
  const got = outcome(answer, operation);
  if (got !== (spared ?? ruled)) found.push(`${said}: ${got} instead of ${spared ?? ruled}`);
  if (answer.status >= 400 && recorded) found.push(`${said}: ${answer.status}, and yet it recorded`);
  if (by === undefined || !recorded || !declarations.has(operation.operationId)) return found;
  accepted.add(`${operation.operationId}, ${manner}`);
  const capacity = await capacityOf(operation, answer);
  const wanted = expectedCapacity(operation, by, manner);
  return capacity === wanted ? found : [...found, `${said}: recorded as ${capacity} instead of ${wanted}`];
}

async function differences(operation: Described): Promise<string[]> {
  const found: string[] = [];
  for (const one of casesOf(operation)) {
    const ground = await groundOf(operation, one);
    for (const by of [undefined, ...demonstrationPrincipals.filter(one.by)])
      found.push(...(await differencesFor(operation, ground, one, by)));
  }
  return found;
}

/** What reads first: it costs what the record holds, which the acts make longer. */
const readsFirst = operations.toSorted(
  (one, other) => Number(declarations.has(one.operationId)) - Number(declarations.has(other.operationId)),
);

describe('Every operation', () => {
  it.each(readsFirst.map((one) => [one.operationId, one] as const))(
    '%s answers nobody and each principal as the policy table and the rules of joining say, and a refusal records nothing',
    async (_, operation) => {
      expect(await differences(operation)).toEqual([]);
    },
  );

  it('that acts was mostly recorded above, so the answers are not refusals for another reason', () => {
    const wanted = acts.flatMap(({ operationId }) => {
      const row = rights[operationId] ?? { roles: [] };
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
    const pages = new Map(servedRoutes().map((one) => [one.operationId, one.path]));
    const others = Object.keys(rights).filter((one) => !documented.has(one));
    expect(others.filter((one) => pages.get(one)?.startsWith('/v1') !== false)).toEqual([]);
  });

  it('lets the secretariat say nothing directly, and readers, auditors and operators record nothing', () => {
    const directly = acts.flatMap(({ operationId }) => {
      const row = rights[operationId] ?? { roles: [] };
      return 'direct' in row ? row.direct : [];
    });
    expect(new Set(directly)).toEqual(new Set(['registrar', 'negotiator']));
  });
});
