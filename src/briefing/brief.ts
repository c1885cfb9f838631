import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { readSources } from './cited-sources.js';
import type { Readings } from '../reading/readings.js';
import { commitmentsOf, assetsOf, proposalsOf, stepsOf } from './brief-instruments.js';
import { figuresOf, nextRoundOf, silentOf } from './brief-closing.js';
import { sourcesOf } from './brief-sources.js';
import { coverOf } from './brief-cover.js';
import { heading, quiet, sourcesIn, textOf } from './brief-document.js';
import type { Block, BriefDocument } from './brief-document.js';
import { historyOf, lastWords } from './brief-acts.js';
import { actsOf } from './brief-history.js';
import { inNameOf } from './brief-in-name.js';
import { linkagesOf } from './brief-linkages.js';
import { claimsOf } from './brief-claims.js';
import { awaitedOf, factsOf, positionsOf, titleOf } from './brief-standing.js';
import type { Item } from './brief-standing.js';
import { readForBrief } from './brief.reading.js';
import type { BriefReading } from './brief.reading.js';
import { staleOf } from './stale.js';
import { statisticsOf } from './statistics.js';
import { partyInWords } from './brief-words.js';

/** What the irritant has none of is said in one line, so that nobody looks for what was left out. */
function absent(parts: readonly (readonly [name: string, blocks: readonly Block[]])[]): readonly Block[] {
  const names = parts.flatMap(([name, blocks]) => (blocks.length === 0 ? [name] : []));
  return names.length === 0 ? [] : [quiet(`None recorded: ${names.join(', ')}.`)];
}

async function irritantPage(reading: BriefReading, item: Item): Promise<readonly Block[]> {
  const irritant = reading.talks.irritants.find((one) => one.id === item.irritantId);
  if (irritant === undefined) return [];
  const acts = await actsOf(reading.talks, irritant);
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
        ...lastWords(reading, acts),
        ...absent(parts),
        ...historyOf(reading, acts),
      ],
    },
  ];
}

/** For how many months nobody may have spoken before the book calls it silence. */
const silentMonths = 24;

/** A page of each matter, between what stands before and after all of them. */
async function* bodyOf(reading: BriefReading): AsyncGenerator<readonly Block[]> {
  yield coverOf(reading);
  // A book of many matters keeps nobody else waiting.
  await turnOfTheLoop();
  for (const item of reading.agenda.items) {
    yield await irritantPage(reading, item);
    await turnOfTheLoop();
  }
  for await (const blocks of inNameOf(reading)) {
    yield blocks;
    await turnOfTheLoop();
  }
  yield [nextRoundOf(reading), ...silentOf(await staleOf(reading.talks, silentMonths))];
  yield figuresOf(reading, await statisticsOf(reading.talks));
}

/** Gives each source its number where it is first cited; the sources themselves come last, when all are known. */
async function* numbered(reading: BriefReading, numbers: Map<string, number>): AsyncGenerator<Block> {
  const cited: { readonly sourceId: string }[] = [];
  const { readings } = reading.talks;
  for await (const blocks of bodyOf(reading)) {
    const fresh = sourcesIn(blocks).filter((id) => !numbers.has(id));
    for (const sourceId of fresh) {
      if (readings.named('sources', sourceId) === undefined) continue;
      cited.push({ sourceId });
      numbers.set(sourceId, numbers.size + 1);
    }
    yield* blocks;
  }
  yield sourcesOf(readSources(readings, cited));
}

/** The whole book: one document, from which both forms of it are rendered. Whatever refuses it is thrown before its first block. */
export async function readBrief(asked: Readings, dialogueId: string): Promise<BriefDocument> {
  const reading = await readForBrief(asked, dialogueId);
  const { sides, names } = reading;
  const numbers = new Map<string, number>();
  return {
    title: `Briefing book for ${textOf(partyInWords(sides[0] ?? '', names))}`,
    blocks: numbered(reading, numbers),
    numbers,
  };
}
