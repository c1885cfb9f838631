import type { Slice } from '../platform/record/slice.js';
import { readEntry } from '../platform/http/reading-entry.js';
import type { Described, Worked } from '../platform/shapes/described.js';
import { worked } from '../platform/shapes/entry.js';
import type { Content, Entry } from '../platform/shapes/entry.js';
import { plainText } from '../platform/shapes/json-schema.js';
import { agendaOf } from './agenda.js';
import { briefParameters } from './brief-format.js';
import { briefingParameters } from './briefing.controller.js';
import { briefingSchemas } from './briefing.representation.js';
import { staleFrom } from './stale.js';
import { statisticsFrom } from './statistics.js';
import type { Talks } from './talks.js';

const briefContent: readonly Content[] = [
  { mediaType: 'text/html', schema: plainText },
  { mediaType: 'text/markdown', schema: plainText },
];

function briefEntry(dialogues: Slice, path: string): Entry {
  const entry = readEntry(dialogues, {
    operationId: 'getBrief',
    path,
    summary: 'Read the briefing book of one side',
    does: 'Every open irritant on a page of its own: where it stands, both positions side by side, what is awaited of whom, and what each side said last; then the next round, who has fallen silent, figures and sources. HTML that prints well, or Markdown where `Accept` or `format` asks for it.',
    query: briefParameters,
    description: 'The briefing book, as of the moment.',
    headers: ['Vary'],
    content: briefContent,
  });
  return { ...entry, problems: [...entry.problems, 'NOT_ACCEPTABLE'] };
}

/** What is due in a dialogue, who has fallen silent, and how it has gone so far. */
function entriesOf(dialogues: Slice): readonly Entry[] {
  const path = `/v1/${dialogues.name}/{id}`;
  return [
    readEntry(dialogues, {
      operationId: 'getAgenda',
      path: `${path}/agenda`,
      summary: 'Say what is due in the next round',
      does: 'Every open irritant with each side’s position, what is awaited of whom and since when, the steps that are next, overdue commitments, unanswered claims, and the proposals on the table.',
      query: briefingParameters.agenda,
      description: 'The agenda, as of the moment.',
      content: [worked('Agenda')],
    }),
    readEntry(dialogues, {
      operationId: 'findStale',
      path: `${path}/stale`,
      summary: 'Find what nobody has spoken of for long',
      does: 'Open irritants and commitments in force of which no party has said anything for so many months. What is derived, and the keeping of the record, is nobody’s word.',
      query: briefingParameters.stale,
      description: 'The silent ones, longest silent first.',
      content: [worked('Stale')],
    }),
    readEntry(dialogues, {
      operationId: 'getStatistics',
      path: `${path}/statistics`,
      summary: 'Count, per category and side',
      does: 'How many irritants are open and for how long, how long they stood in each stage, how many claims were confirmed, and how many commitments were kept, are late, or are alleged to be broken.',
      query: briefingParameters.statistics,
      description: 'The figures, as of the moment.',
      content: [worked('Statistics')],
    }),
    briefEntry(dialogues, `${path}/brief`),
  ];
}

const at = Date.UTC(2027, 4, 1, 9);

/** The talks of the story, two years later: by then what nobody spoke of is silent. */
function examplesOf({ document, value }: Worked) {
  const documents = (prefix: string) => [document(prefix)] as never;
  const talks: Talks = {
    dialogue: document('dialogue') as Talks['dialogue'],
    irritants: documents('irritant'),
    rounds: documents('round'),
    exchanges: documents('exchange'),
    proposals: documents('proposal'),
    roadmaps: documents('roadmap'),
    commitments: documents('commitment'),
    assets: documents('asset'),
    moment: {
      knownOrdinal: 340,
      knownSeq: 340,
      final: true,
      knownMs: 0,
      effectiveAt: undefined,
      counts: () => true,
    },
    foldVersion: 12,
    at,
  };
  const lastHeard = {
    at: '2025-04-10T23:59:59.999Z',
    party: 'RU',
    eventId: '01960b3a-0000-7000-8000-000000001103',
    summary: 'RU claimed an understanding on RUUS-1 (roadmap to be developed)',
  };
  const days = new Map([[value('irritantId'), { raised: 0, 'under-consultation': 750.4 }]]);
  return {
    // All of the story is direct, so nothing stands in anybody's name that others recorded.
    Agenda: { ...agendaOf(talks), inYourName: { RU: [], US: [] } },
    Stale: staleFrom(talks, 24, {
      irritants: new Map([[value('irritantId'), lastHeard]]),
      commitments: new Map(),
    }),
    Statistics: statisticsFrom(talks, days),
  };
}

export const briefingDescribed = (dialogues: Slice): Described => ({
  entries: entriesOf(dialogues),
  schemas: briefingSchemas,
  examples: examplesOf,
});
