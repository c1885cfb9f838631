import type { EntryFlag } from '../reading/entry-flags.js';

/** What is to be looked at in an entry, to be followed by which source or entry it is about. */
export function flagInWords({ what }: EntryFlag, party: string | null): string {
  switch (what) {
    case 'evidence-older-than-act':
      return 'cites a source that was issued before this is said to have happened';
    case 'evidence-disowned':
      return `cites a source that ${party ?? 'the party'} has said is not its own`;
    case 'answer-before-question':
      return 'is dated before what it answers';
  }
}

/** Of a source, who has disowned it; empty where nobody has. */
export function disownedInWords({ barredBy }: { readonly barredBy: readonly string[] }): string {
  if (barredBy.length === 0) return '';
  const has =
    barredBy.length === 1 ? 'has said that it is not its own' : 'have each said that it is not its own';
  return `disowned: ${barredBy.join(' and ')} ${has}`;
}
