import type { LangText } from '#libs/decider';
import { instantInWords, occurredInWords } from '../wording/dates.js';
import { restsOnInWords } from '../wording/graded.js';
import { joinedInWords, keptInWords } from '../wording/kept.js';
import { oneSideInWords } from '../wording/standing.js';
import { Term } from '../wording/terms.js';
import type { BriefReading } from './brief.reading.js';
import { heading, joined, named, notice, paragraph, quiet } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import type { Item } from './brief-standing.js';
import { titleOf } from './brief-standing.js';
import { wholeOf } from './brief-whole.js';
import { capacityInShort, partyInWords } from './brief-words.js';

function knownInWords({ talks: { readings } }: BriefReading): string {
  const { asOfSeq, recordedAt } = readings;
  const rests = restsOnInWords(readings.moment);
  return `s${asOfSeq}${recordedAt === undefined ? '' : `, recorded ${instantInWords(recordedAt)}`}${rests === undefined ? '' : `; ${rests}`}`;
}

function particulars(reading: BriefReading): Block {
  const { talks, names, sides, agenda } = reading;
  const { effectiveAt } = talks.moment;
  const [reader = ''] = sides;
  return {
    kind: 'facts',
    rows: [
      ['Dialogue', named(talks.dialogue.name as LangText | null, talks.dialogue.keyPrefix)],
      [
        'Parties',
        joined(
          talks.dialogue.parties.map((one) => partyInWords(one, names)),
          ' and ',
        ),
      ],
      ['How it is kept', [keptInWords(talks.dialogue)]],
      ['Joined', [joinedInWords(talks.dialogue)]],
      ['Prepared for', partyInWords(reader, names)],
      ['The record as it stood at', [knownInWords(reading)]],
      [
        'Counting what had happened by',
        [
          effectiveAt === undefined
            ? 'any date, all that the record holds'
            : occurredInWords({ edtf: effectiveAt }),
        ],
      ],
      ['Due and overdue as of', [instantInWords(agenda.at)]],
    ],
  };
}

function owedBy({ awaiting }: Item, party: string): string {
  const count = awaiting.filter((one) => one.from === party).length;
  return count === 0 ? 'nothing' : String(count);
}

/** The contents, which say at a glance where each matter stands and who owes a word. */
function contents({ talks, agenda, sides }: BriefReading): readonly Block[] {
  const rows = agenda.items.map((item): readonly Line[] => [
    [{ to: item.key, text: item.key }, ' ', ...titleOf(item)],
    [`${Term(item.stage)}, ${capacityInShort(item.basis)}${oneSideInWords(item, item.reopened)}`],
    ...sides.map((party): Line => [Term(item.positions[party]?.stance ?? 'not recorded')]),
    ...sides.map((party): Line => [owedBy(item, party)]),
  ]);
  const closed = talks.irritants.length - agenda.items.length;
  const head = [
    'Irritant',
    'Joint stage',
    ...sides.map((party) => `Position of ${party}`),
    ...sides.map((party) => `Awaited from ${party}`),
  ];
  return [
    heading(2, 'Contents'),
    rows.length === 0
      ? paragraph('No irritant is open.')
      : { kind: 'table', label: 'The open irritants', head, rows },
    ...(closed === 0
      ? []
      : [quiet(`Not in this book: ${closed} that ${closed === 1 ? 'is' : 'are'} closed.`)]),
    paragraph(
      'After the irritants: ',
      { to: 'in-your-name', text: 'what others recorded in your name' },
      ', ',
      { to: 'next-round', text: 'the next round' },
      ', ',
      { to: 'silent', text: 'what nobody has spoken of for long' },
      ', ',
      { to: 'statistics', text: 'figures' },
      ' and ',
      { to: 'sources', text: 'sources' },
      '.',
    ),
  ];
}

/** Who meets whom, for whom the book is made and as of which moment; then what it holds. */
export function coverOf(reading: BriefReading): readonly Block[] {
  const { talks, names, sides, agenda } = reading;
  const aim = named(talks.dialogue.aim as LangText | null, '');
  return [
    heading(1, 'Briefing book for ', ...partyInWords(sides[0] ?? '', names)),
    ...(talks.dialogue.synthetic
      ? [notice({ strong: 'Synthetic.' }, ' The parties and everything that they say here are invented.')]
      : []),
    ...(agenda.suspendedBy.length === 0
      ? []
      : [
          notice(
            { strong: 'Suspended.' },
            ` The dialogue is suspended by ${agenda.suspendedBy.join(' and ')}.`,
          ),
        ]),
    particulars(reading),
    ...(talks.dialogue.aim === null ? [] : [paragraph('Aim, as the opening has it: ', ...aim)]),
    quiet(
      'A joint stage needs the word of both sides; what one side alone says stands as its claim. ● direct: the party recorded it itself; ◐ attributed: others did, from a source; ○ derived by rule from other entries.',
    ),
    ...wholeOf(reading),
    ...contents(reading),
  ];
}
