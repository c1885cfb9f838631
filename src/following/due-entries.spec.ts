import { describe, expect, it } from '@jest/globals';
import type { RoundDocument } from '../reading/documents.js';
import { dueRound } from './due-entries.js';

const scheduled = { party: 'RU', recorderParty: 'US', startsAt: '2027-02-01' };
const again = { party: 'US', startsAt: '2027-05-05' };

function due(more: object) {
  const round = { id: 'r', number: 2, status: 'scheduled', scheduled, postponements: [], cancellations: [] };
  return dueRound({ ...round, nextRound: [], reinstatements: [], ...more } as unknown as RoundDocument);
}

describe('A round to come', () => {
  it('is announced by whoever says so, and on another day by whoever says that', () => {
    expect(due({})).toMatchObject([{ due: '2027-02-01', about: ['Announced by RU.'] }]);
    expect(due({ reinstatements: [again, { party: 'RU' }] })).toMatchObject([
      { due: '2027-05-05', about: ['Announced by RU.', 'Taken up again, for another day, by US.'] },
    ]);
  });
  it('is on no other day where whoever takes it up again names the same one', () => {
    expect(due({ reinstatements: [{ ...again, startsAt: scheduled.startsAt }] })).toMatchObject([
      { due: '2027-02-01', about: ['Announced by RU.', 'Taken up again by US.'] },
    ]);
  });
  it('is on no day that nobody says any more, and not announced by whoever wrote it down', () => {
    const disavowed = { ...scheduled, party: null };
    expect(due({ scheduled: disavowed })).toEqual([]);
    expect(due({ scheduled: disavowed, reinstatements: [again] })).toMatchObject([
      { due: '2027-05-05', about: ['Taken up again, for another day, by US.'] },
    ]);
  });
});
