import type { ClaimDocument, IrritantDocument } from '../reading/documents.js';
import { claimInWords, modeInWords } from '../wording/claims.js';
import { term } from '../wording/terms.js';
import { list, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import { quoted, saidInWords } from './brief-words.js';
import type { BriefReading } from './brief.reading.js';
import { openOn } from './open-points.js';
import { linkedWith } from './talks.js';

/** Both hold the part, and one side alone the rest: neither unanswered nor held by both. */
export const confirmedInPart = 'Claimed by one side, confirmed by the other in part';

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

export function claimOf(one: ClaimDocument): Line {
  return [
    { strong: `${claimInWords(one)} (${term(one.state)}).` },
    ...quoted(one, 'text'),
    ...saidInWords(one),
    ...answerOf(one),
  ];
}

/** The other side’s first: those are the ones that the reader can answer. */
export function claimsOf({ talks, sides }: BriefReading, irritant: IrritantDocument): readonly Block[] {
  const claims = irritant.claims
    .filter((one) => one.state === 'unanswered')
    .toSorted((one, other) => sides.indexOf(other.party ?? '') - sides.indexOf(one.party ?? ''))
    .map((one): Line => [{ strong: `${claimInWords(one)}.` }, ...quoted(one, 'text'), ...saidInWords(one)]);
  const coverage = openOn(irritant, linkedWith(talks, irritant)).coverage.map((one): Line => [
    { strong: `Only ${one.party ?? 'nobody'} says that the notes exchanged cover it.` },
    ...quoted(one, 'text'),
    ...saidInWords(one),
  ]);
  const all = [...claims, ...coverage];
  const inPart = irritant.claims.filter((one) => one.state === 'partly-confirmed');
  return [
    ...section('Said by one side, unanswered by the other', all.length === 0 ? [] : [list(all)]),
    ...section(confirmedInPart, inPart.length === 0 ? [] : [list(inPart.map(claimOf))]),
  ];
}
