import { readSources } from './cited-sources.js';
import type { Readings } from '../reading/readings.js';
import { commitmentsOf, assetsOf, proposalsOf, stepsOf } from './brief-instruments.js';
import { figuresOf, nextRoundOf, silentOf } from './brief-closing.js';
import { sourcesOf } from './brief-sources.js';
import { coverOf } from './brief-cover.js';
import { heading, quiet, sourcesIn, textOf } from './brief-document.js';
import type { Block, BriefDocument } from './brief-document.js';
import { historyOf, lastWords } from './brief-acts.js';
import { inNameOf } from './brief-in-name.js';
import { linkagesOf } from './brief-linkages.js';
import { awaitedOf, claimsOf, factsOf, positionsOf, titleOf } from './brief-standing.js';
import type { Item } from './brief-standing.js';
import { readForBrief } from './brief.reading.js';
import type { BriefReading } from './brief.reading.js';
import { partyInWords } from './brief-words.js';

/** What the irritant has none of is said in one line, so that nobody looks for what was left out. */
function absent(parts: readonly (readonly [name: string, blocks: readonly Block[]])[]): readonly Block[] {
  const names = parts.flatMap(([name, blocks]) => (blocks.length === 0 ? [name] : []));
  return names.length === 0 ? [] : [quiet(`None recorded: ${names.join(', ')}.`)];
}

function irritantPage(reading: BriefReading, item: Item): readonly Block[] {
  const irritant = reading.talks.irritants.find((one) => one.id === item.irritantId);
  if (irritant === undefined) return [];
  const parts = [
    ['unanswered claims', claimsOf(reading, irritant)],
    ['next steps', stepsOf(reading, item)],
    ['overdue commitments', commitmentsOf(reading, item)],
    ['proposals on the table', proposalsOf(reading, item)],
    ['assets', assetsOf(reading, irritant)],
    ['linkages', linkagesOf(reading, irritant)],
  ] as const;
  return [
    {
      kind: 'page',
      id: item.key,
      blocks: [
        heading(2, `${item.key} `, ...titleOf(item), ...(irritant.synthetic ? [' (synthetic)'] : [])),
        factsOf(reading, irritant),
        ...positionsOf(reading, irritant),
        ...awaitedOf(reading, item, irritant),
        ...parts.flatMap(([, blocks]) => blocks),
        ...lastWords(reading, irritant),
        ...absent(parts),
        ...historyOf(reading, irritant),
      ],
    },
  ];
}

/** All but the sources, which are known only once it is known what is cited. */
function bodyOf(reading: BriefReading): readonly Block[] {
  return [
    ...coverOf(reading),
    ...reading.agenda.items.flatMap((item) => irritantPage(reading, item)),
    ...inNameOf(reading),
    nextRoundOf(reading),
    ...silentOf(reading),
    ...figuresOf(reading),
  ];
}

/** The whole book: one document, from which both forms of it are rendered. */
export async function readBrief(readings: Readings, dialogueId: string): Promise<BriefDocument> {
  const reading = await readForBrief(readings, dialogueId);
  const { sides, names } = reading;
  const body = bodyOf(reading);
  const sources = readSources(
    reading.talks.readings,
    sourcesIn(body).map((sourceId) => ({ sourceId })),
  );
  return {
    title: `Briefing book for ${textOf(partyInWords(sides[0] ?? '', names))}`,
    blocks: [...body, sourcesOf(sources)],
    numbers: new Map([...sources.keys()].map((id, index) => [id, index + 1])),
  };
}
