import { correctedInWords } from './spoken.js';

interface Correction {
  readonly recordedAt: string;
  readonly by: string | null;
  readonly was?: { readonly [field: string]: unknown };
}

/** A source, as far as it says what it is called and was. */
interface Cited {
  readonly title: string | null;
  readonly registered?: object;
}

/** What a source was called until it was corrected, and by whom it was. */
export interface Renamed {
  readonly by: string;
  readonly said: string;
  /** Its title, whom the press has for its issuer, and its citation, as far as they are others since. */
  readonly was: readonly string[];
}

const words = ['title', 'issuerName', 'citation'] as const;

/**
 * Each correction of a source's words: acts cite it by what it is called, and whoever cited it before has cited it by what
 * it was called then.
 */
export function renamedIn(source: Cited): readonly Renamed[] {
  const { corrected = [] } = (source.registered ?? {}) as { readonly corrected?: readonly Correction[] };
  return corrected.flatMap(({ by, recordedAt, was }, place): readonly Renamed[] => {
    if (was === undefined) return [];
    const since = corrected.slice(place + 1).find((one) => one.was !== undefined)?.was ?? source;
    const others = words.flatMap((name) => {
      const word = was[name];
      return typeof word === 'string' && word !== since[name as never] ? [word] : [];
    });
    return [{ by: by ?? 'the secretariat', said: correctedInWords(by, recordedAt), was: others }];
  });
}
