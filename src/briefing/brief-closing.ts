import type { SaidView } from '#libs/decider';
import { instantInWords, occurredInWords } from '../wording/dates.js';
import { Term } from '../wording/terms.js';
import type { BriefReading } from './brief.reading.js';
import { anchored, heading, list, named, paragraph, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import { titleOf } from './brief-standing.js';
import type { Stale } from './stale.js';
import type { Statistics } from './statistics.js';
import { partyInWords, quoted, saidInWords } from './brief-words.js';

type Indicated = SaidView & { readonly date?: string };

function indicatedBy({ agenda, names }: BriefReading, party: string): Line {
  const all = (agenda.nextRound.indicated as unknown as readonly Indicated[]).filter(
    (one) => one.party === party,
  );
  const latest = all.at(-1);
  const name = { strong: [...partyInWords(party, names), ':'] };
  if (latest === undefined) return [name, ' nothing is recorded.'];
  return [
    name,
    latest.date === undefined ? ' no date.' : ` ${occurredInWords({ edtf: latest.date })}.`,
    ...quoted(latest, 'text'),
    ...saidInWords(latest),
  ];
}

type CalledOff = BriefReading['agenda']['nextRound']['scheduled'][number]['calledOff'][number];

/** Its word alone, which the other side need not share. */
function offInWords({ party, as, startsAt }: CalledOff): string {
  const to = startsAt === undefined ? '' : ` to ${occurredInWords({ edtf: startsAt })}`;
  return `; ${party ?? 'nobody'} says that it is ${as}${to}`;
}

/** What both sides have said of the meeting to come, each for itself. */
export function nextRoundOf(reading: BriefReading): Block {
  const { agenda, sides } = reading;
  const scheduled = agenda.nextRound.scheduled.map(
    ({ number, startsAt, calledOff }) =>
      `Round ${number} is scheduled${startsAt === null ? '' : ` for ${occurredInWords({ edtf: startsAt })}`}${calledOff.map(offInWords).join('')}.`,
  );
  return {
    kind: 'page',
    id: 'next-round',
    blocks: [
      heading(2, 'The next round'),
      paragraph(scheduled.length === 0 ? 'No round is scheduled.' : scheduled.join(' ')),
      list(sides.map((party) => indicatedBy(reading, party))),
    ],
  };
}

export function silentOf(stale: Stale): readonly Block[] {
  const told = ({ lastHeard, silentMonths }: (typeof stale.irritants)[number]): string =>
    `: for ${silentMonths} months; last ${lastHeard.party ?? 'the record'}, ${instantInWords(lastHeard.at).slice(0, 10)}`;
  const irritants = stale.irritants.map((one): Line => [
    { strong: one.key },
    ' ',
    ...titleOf(one),
    told(one),
  ]);
  const commitments = stale.commitments.map((one): Line => [
    { strong: `Commitment of ${one.obligors.join(' and ')}` },
    ' ',
    ...named(one.text, '(its words are erased)'),
    told(one as never),
  ]);
  const all = [...irritants, ...commitments];
  return [
    anchored('silent', 'What nobody has spoken of for long'),
    all.length === 0
      ? paragraph(`Nothing open has been left unspoken of for ${stale.months} months.`)
      : list(all),
  ];
}

/** `3 (1 confirmed, 2 unanswered)`; what there is none of is not told. */
function counted(all: number, of: { readonly [what: string]: number }): string {
  const parts = Object.entries(of).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
  return all === 0 ? 'none' : `${all}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

function days(value: number | null): string {
  return value === null ? 'none open' : `${Math.round(value)} days`;
}

function categoryTable(rows: readonly (readonly Line[])[]): Block {
  const head = ['Category', 'Irritants', 'Open', 'Median age of the open'];
  return { kind: 'table', label: 'By category', head, rows };
}

/** The figures in short; the interface has them in full. */
export function figuresOf(
  { sides, names }: BriefReading,
  { total, categories }: Statistics,
): readonly Block[] {
  const kinds = [
    ...categories.map((one) => [Term(one.category), one] as const),
    ...(categories.length > 1 ? [['All', total] as const] : []),
  ];
  const byCategory = kinds.map(([name, one]): readonly Line[] => [
    [name],
    [`${one.irritants}`],
    [`${one.open}`],
    [days(one.medianAgeDays)],
  ]);
  const bySide = sides.flatMap((party): readonly (readonly Line[])[] => {
    const side = total.sides[party];
    if (side === undefined) return [];
    const { claims, commitments } = side;
    return [
      [
        partyInWords(party, names),
        [counted(side.raised, { open: side.open })],
        [
          counted(claims.made, {
            confirmed: claims.confirmed,
            'confirmed in part': claims.partlyConfirmed,
            denied: claims.denied,
            withdrawn: claims.withdrawn,
            unanswered: claims.unanswered,
          }),
        ],
        [
          counted(commitments.undertaken, {
            kept: commitments.kept,
            late: commitments.late,
            'alleged to be broken': commitments.allegedBroken,
            waived: commitments.waived,
          }),
        ],
      ],
    ];
  });
  return [
    anchored('statistics', 'Figures'),
    ...section('By category', byCategory.length === 0 ? [] : [categoryTable(byCategory)]),
    heading(3, 'By side'),
    {
      kind: 'table',
      label: 'By side',
      head: ['Side', 'Raised', 'Claims made', 'Commitments undertaken'],
      rows: bySide,
    },
  ];
}
