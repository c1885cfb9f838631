import { wording } from '#libs/decider';
import type { IrritantDocument } from '../reading/documents.js';
import { openInWords, openOn } from '../briefing/open-points.js';
import type { Instrument } from '../briefing/open-points.js';
import { occurredInWords, sinceInWords } from '../wording/dates.js';
import { joinedInWords, keptInWords, suspendedInWords } from '../wording/kept.js';
import type { Keeping } from '../wording/kept.js';
import { marksOn, spoken, wordsOf } from '../wording/spoken.js';
import type { Worded } from '../wording/spoken.js';
import { aloneInWords, reopenedInWords, reopeningOf, titleNote } from '../wording/standing.js';
import {
  awaitedInWords,
  capacityMarks,
  capitalised,
  marksOf,
  raisedInWords,
  stageInWords,
  term,
} from '../wording/terms.js';
import { shown, written } from './shown.js';
import type { Part, Shown } from './shown.js';
import { wrapped } from './timeline-ink.js';
import type { Ink } from './timeline-ink.js';
import { wordsIn } from './timeline-words.js';

export interface HeaderParts {
  readonly irritant: IrritantDocument;
  readonly dialogue: Keeping;
  readonly instruments: readonly Instrument[];
  readonly parties: readonly string[];
  readonly ink: Ink;
  readonly width: number;
  readonly knownAt?: string | undefined;
  readonly effectiveAt?: string | undefined;
  readonly restsOn?: string | undefined;
}

const labelColumn = 11;

/** A label in a column of its own, and what it says beside it, over as many lines as it takes. */
function labelled({ ink, width }: HeaderParts, label: string, text: Shown): readonly string[] {
  const blank = ' '.repeat(labelColumn);
  const first = `${ink.paint('dim', label).text}${blank.slice(label.length)}`;
  return wrapped(text, width - labelColumn).map((line, index) => `${index === 0 ? first : blank}${line}`);
}

/** What somebody said, where the words are not erased; in quotation marks only where they are what was said. */
function saying(entry: Worded, field: string): Part {
  const all = spoken(entry, field);
  const one = all.find(({ lang }) => lang === 'en') ?? all[0];
  return one === undefined ? '' : shown`: ${wordsIn(one)}`;
}

/** Corrected, endorsed, doubted, repudiated, or recorded by somebody else. */
function marked(entry: Worded): Part {
  const { notes } = marksOn(entry);
  return notes.length === 0 ? '' : shown` [${notes.join('; ')}]`;
}

function positionOf({ irritant, ink }: HeaderParts, party: string): Shown {
  const position = irritant.positions[party];
  if (position === undefined) return shown`${ink.party(party)} no position recorded`;
  const when = position.occurred === undefined ? '' : `, ${occurredInWords(position.occurred)}`;
  return shown`${ink.party(party)} ${ink.paint('bold', term(position.stance))} ${capacityMarks[position.capacity]} ${position.capacity}${when}${saying(position, 'text')}${marked(position)}`;
}

function claimsOf({ irritant, ink }: HeaderParts): readonly Shown[] {
  // To what is confirmed in part an answer may be awaited, too.
  const isAwaited = (id: string) => irritant.awaiting.some((one) => one.claimId === id);
  return irritant.claims
    .filter(({ state, claimId }) => state === 'unanswered' || isAwaited(claimId))
    .map((one) => {
      const claim = shown`${ink.party(one.party ?? 'Nobody')} claims: ${ink.paint('bold', term(one.kind))}`;
      return shown`? ${claim} ${capacityMarks[one.capacity]} ${one.capacity}; ${term(one.state)}${saying(one, 'text')}${marked(one)}`;
    });
}

