import type { Api, Body, PrincipalName } from './api.js';
import { done, made } from './acting.js';

export type Side = 'RU' | 'US';

/** By whom an act of a side is recorded, and what its body says beside the act itself. */
export interface Voice {
  readonly as: PrincipalName;
  readonly beside: Body;
}
export type Voices = (side: Side) => Voice;

export const negotiators = { RU: 'ru-negotiator', US: 'us-negotiator' } as const;
export const otherSide = { RU: 'US', US: 'RU' } as const;

/** Each side speaks for itself, through its negotiator. */
export const itself: Voices = (side) => ({ as: negotiators[side], beside: {} });

/** What somebody else writes down in the name of a party that has not joined, from a source of that party. */
export function inTheNameOf(party: string, sourceId: string): Body {
  return { party, sources: [{ sourceId }], wording: [{ as: 'summary' }] };
}

/** An act of that side that must be recorded. */
export function told<T extends Body>(
  api: Api,
  path: string,
  { as, beside }: Voice,
  body: Body = {},
): Promise<T> {
  return done<T>(api, path, as, { ...beside, ...body });
}

/** A create of that side that must be recorded. */
export function begun<T extends Body>(
  api: Api,
  slice: string,
  { as, beside }: Voice,
  body: Body,
): Promise<T> {
  return made<T>(api, slice, as, { ...beside, ...body });
}
