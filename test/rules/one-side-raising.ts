import type { Document } from '../support/desk.js';
import { isProblem } from '../support/desk.js';
import { RU } from './one-side-ground.js';
import type { Attempt, Ground } from './one-side-ground.js';

function raise(ground: Ground, body: object): Promise<Document> {
  const facts = { respondents: ['US'], raisedBasis: 'stated', category: 'property' };
  const title = { en: 'Property' };
  return ground.make(RU, 'irritants.RaiseIrritant', { ...facts, raisers: ['RU'], title, ...body });
}

/** It is refused, or what comes of it shows nothing as the other side's. */
async function refusedOr(attempt: Promise<Document>, shows: (shown: Document) => boolean): Promise<void> {
  try {
    const shown = await attempt;
    if (shows(shown)) throw new Error('It shows as what the US said.');
  } catch (error) {
    if (!isProblem(error)) throw error;
  }
}

/** RU says what the US raises, and what the US calls it. */
export const raising: readonly Attempt[] = [
  {
    says: 'RU raises an irritant in the name of the US',
    refused: 'PARTY_SPEAKS_FOR_ITSELF',
    prepare: (ground) =>
      Promise.resolve(() =>
        raise(ground, { raisers: ['US'], respondents: ['RU'], ...ground.forUS('forged') }),
      ),
  },
  {
    says: 'RU raises an irritant and says that both raise it',
    prepare: (ground) =>
      Promise.resolve(() =>
        refusedOr(raise(ground, { raisers: ['RU', 'US'], respondents: ['RU', 'US'] }), ({ raisers }) =>
          (raisers as string[]).includes('US'),
        ),
      ),
  },
  {
    says: 'RU raises an irritant and says what the US calls the matter',
    prepare: (ground) =>
      Promise.resolve(() =>
        refusedOr(raise(ground, { designations: { US: { en: 'Spy dachas' } } }), ({ designations }) =>
          Object.hasOwn(designations as object, 'US'),
        ),
      ),
  },
];
