import type { ClaimDocument } from '../reading/documents.js';
import { claimInWords, modeInWords } from '../wording/claims.js';
import { sinceInWords } from '../wording/dates.js';
import { awaitedInWords, capitalised, term } from '../wording/terms.js';
import type { BriefReading } from './brief.reading.js';
import { heading, list, quiet, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import { partyInWords, quoted, saidInWords } from './brief-words.js';

function answerOf({ answer, partial, withdrawn }: ClaimDocument): Line {
  return [
    ...(partial === undefined
      ? []
      : [` Confirmed in part by ${partial.party}:`, ...quoted(partial, 'text'), ...saidInWords(partial)]),
    ...(answer === undefined
      ? []
      : [
          ` Answer of ${answer.party}${modeInWords(answer)}:`,
          ...quoted(answer, 'text'),
          ...saidInWords(answer),
        ]),
    ...(withdrawn === undefined
      ? []
      : [` Withdrawn by ${withdrawn.party}:`, ...quoted(withdrawn, 'reason'), ...saidInWords(withdrawn)]),
  ];
}

function claimOf(one: ClaimDocument): Line {
  return [
    { strong: `${claimInWords(one)} (${term(one.state)}).` },
    ...quoted(one, 'text'),
    ...saidInWords(one),
    ...answerOf(one),
  ];
}

/** What is claimed of the dialogue as a whole: what awaits an answer, what both hold, and what came to nothing. */
export function wholeOf({ talks, sides, names, agenda }: BriefReading): readonly Block[] {
  const { claims } = talks.dialogue;
  if (claims.length === 0) return [];
  const parts = [
    ['Said by one side, unanswered by the other', ['unanswered']],
    ['Held by both sides', ['confirmed', 'partly-confirmed']],
    ['Denied or withdrawn', ['denied', 'withdrawn']],
  ] as const;
  const rows = sides.flatMap((party) =>
    agenda.awaiting
      .filter(({ from }) => from === party)
      .map(({ what, since }): readonly Line[] => [
        partyInWords(party, names),
        [capitalised(awaitedInWords[what])],
        [sinceInWords(since)],
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
