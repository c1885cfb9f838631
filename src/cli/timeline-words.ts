import type { Told } from '../wording/spoken.js';
import { shown, written } from './shown.js';
import type { Part, Shown } from './shown.js';

/** A sentence of ours, and in it what somebody wrote. */
export function toldIn(pieces: readonly Told[]): Part {
  return pieces.map(({ text, isWritten }) => (isWritten ? written(text) : text));
}

interface Words {
  readonly text: string;
  readonly isQuotable: boolean;
  readonly whose: readonly Told[];
}

/** In quotation marks only where they are what was said; otherwise with whose words they are. */
export function wordsIn({ text, isQuotable, whose }: Words): Shown {
  const words = isQuotable ? shown`“${written(text)}”` : written(text);
  return whose.length === 0 ? words : shown`${words} (${toldIn(whose)})`;
}
