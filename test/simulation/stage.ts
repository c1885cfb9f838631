import { randomUUID } from 'node:crypto';
import { principals } from '../support/desk.js';
import type { Desk, Document } from '../support/desk.js';

export type Side = 'RU' | 'US';
export const sides = ['RU', 'US'] as const;

/** The aggregates of a history, by slice, in the order in which they were begun. */
export type Things =
  'irritants' | 'rounds' | 'exchanges' | 'proposals' | 'roadmaps' | 'commitments' | 'assets' | 'dialogues';

export type Sources = { readonly [who in Side | 'press' | 'joint']: string };

/** What one history is about. */
export interface Stage {
  readonly desk: Desk;
  readonly dialogueId: string;
  readonly things: { readonly [slice in Things]: string[] };
  readonly sources: Sources;
  /** The last event before the history. */
  readonly beforeSeq: number;
}

export function otherSide(side: Side): Side {
  return side === 'RU' ? 'US' : 'RU';
}

export async function registerSources(desk: Desk): Promise<Sources> {
  const register = async (kind: string, issuers: readonly string[]): Promise<string> => {
    const body = { kind, issuers, lang: 'en', held: false, title: kind, citation: kind };
    return (await desk.do(principals.secretariat, 'sources.RegisterSource', null, body)).id;
  };
  return {
    RU: await register('statement', ['RU']),
    US: await register('note', ['US']),
    press: await register('press', []),
    joint: await register('joint-text', ['RU', 'US']),
  };
}

/** How the first irritant was raised, and by whose registrar. */
export interface Opening {
  readonly by: Side;
  readonly isMutual: boolean;
}

export function raising(dialogueId: string, { by, isMutual }: Opening): object {
  return {
    dialogueId,
    raisers: isMutual ? ['RU', 'US'] : [by],
    respondents: isMutual ? ['RU', 'US'] : [otherSide(by)],
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Simulated' },
  };
}

/** A dialogue with two irritants and a round, all by one side. */
export async function begin(desk: Desk, sources: Sources, opening: Opening): Promise<Stage> {
  const beforeSeq = desk.record.projections.record.headSeq;
  const keyPrefix = `S${randomUUID().replaceAll('-', '').slice(0, 11).toUpperCase()}`;
  const create = async (who: keyof typeof principals, command: string, body: object): Promise<Document> =>
    desk.do(principals[who], command, null, body);
  const { id: dialogueId } = await create('secretariat', 'dialogues.OpenDialogue', {
    parties: ['RU', 'US'],
    keyPrefix,
    name: { en: 'Simulated' },
  });
  const first = await create(opening.by, 'irritants.RaiseIrritant', raising(dialogueId, opening));
  const second = await create(
    opening.by,
    'irritants.RaiseIrritant',
    raising(dialogueId, { ...opening, isMutual: false }),
  );
  const round = await create(opening.by, 'rounds.ScheduleRound', { dialogueId });
  const none = { exchanges: [], proposals: [], roadmaps: [], commitments: [], assets: [] };
  const things = {
    ...none,
    dialogues: [dialogueId],
    irritants: [first.id, second.id],
    rounds: [round.id],
  };
  return { desk, dialogueId, things, sources, beforeSeq };
}
