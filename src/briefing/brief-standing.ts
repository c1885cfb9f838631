import type { LangText } from '#libs/decider';
import type { IrritantDocument } from '../reading/documents.js';
import { sinceInWords } from '../wording/dates.js';
import { marksOn, spoken } from '../wording/spoken.js';
import { aloneInWords, reopenedInWords, reopeningOf, titleNote } from '../wording/standing.js';
import { awaitedInWords, capitalised, raisersInWords, stageInWords, Term, term } from '../wording/terms.js';
import { rulesBefore, rulesIn } from '../wording/legal-bases.js';
import { alike } from './agenda.js';
import { openInWords, openOn } from './open-points.js';
import { linkedWith } from './talks.js';
import type { Talks } from './talks.js';
import type { BriefReading } from './brief.reading.js';
import { cited, given, joined, named, paragraph, quotations, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import {
  capacityInShort,
  nameOf,
  partyInWords,
  quoted,
  saidInWords,
  wasInWords,
  whenInWords,
} from './brief-words.js';

export type Item = BriefReading['agenda']['items'][number];

/** Who opened it again, and beside it what was resolved before. */
function reopened(irritant: IrritantDocument): readonly (readonly [string, Line])[] {
  const reopening = reopeningOf(irritant);
  if (reopening === undefined) return [];
  const terms = irritant.resolutions.find((one) => one.resolutionId === reopening.resolutionId);
  const why: Line = [
    `${capitalised(reopenedInWords(reopening))}.`,
    ...quoted(reopening, 'reason'),
    ...saidInWords(reopening),
  ];
  if (terms === undefined) return [['Reopened', why]];
  const accepted = terms.answer === undefined ? '' : `, accepted by ${terms.answer.party ?? 'nobody'}:`;
  return [
    ['Reopened', why],
    [
      'What was resolved',
      [`Terms of ${terms.party ?? 'nobody'}${accepted}`, ...quoted(terms, 'terms'), ...saidInWords(terms)],
    ],
  ];
}

export function factsOf({ talks }: BriefReading, irritant: IrritantDocument): Block {
  const { basis, stageSince, overlays, flags, respondents } = irritant;
  const flagged = flags.map((one) => term(one.kind));
  return {
    kind: 'facts',
    rows: [
      ['Category', [Term(irritant.category)]],
      ['Raised by', [raisersInWords(irritant)]],
      ['To be answered by', [respondents.join(' and ')]],
      [
        'Joint stage',
        [
          { strong: stageInWords(irritant) },
          `, ${capacityInShort(basis)}${aloneInWords(irritant)}, since ${sinceInWords(stageSince)}`,
        ],
      ],
      ...reopened(irritant),
      ['Open', [openInWords(openOn(irritant, linkedWith(talks, irritant)))]],
      ...(overlays.length === 0 ? [] : [['Beside the stage', [overlays.map(Term).join(', ')]] as const]),
      ...(irritant.unreadableSince === undefined
        ? []
        : [
            [
              'Unreadable',
              [`since r${irritant.unreadableSince}: what was stored then and later is not counted`],
            ] as const,
          ]),
      ...(flagged.length === 0 ? [] : [['Flags', [flagged.map(Term).join(', ')]] as const]),
    ],
  };
}

/** What became of it since, and on which evidence it stands. */
function recordedInWords(one: IrritantDocument['positions'][string]): Line {
  const notes = marksOn(one).notes.join('; ');
  return [...(notes === '' ? [] : [notes]), ...cited(one.sources), ...wasInWords(one)];
}

/** Side by side, so that nobody reads one without the other. */
export function positionsOf({ sides, names }: BriefReading, irritant: IrritantDocument): readonly Block[] {
  const { positions, designations, legalBasis } = irritant;
  const called: { readonly [party: string]: LangText } = designations;
  const cells = (name: string, of: (party: string) => Line): readonly Line[] => [[name], ...sides.map(of)];
  const ofPosition = (of: (position: IrritantDocument['positions'][string]) => Line) => (party: string) => {
    const position = positions[party];
    return position === undefined ? [] : of(position);
  };
  const rows = [
    cells('Position', (party) => {
      const position = positions[party];
      return position === undefined
        ? ['No position recorded']
        : [{ strong: Term(position.stance) }, `, ${capacityInShort(position.capacity)}`];
    }),
    cells(
      'Since',
      ofPosition((one) => [whenInWords(one)]),
    ),
    cells(
      'In its words',
      ofPosition((one) => quotations(spoken(one, 'text').filter(({ isQuotable }) => isQuotable))),
    ),
    cells(
      'Not in its words',
      ofPosition((one) => quotations(spoken(one, 'text').filter(({ isQuotable }) => !isQuotable))),
    ),
    cells('Recorded', ofPosition(recordedInWords)),
    cells('Legal basis', (party) => {
      const ground = legalBasis[party];
      if (ground === undefined) return [];
      const lined = (rules: readonly string[]) =>
        joined(
          rules.map((one) => [given(one)]),
          '; ',
        );
      const before = rulesBefore(ground).flatMap((one) => [' [until it was corrected: ', ...lined(one), ']']);
      return [...lined(rulesIn(ground)), ...saidInWords(ground), ...before];
    }),
    cells('Calls it', (party) => (called[party] === undefined ? [] : named(called[party], '(erased)'))),
  ];
  const isSaid = ([, ...said]: readonly Line[]) => said.some((one) => one.length > 0);
  const head = [[], ...sides.map((party) => partyInWords(party, names))];
  return section('Positions', [
    { kind: 'table', isSideBySide: true, label: 'Positions', head, rows: rows.filter((row) => isSaid(row)) },
  ]);
}

type AwaitedWord = Item['awaiting'][number];

/** What is awaited, with the kind of claim where it is one that wants an answer. */
function wordInWords(awaited: AwaitedWord, { claims }: IrritantDocument): string {
  const claim = claims.find((one) => one.claimId === awaited['claimId']);
  return `${capitalised(awaitedInWords(awaited))}${claim === undefined ? '' : ` (${term(claim.kind)})`}`;
}

/** The instruments on which the same is awaited, each by its name. */
function onInWords(talks: Talks, all: readonly [AwaitedWord, ...AwaitedWord[]]): Line {
  const { kind } = all[0].on;
  if (kind === 'irritant') return ['the matter itself'];
  const names = all.map(({ on }) => nameOf(talks, on.id)).filter((name) => name.length > 0);
  const head = `${term(kind)}${all.length > 1 ? 's' : ''}`;
  return names.length === 0 ? [head] : [`${head}: `, ...joined(names, ', ')];
}

/** The reader’s own side first: what it owes is what it can do something about. */
export function awaitedOf(
  { talks, sides, names }: BriefReading,
  { awaiting }: Item,
  irritant: IrritantDocument,
): readonly Block[] {
  const rows = sides.flatMap((party) => {
    const own = awaiting.filter((one) => one.from === party);
    return alike(own).map((all): readonly Line[] => [
      partyInWords(party, names),
      [wordInWords(all[0], irritant)],
      onInWords(talks, all),
      [sinceInWords(all[0].since)],
    ]);
  });
  const head = ['From', 'What', 'On', 'Since'];
  return section(
    'Awaited',
    rows.length === 0
      ? [paragraph('No word is awaited from either side.')]
      : [{ kind: 'table', label: 'Awaited', head, rows }],
  );
}

/** The irritant’s title, and whose wording it is where it is one side’s alone, as headings and the contents have it. */
export function titleOf({ title, titled }: Pick<IrritantDocument, 'title' | 'titled'>): Line {
  const note = titleNote(titled);
  return [...named(title as LangText | null, '(its title is erased)'), ...(note === '' ? [] : [note])];
}
