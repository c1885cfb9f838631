import { briefParameters } from '../briefing/brief-format.js';
import { briefingParameters } from '../briefing/briefing.controller.js';
import type { Slice } from '../platform/record/slice.js';
import { worked } from './entry.js';
import type { Content, Entry } from './entry.js';
import { plainText } from '../platform/shapes/json-schema.js';
import { inYourNameEntries } from './in-your-name-entries.js';
import { readEntry } from './read-entries.js';

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
export function briefingEntries(slices: readonly Slice[]): readonly Entry[] {
  const dialogues = slices.find((one) => one.name === 'dialogues');
  if (dialogues === undefined) throw new Error('There is no slice of dialogues.');
  const path = '/v1/dialogues/{id}';
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
    ...inYourNameEntries(dialogues, path),
    briefEntry(dialogues, `${path}/brief`),
  ];
}
