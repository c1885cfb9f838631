import { agendaOf } from '../briefing/agenda.js';
import { staleFrom } from '../briefing/stale.js';
import { statisticsFrom } from '../briefing/statistics.js';
import type { Talks } from '../briefing/talks.js';
import { ids } from './worked-ids.js';

const at = Date.UTC(2027, 4, 1, 9);

/** The talks of the story, two years later: by then what nobody spoke of is silent. */
export function briefed(byName: ReadonlyMap<string, object>) {
  const documents = (name: string) => [byName.get(name) ?? {}] as never;
  const talks: Talks = {
    dialogue: byName.get('Dialogue') as Talks['dialogue'],
    irritants: documents('Irritant'),
    rounds: documents('Round'),
    exchanges: documents('Exchange'),
    proposals: documents('Proposal'),
    roadmaps: documents('Roadmap'),
    commitments: documents('Commitment'),
    assets: documents('Asset'),
    moment: {
      knownOrdinal: 340,
      knownSeq: 340,
      final: true,
      knownMs: 0,
      effectiveAt: undefined,
      counts: () => true,
    },
    at,
  };
  const lastHeard = {
    at: '2025-04-10T23:59:59.999Z',
    party: 'RU',
    eventId: '01960b3a-0000-7000-8000-000000001103',
    summary: 'RU claimed an understanding (roadmap-to-be-developed)',
  };
  const days = new Map([[ids.irritant, { raised: 0, 'under-consultation': 750.4 }]]);
  return {
    // All of the story is direct, so nothing stands in anybody's name that others recorded.
    Agenda: { ...agendaOf(talks), inYourName: { RU: [], US: [] } },
    Stale: staleFrom(talks, 24, {
      irritants: new Map([[ids.irritant, lastHeard]]),
      commitments: new Map(),
    }),
    Statistics: statisticsFrom(talks, days),
  };
}