/** What is open on it and on its instruments, as the pages count it. */
function openLines(parts: HeaderParts): readonly string[] {
  const { irritant, instruments, ink } = parts;
  const open = openOn(irritant, instruments);
  const awaited = open.awaited.map((one) => {
    const { from, since, on } = one;
    const of = on.kind === 'irritant' ? '' : ` (${term(on.kind)})`;
    return shown`${ink.party(from)} ${awaitedInWords(one)}${of}, since ${sinceInWords(since)}`;
  });
  const coverage = open.coverage.map(
    ({ party }) => shown`Only ${ink.party(party ?? 'nobody')} says that the notes exchanged cover it`,
  );
  const flags = open.flags.map((one) => shown`Flag: ${term(one.kind)}`);
  return [shown`${openInWords(open)}`, ...awaited, ...coverage, ...flags].flatMap((one, index) =>
    labelled(parts, index === 0 ? 'Open' : '', one),
  );
}

function momentLines({ knownAt, effectiveAt, restsOn, ink, width }: HeaderParts): readonly string[] {
  if (knownAt === undefined && effectiveAt === undefined) return [];
  const stood = restsOn === undefined ? knownAt : `${knownAt ?? ''}, ${restsOn}`;
  const known = stood === undefined ? '' : `as the record stood at ${stood}`;
  const effective = effectiveAt === undefined ? '' : `counting what had happened by ${effectiveAt}`;
  const text = [known, effective].filter((one) => one !== '').join(', ');
  return ['', ...wrapped(ink.paint(['bold', 'yellow'], `Not the present state: ${text}.`), width)];
}

/** Who opened it again, and beside it what was resolved before. */
function reopenedLines(parts: HeaderParts): readonly string[] {
  const { irritant } = parts;
  const reopening = reopeningOf(irritant);
  if (reopening === undefined) return [];
  const terms = irritant.resolutions.find((one) => one.resolutionId === reopening.resolutionId);
  const all = [
    shown`${capitalised(reopenedInWords(reopening))}${saying(reopening, 'reason')}${marked(reopening)}`,
    ...(terms === undefined
      ? []
      : [
          shown`What was resolved, on terms of ${terms.party ?? 'nobody'}${saying(terms, 'terms')}${marked(terms)}`,
        ]),
  ];
  return all.flatMap((one) => labelled(parts, '', one));
}

/** Where the irritant stands: the joint stage, each side's own position beside it, and what is still open. */
export function headerLines(parts: HeaderParts): readonly string[] {
  const { irritant, dialogue, parties, ink, width } = parts;
  const title = wording(wordsOf(irritant, 'title'));
  const raised = raisedInWords(irritant);
  const suspended = suspendedInWords(dialogue);
  const overlays = [...irritant.overlays, ...marksOf({ ...irritant, synthetic: false })].map(
    (one) => shown`${ink.paint(['bold', 'yellow'], `[${term(one)}]`)} `,
  );
  const stage = shown`${ink.paint('bold', stageInWords(irritant))} ${capacityMarks[irritant.basis]} ${irritant.basis}${aloneInWords(irritant)}, since ${sinceInWords(irritant.stageSince)} ${overlays}`;
  const synthetic = irritant.synthetic
    ? shown` · ${ink.paint(['bold', 'yellow'], 'synthetic, not a real dispute')}`
    : '';
  return [
    ...wrapped(
      ink.paint(
        'bold',
        shown`${irritant.key} ${title === '' ? '(its words are erased)' : written(title)}${titleNote(irritant.titled)}`,
      ),
      width,
    ),
    ...wrapped(shown`${ink.paint('dim', `${term(irritant.category)} · ${raised}`)}${synthetic}`, width),
    ...wrapped(ink.paint('dim', keptInWords(dialogue)), width),
    ...wrapped(ink.paint('dim', joinedInWords(dialogue)), width),
    ...(suspended === undefined ? [] : wrapped(ink.paint(['bold', 'yellow'], suspended), width)),
    ...momentLines(parts),
    '',
    ...labelled(parts, 'Stage', stage),
    ...reopenedLines(parts),
    ...parties.flatMap((one, index) =>
      labelled(parts, index === 0 ? 'Positions' : '', positionOf(parts, one)),
    ),
    ...claimsOf(parts).flatMap((one, index) => labelled(parts, index === 0 ? 'Claims' : '', one)),
    ...openLines(parts),
    ...wrapped(ink.paint('dim', '● direct  ◐ attributed  ○ derived'), width - labelColumn).map(
      (line) => `${' '.repeat(labelColumn)}${line}`,
    ),
    '',
  ];
}
