import { agendaOf } from '../../src/briefing/agenda.js';
import { markdownOf } from '../../src/briefing/brief-markdown.js';
import { readBrief } from '../../src/briefing/brief.js';
import { inNameView } from '../../src/briefing/recorded-in-name.js';
import { staleOf } from '../../src/briefing/stale.js';
import { statisticsOf } from '../../src/briefing/statistics.js';
import { talksOf } from '../../src/briefing/talks.js';
import { LogStandings } from '../../src/platform/record/log-standings.js';
import { Readings } from '../../src/reading/readings.js';
import { irritantPage } from '../../src/site/irritant.page.js';
import { readIrritant } from '../../src/site/irritant.reading.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { sides } from './stage.js';

/** What is made from a whole dialogue, as of an instant. */
export interface Views {
  readonly agenda: unknown;
  readonly stale: unknown;
  readonly statistics: unknown;
  readonly inYourName: unknown;
  /** By side, the lines of its briefing book. */
  readonly books: unknown;
  /** By irritant, the lines of its page. */
  readonly pages: unknown;
}

const monthsSilent = 24;

/** What tells how far the record had come, and who keeps it: that is known whatever becomes of what it recorded. */
const besideTheMatter = /as it stood at|How it is kept|class="kept"/;

/** Ordinals tell what else was recorded. */
function withoutOrdinals(text: string): string {
  return text.replaceAll(/\bs\d+\b/g, 's');
}

function linesOf(text: string): readonly string[] {
  return withoutOrdinals(text)
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !besideTheMatter.test(one));
}

/** Without the history: what was taken back stays in that, struck. */
function withoutHistory(book: string): string {
  return book.replaceAll(/^### History[\s\S]*?(?=^(---|## |# ))/gm, '');
}

/** What was taken back stays among the entries, struck, and so do the sources that it cites. */
function withoutEntries(page: string): string {
  return page.replaceAll(/<section aria-labelledby="(timeline|sources)">[\s\S]*?<\/section>/g, '');
}

export async function viewsOf(
  record: OpenRecord,
  dialogueId: string,
  irritantIds: readonly string[],
  at: number,
): Promise<Views> {
  const query = { knownAt: new Date(at).toISOString() };
  const talks = await talksOf(new Readings(record, query), dialogueId);
  const books = sides.map(async (side) => {
    const book = await readBrief(new Readings(record, { ...query, for: side }), dialogueId);
    return [side, linesOf(withoutHistory((await Array.fromAsync(markdownOf(book))).join('')))] as const;
  });
  const pages = irritantIds.map(async (id) => {
    const page = irritantPage(await readIrritant(new Readings(record, query), id, new LogStandings()), {
      name: 'A reader',
      silentMs: undefined,
    });
    return [id, linesOf(withoutEntries(page))] as const;
  });
  return JSON.parse(
    withoutOrdinals(
      JSON.stringify({
        agenda: agendaOf(talks),
        stale: await staleOf(talks, monthsSilent),
        statistics: await statisticsOf(talks),
        inYourName: await inNameView(talks),
        books: Object.fromEntries(await Promise.all(books)),
        pages: Object.fromEntries(await Promise.all(pages)),
      }),
    ),
  ) as Views;
}
