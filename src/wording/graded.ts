import type { RestsOn } from '../platform/record/log-standings.js';
import { instantInWords } from './dates.js';

/** A moment as far as it is told by what was signed. */
export interface GradedMoment {
  readonly grade?: string;
  readonly checkpoint?: RestsOn;
  /** The instant that was asked for, in epoch ms. */
  readonly knownMs: number;
}

const party = /^[A-Z][A-Z0-9-]{1,7}$/;

function witnessOf(grade: string): string {
  const name = grade.slice(grade.indexOf(':') + 1);
  return party.test(name) ? `${name}’s own witness` : `the witness ${name}`;
}

/** A grade as it is chosen. */
export function gradeInWords(grade: string): string {
  if (grade === 'recorded') return 'what was stored by then, by the clock of the store';
  return grade === 'logged'
    ? 'what the log had signed by then'
    : `what ${witnessOf(grade)} had countersigned by then`;
}

/** What a moment that is told by what was signed rests on; undefined where it is not. */
export function restsOnInWords({ grade, checkpoint, knownMs }: GradedMoment): string | undefined {
  if (grade === undefined || checkpoint === undefined) return undefined;
  const { size, at } = checkpoint;
  const [by, signed] = grade === 'logged' ? ['the log', 'signed'] : [witnessOf(grade), 'countersigned'];
  const entries = size === 1 ? '1 entry' : `${size} entries`;
  const asked = instantInWords(new Date(knownMs).toISOString());
  return `the end of what ${by} had ${signed} by ${asked}: a checkpoint of ${entries}, ${signed} ${instantInWords(at)}`;
}
