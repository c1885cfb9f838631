import { wording } from '#libs/decider';
import type { IrritantDocument } from '../audit/documents.js';
import { occurredInWords, sinceInWords } from '../pages/dates.js';
import { wordsOf } from '../pages/quotes.js';
import { awaitedInWords, capacityMarks, Term, term } from '../pages/terms.js';
import { plain, wrapped } from './timeline-ink.js';
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
function labelled({ ink, width }: HeaderParts, label: string, text: string): readonly string[] {
  const blank = ' '.repeat(labelColumn);
  const first = `${ink.paint('dim', label)}${blank.slice(label.length)}`;
  return wrapped(text, width - labelColumn).map((line, index) => `${index === 0 ? first : blank}${line}`);
}

function positionOf({ irritant, ink }: HeaderParts, party: string): string {
  const position = irritant.positions[party];
  if (position === undefined) return `${ink.party(party)} no position recorded`;
  const words = plain(wording(wordsOf(position, 'text')));
  const when = position.occurred === undefined ? '' : `, ${occurredInWords(position.occurred)}`;
  return `${ink.party(party)} ${ink.paint('bold', term(position.stance))} ${capacityMarks[position.capacity]} ${position.capacity}${when}${words === '' ? '' : `: “${words}”`}`;
}

function claimsOf({ irritant, ink }: HeaderParts): readonly string[] {
  return irritant.claims
    .filter((one) => one.state === 'unanswered')
    .map((one) => {
      const words = plain(wording(wordsOf(one, 'text')));
      const claim = `${ink.party(one.party ?? 'Nobody')} claims: ${ink.paint('bold', term(one.kind))}`;
      return `? ${claim} ${capacityMarks[one.capacity]} ${one.capacity}; unanswered${words === '' ? '' : `: “${words}”`}`;
    });
}

function momentLines({ knownAt, effectiveAt, ink, width }: HeaderParts): readonly string[] {
  if (knownAt === undefined && effectiveAt === undefined) return [];
  const known = knownAt === undefined ? '' : `as the record stood at ${knownAt}`;
  const effective = effectiveAt === undefined ? '' : `counting what had happened by ${effectiveAt}`;
  const text = [known, effective].filter((one) => one !== '').join(', ');
  return ['', ...wrapped(ink.paint(['bold', 'yellow'], `Not the present state: ${plain(text)}.`), width)];
}

/** Where the irritant stands: the joint stage, each side's own position beside it, and what is still open. */
export function headerLines(parts: HeaderParts): readonly string[] {
  const { irritant, parties, ink, width } = parts;
  const title = plain(wording(wordsOf(irritant, 'title'))) || '(its words are erased)';
  const raised = `raised by ${irritant.raisers.join(' and ')} (${term(irritant.raisedBasis)})`;
  const overlays = irritant.overlays.map((one) => ink.paint(['bold', 'yellow'], `[${term(one)}]`)).join(' ');
  const stage = `${ink.paint('bold', Term(irritant.stage))} ${capacityMarks[irritant.basis]} ${irritant.basis}, since ${sinceInWords(irritant.stageSince)} ${overlays}`;
  const synthetic = irritant.synthetic
    ? ` · ${ink.paint(['bold', 'yellow'], 'synthetic, not a real dispute')}`
    : '';
  return [
    ...wrapped(ink.paint('bold', `${irritant.key} ${title}`), width),
    ...wrapped(`${ink.paint('dim', `${term(irritant.category)} · ${raised}`)}${synthetic}`, width),
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
        `${ink.party(from)} ${awaitedInWords[what] ?? term(what)}, since ${sinceInWords(since)}`,
      ),
    ),
    ...wrapped(ink.paint('dim', '● direct  ◐ attributed  ○ derived'), width - labelColumn).map(
      (line) => `${' '.repeat(labelColumn)}${line}`,
    ),
    '',
  ];
}
