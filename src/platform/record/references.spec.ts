import { describe, expect, it } from '@jest/globals';
import { choice, event, list, means, optional, ref, refOfKind, shape } from '#libs/decider';
import { EventRegistry } from './event-registry.js';
import { pointedTo } from './pointing.js';
import { basedOn, dialogueOfStream, namesIn, referencesIn } from './references.js';
import type { Slice } from './slice.js';
import { storedStream } from '../../../test/support/stored.js';

const invented = (slice: Pick<Slice, 'name' | 'prefix'> & Partial<Slice>) =>
  ({ schemas: {}, reactions: [], ...slice }) as Slice;
const policy = { name: 'follow', of: ['visits'], concerns: () => true, react: () => [] };

const islands = invented({ name: 'islands', prefix: 'island', part: 'dialogue' });
const papers = invented({ name: 'papers', prefix: 'paper', part: 'evidence', reactions: [policy] });
const quarrels = invented({ name: 'quarrels', prefix: 'quarrel', part: 'matter', reactions: [policy] });
const guests = invented({ name: 'guests', prefix: 'guest' });
const visits = invented({
  name: 'visits',
  prefix: 'visit',
  schemas: {
    VisitPaid: event({
      islandId: means(ref('islands', { owns: true }), 'Where it was.'),
      quarrelIds: means(list(ref('quarrels')), 'What it was about.'),
      guest: means(shape({ guestId: ref('guests'), paperId: optional(ref('evidence')) }), 'Who came.'),
      after: optional(shape({ kind: choice('guest', 'quarrel'), id: refOfKind }), 'What it followed.'),
    }),
  },
});
const registry = new EventRegistry([islands, papers, quarrels, guests, visits]);
const data = {
  islandId: 'i',
  quarrelIds: ['q', 'r'],
  guest: { guestId: 'g', paperId: 'p' },
  after: { kind: 'quarrel', id: 's' },
};
const paid = storedStream('visit-v', [{ type: 'VisitPaid', data }]);

describe('From the fields of a slice that nobody knows follows', () => {
  it('what its events name, and where', () => {
    const found = referencesIn(registry, visits.schemas['VisitPaid']?.data ?? {}, data);
    expect(found.map(({ path, slice, id }) => [path.join('/'), slice, id])).toEqual([
      ['islandId', 'islands', 'i'],
      ['quarrelIds/0', 'quarrels', 'q'],
      ['quarrelIds/1', 'quarrels', 'r'],
      ['guest/guestId', 'guests', 'g'],
      ['guest/paperId', 'papers', 'p'],
      ['after/id', 'quarrels', 's'],
    ]);
    expect(namesIn(registry, [...paid, ...paid], quarrels)).toEqual(['q', 'r', 's']);
  });

  it('to which dialogue its streams belong, and that a dialogue is its own', () => {
    expect(dialogueOfStream(registry, 'visit-v', paid[0])).toBe('i');
    expect(dialogueOfStream(registry, 'visit-v', undefined)).toBeUndefined();
    expect(dialogueOfStream(registry, 'island-i', undefined)).toBe('i');
  });

  it('where something may rest on its events: where a policy follows them, and never in evidence', () => {
    expect(pointedTo(registry, paid)).toEqual(['quarrel-q', 'quarrel-r', 'quarrel-s']);
    expect(pointedTo(registry, [])).toEqual([]);
  });

  it('which slices may rest on another by its kind', () => {
    expect(basedOn(registry, guests)).toEqual([visits]);
    expect(basedOn(registry, papers)).toEqual([]);
  });
});
