import { wording } from '#libs/decider';
import type { IrritantDocument } from '../audit/documents.js';
import { occurredInWords, sinceInWords } from '../pages/dates.js';
import { wordsOf } from '../pages/quotes.js';
import { awaitedInWords, capacityMarks, marksOf, raisersInWords, Term, term } from '../pages/terms.js';
import { shown, written } from './shown.js';
import type { Part, Shown } from './shown.js';
import { wrapped } from './timeline-ink.js';
import type { Ink } from './timeline-ink.js';

export interface HeaderParts {
  readonly irritant: IrritantDocument;
  readonly parties: readonly string[];
  readonly ink: Ink;
  readonly width: number;
  readonly knownAt?: string | undefined;
  readonly effectiveAt?: string | undefined;
}

const labelColumn = 11;

/** A label in a column of its own, and what it says beside it, over as many lines as it takes. */
function labelled({ ink, width }: HeaderParts, label: string, text: Shown): readonly string[] {
  const blank = ' '.repeat(labelColumn);
  const first = `${ink.paint('dim', label).text}${blank.slice(label.length)}`;
  return wrapped(text, width - labelColumn).map((line, index) => `${index === 0 ? first : blank}${line}`);
}

/** What somebody said, where the words are not erased. */
function saying(words: string): Part {
  return words === '' ? '' : shown`: “${written(words)}”`;
}

function positionOf({ irritant, ink }: HeaderParts, party: string): Shown {
  const position = irritant.positions[party];
  if (position === undefined) return shown`${ink.party(party)} no position recorded`;
  const words = wording(wordsOf(position, 'text'));
  const when = position.occurred === undefined ? '' : `, ${occurredInWords(position.occurred)}`;
  return shown`${ink.party(party)} ${ink.paint('bold', term(position.stance))} ${capacityMarks[position.capacity]} ${position.capacity}${when}${saying(words)}`;
}

function claimsOf({ irritant, ink }: HeaderParts): readonly Shown[] {
  return irritant.claims
    .filter((one) => one.state === 'unanswered')
    .map((one) => {
      const words = wording(wordsOf(one, 'text'));
      const claim = shown`${ink.party(one.party ?? 'Nobody')} claims: ${ink.paint('bold', term(one.kind))}`;
      return shown`? ${claim} ${capacityMarks[one.capacity]} ${one.capacity}; unanswered${saying(words)}`;
    });
}

function momentLines({ knownAt, effectiveAt, ink, width }: HeaderParts): readonly string[] {
  if (knownAt === undefined && effectiveAt === undefined) return [];
  const known = knownAt === undefined ? '' : `as the record stood at ${knownAt}`;
  const effective = effectiveAt === undefined ? '' : `counting what had happened by ${effectiveAt}`;
  const text = [known, effective].filter((one) => one !== '').join(', ');
  return ['', ...wrapped(ink.paint(['bold', 'yellow'], `Not the present state: ${text}.`), width)];
}

/** Where the irritant stands: the joint stage, each side's own position beside it, and what is still open. */
export function headerLines(parts: HeaderParts): readonly string[] {
  const { irritant, parties, ink, width } = parts;
  const title = wording(wordsOf(irritant, 'title'));
  const raised = `raised by ${raisersInWords(irritant.raisers)} (${term(irritant.raisedBasis)})`;
  const overlays = [...irritant.overlays, ...marksOf({ ...irritant, synthetic: false })].map(
    (one) => shown`${ink.paint(['bold', 'yellow'], `[${term(one)}]`)} `,
  );
  const stage = shown`${ink.paint('bold', Term(irritant.stage))} ${capacityMarks[irritant.basis]} ${irritant.basis}, since ${sinceInWords(irritant.stageSince)} ${overlays}`;
  const synthetic = irritant.synthetic
    ? shown` · ${ink.paint(['bold', 'yellow'], 'synthetic, not a real dispute')}`
    : '';
  return [
    ...wrapped(
      ink.paint('bold', shown`${irritant.key} ${title === '' ? '(its words are erased)' : written(title)}`),
      width,
    ),
    ...wrapped(shown`${ink.paint('dim', `${term(irritant.category)} · ${raised}`)}${synthetic}`, width),
    ...momentLines(parts),
    '',
    ...labelled(parts, 'Stage', stage),
    ...parties.flatMap((one, index) =>
      labelled(parts, index === 0 ? 'Positions' : '', positionOf(parts, one)),
    ),
    ...claimsOf(parts).flatMap((one, index) => labelled(parts, index === 0 ? 'Claims' : '', one)),
    ...irritant.awaiting.flatMap(({ what, from, since }, index) =>
      labelled(
        parts,
        index === 0 ? 'Awaited' : '',
        shown`${ink.party(from)} ${awaitedInWords[what] ?? term(what)}, since ${sinceInWords(since)}`,
      ),
    ),
    ...wrapped(ink.paint('dim', '● direct  ◐ attributed  ○ derived'), width - labelColumn).map(
      (line) => `${' '.repeat(labelColumn)}${line}`,
    ),
    '',
  ];
}
