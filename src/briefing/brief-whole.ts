import { sinceInWords } from '../wording/dates.js';
import { awaitedInWords, capitalised } from '../wording/terms.js';
import { claimOf, confirmedInPart } from './brief-claims.js';
import type { BriefReading } from './brief.reading.js';
import { heading, list, quiet, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import { partyInWords } from './brief-words.js';

/** What is claimed of the dialogue as a whole: what awaits an answer, what both hold, and what came to nothing. */
export function wholeOf({ talks, sides, names, agenda }: BriefReading): readonly Block[] {
  const { claims } = talks.dialogue;
  if (claims.length === 0) return [];
  const parts = [
    ['Said by one side, unanswered by the other', ['unanswered']],
    [confirmedInPart, ['partly-confirmed']],
    ['Held by both sides', ['confirmed']],
    ['Denied or withdrawn', ['denied', 'withdrawn']],
  ] as const;
  const rows = sides.flatMap((party) =>
    agenda.awaiting
      .filter(({ from }) => from === party)
      .map((one): readonly Line[] => [
        partyInWords(party, names),
        [capitalised(awaitedInWords(one))],
        [sinceInWords(one.since)],
      ]),
  );
  return [
    heading(2, 'The dialogue as a whole'),
    quiet('What concerns no irritant: it moves no stage, also once both sides hold it.'),
    ...section(
      'Awaited',
      rows.length === 0 ? [] : [{ kind: 'table', label: 'Awaited', head: ['From', 'What', 'Since'], rows }],
    ),
    ...parts.flatMap(([title, states]) => {
      const all = claims.filter(({ state }) => (states as readonly string[]).includes(state));
      return section(title, all.length === 0 ? [] : [list(all.map(claimOf))]);
    }),
  ];
}
