import { randomUUID } from 'node:crypto';
import { principals } from '../support/desk.js';
import type { Desk, Document } from '../support/desk.js';
import { Ledger } from './ledger.js';

export type Side = 'RU' | 'US';
export const sides = ['RU', 'US'] as const;

/** The aggregates of a history, by slice, in the order in which they were begun. */
export type Things =
  | 'irritants'
  | 'rounds'
  | 'exchanges'
  | 'proposals'
  | 'roadmaps'
  | 'commitments'
  | 'assets'
  | 'dialogues'
  | 'sources';

/** What can be cited: of each side as a secretariat has it, the press, a joint text, and what its opponent registered. */
export type Sources = { readonly [who in Side | 'press' | 'joint' | 'forged']: string };

/**
 * Who keeps the record of a history: both sides, having joined before anything else; a secretariat, in the name of
 * parties that have not joined; or one side alone. In the last two a party may join as the history goes on.
 */
export const keepings = ['both', 'secretariat', 'alone'] as const;
export type Keeping = (typeof keepings)[number];

/** What one history is about. */
export interface Stage {
  readonly desk: Desk;
  readonly ledger: Ledger;
  readonly keeping: Keeping;
  /** The side that began, and that uses everything it may. */
  readonly by: Side;
  readonly dialogueId: string;
  readonly things: { readonly [slice in Things]: string[] };
  readonly sources: Sources;
  /** The last event before the history. */
  readonly beforeOrdinal: number;
}

export function otherSide(side: Side): Side {
  return side === 'RU' ? 'US' : 'RU';
}

/** How the history begins: who keeps it, and who raises the first irritant. */
export interface Opening {
  readonly by: Side;
  readonly isMutual: boolean;
  readonly keeping: Keeping;
}

export function raising(dialogueId: string, by: Side, isMutual: boolean): object {
  return {
    dialogueId,
    raisers: [by],
    respondents: isMutual ? ['RU', 'US'] : [otherSide(by)],
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Simulated' },
  };
}

/** Whoever keeps the record, and what it adds to an act of the side that it records. */
export function keeperFor({ keeping, by }: Pick<Stage, 'keeping' | 'by'>, side: Side) {
  if (keeping === 'secretariat') return principals.secretariat;
  return keeping === 'alone' ? principals[by] : principals[side];
}

async function registerSources(ledger: Ledger, dialogueId: string, opening: Opening): Promise<Sources> {
  const { by, keeping } = opening;
  const keeper = keeping === 'alone' ? principals[by] : principals.secretariat;
  const register = async (
    who: (typeof principals)[keyof typeof principals],
    kind: string,
    issuers: Side[],
  ) => {
    const body = { dialogueId, kind, issuers, lang: 'en', held: false, title: kind, citation: kind };
    return (await ledger.give(who, 'sources.RegisterSource', null, body)).id;
  };
  return {
    RU: await register(keeper, 'statement', ['RU']),
    US: await register(keeper, 'note', ['US']),
    press: await register(keeper, 'press', []),
    joint: await register(keeper, 'joint-text', ['RU', 'US']),
    forged: keeping === 'secretariat' ? '' : await register(principals[by], 'statement', [otherSide(by)]),
  };
}

async function openTalks(ledger: Ledger, { by, keeping, isMutual }: Opening): Promise<string> {
  const keyPrefix = `S${randomUUID().replaceAll('-', '').slice(0, 11).toUpperCase()}`;
  const body = { parties: ['RU', 'US'], keyPrefix, name: { en: 'Simulated' } };
  const opener =
    keeping === 'alone' || (keeping === 'both' && isMutual) ? principals[by] : principals.secretariat;
  const { id } = await ledger.give(opener, 'dialogues.OpenDialogue', null, body);
  const missing = keeping === 'both' ? sides.filter((side) => opener !== principals[side]) : [];
  for (const side of missing) await ledger.give(principals[side], 'dialogues.JoinDialogue', id, {});
  return id;
}

/** A dialogue with its sources, two irritants and a round, all by one side. */
export async function begin(desk: Desk, opening: Opening): Promise<Stage> {
  const { by, keeping, isMutual } = opening;
  const beforeOrdinal = desk.record.projections.record.headOrdinal;
  const ledger = new Ledger(desk);
  const dialogueId = await openTalks(ledger, opening);
  const sources = await registerSources(ledger, dialogueId, opening);
  const who = keeperFor(opening, by);
  const acting = who === principals[by] ? {} : { party: by, sources: [{ sourceId: sources[by] }] };
  const create = (command: string, body: object): Promise<Document> =>
    ledger.give(who, command, null, { ...body, ...acting });
  const first = await create('irritants.RaiseIrritant', raising(dialogueId, by, isMutual));
  const second = await create('irritants.RaiseIrritant', raising(dialogueId, by, false));
  const round = await create('rounds.ScheduleRound', { dialogueId });
  const none = { exchanges: [], proposals: [], roadmaps: [], commitments: [], assets: [] };
  const things = {
    ...none,
    dialogues: [dialogueId],
    irritants: [first.id, second.id],
    rounds: [round.id],
    sources: Object.values(sources).filter((id) => id !== ''),
  };
  return { desk, ledger, keeping, by, dialogueId, things, sources, beforeOrdinal };
}
