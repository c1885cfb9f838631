import type { Document } from '../support/desk.js';
import type { Side, Stage, Things } from './stage.js';

/** How the act comes into the record: by the party itself, or by others with one kind of source or another. */
export const manners = [
  'direct',
  'direct',
  'direct',
  'clerk',
  'attributed',
  'by-the-other',
  'joint-text',
  'press',
  'source-of-the-other',
] as const;
export type Manner = (typeof manners)[number];

/** What every move has, whatever it asks for. */
export interface Turn {
  readonly side: Side;
  readonly manner: Manner;
  /** Chooses among what is there, the newest first: a claim, an event, a stage. */
  readonly pick: number;
  /** Chooses the particulars; from 13 on, also what does not fit the side. */
  readonly twist: number;
  /** Whether consequences follow before the next move. */
  readonly settle: boolean;
}

export type Asked = readonly [command: string, id: string | null, body: object, path?: object];
/** Undefined where there is nothing yet that could be asked. */
export type Ask = (stage: Stage, turn: Turn) => Promise<Asked | undefined> | Asked | undefined;
export type Asks = { readonly [kind: string]: Ask };

export const text = { en: 'Words.' };

export function newest<T>(items: readonly T[], pick: number): T | undefined {
  return items.length === 0 ? undefined : items.at(-1 - (pick % items.length));
}

export function among<T>(items: readonly [T, ...T[]], pick: number): T {
  return items[pick % items.length] ?? items[0];
}

/** Mostly one that the act fits, now and then any. */
export function fitting<T>(items: readonly T[], fits: (item: T) => boolean, turn: Turn): T | undefined {
  const apt = items.filter(fits);
  return newest(turn.twist >= 13 || apt.length === 0 ? items : apt, turn.pick);
}

/** Mostly the first irritant, so that there comes to be much of one. */
export function irritantOf({ things }: Stage, { pick }: Turn): string {
  const [first = '', ...others] = things.irritants;
  return pick % 4 === 3 ? (newest(others, pick) ?? first) : first;
}

type Body = (turn: Turn, present: Document, stage: Stage) => object | undefined | Promise<object | undefined>;

function idOf(stage: Stage, slice: Things, turn: Turn): string | undefined {
  return slice === 'irritants' ? irritantOf(stage, turn) : newest(stage.things[slice], turn.pick >> 2);
}

/** An act on one of the aggregates of this slice, whatever stands in it. */
export function on(slice: Things, name: string, body: Body = () => ({})): Ask {
  return async (stage, turn) => {
    const id = idOf(stage, slice, turn);
    if (id === undefined) return undefined;
    const given = await body(turn, await stage.desk.read(slice, id), stage);
    return given && [`${slice}.${name}`, id, given];
  };
}

/** An act on one item of an aggregate, named in the path by its own id. */
export function onItem<T extends object>(
  [slice, name]: readonly [slice: Things, name: string],
  [list, key]: readonly [list: string, key: keyof T & string],
  fits: (item: T, side: Side) => boolean,
  body: (turn: Turn, item: T) => object = () => ({}),
  inPath: string | null = key,
): Ask {
  return async (stage, turn) => {
    const id = idOf(stage, slice, turn);
    if (id === undefined) return undefined;
    const items = (await stage.desk.read(slice, id))[list] as readonly T[];
    const item = fitting(items, (one) => fits(one, turn.side), turn);
    if (item === undefined) return undefined;
    const named = inPath === null ? { [key]: item[key] } : {};
    const path = inPath === null ? {} : { [inPath]: item[key] };
    return [`${slice}.${name}`, id, { ...body(turn, item), ...named }, path];
  };
}
