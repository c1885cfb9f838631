import { describe, expect, it } from '@jest/globals';
import type { CommandDeclaration } from '#libs/decider';
import { slices } from '../../slices.js';
import { amendmentCommands } from './amendment.commands.js';
import { pathsIn, withoutAddresses } from './remedies.js';

const amending: readonly (string | null)[] = Object.values(amendmentCommands).map(({ path }) => path);

describe('What is declared to take an act back', () => {
  it('names by its address an act of the same entry, an amendment, or what begins an entry', () => {
    const wrong = slices.flatMap(({ name, commands }) =>
      Object.values<CommandDeclaration>(commands).flatMap(({ event, takenBackBy = '' }) => {
        const known = Object.values<CommandDeclaration>(commands).map(({ path }) => path);
        const named = takenBackBy.match(/POST [^\s,)]+/g) ?? [];
        const paths = pathsIn(takenBackBy);
        const begins = named.filter((one) => /^POST \/v1\/[a-z]+$/.test(one));
        const isWhole = named.length === paths.length + begins.length;
        return isWhole && paths.every((one) => known.includes(one) || amending.includes(one))
          ? []
          : [`${name}: ${event}: ${takenBackBy}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('is found in words that name several, and can be said without where it is', () => {
    const words =
      'cancel or postpone it anew (POST …/cancel, POST …/postpone), or say so (POST /v1/rounds/{id}/a)';
    expect(pathsIn(words)).toEqual(['cancel', 'postpone', 'a']);
    expect(withoutAddresses(words)).toBe('cancel or postpone it anew, or say so');
  });
});
