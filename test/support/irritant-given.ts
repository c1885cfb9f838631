import { directly, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { irritantDecider } from '../../src/irritants/irritant.decider.js';
import type { IrritantCommand } from '../../src/irritants/irritant-terms.decider.js';

/** What every specification of an irritant begins with: RU has raised it, and US is to answer. */
export const given = specification(irritantDecider, 'irritant-1');
export const RU = directly('RU');
export const US = directly('US');
export const hash = 'a'.repeat(64);
export const raised = {
  type: 'IrritantRaised',
  act: RU,
  data: {
    dialogueId: 'd',
    key: 'RUUS-1',
    parties: ['RU', 'US'],
    raisers: ['RU'],
    respondents: ['US'],
    raisedBasis: 'stated',
    category: 'property',
    synthetic: false,
  },
} as const satisfies GivenFact;

export function command(...args: Parameters<typeof proposing>): IrritantCommand {
  return proposing(...args) as unknown as IrritantCommand;
}
