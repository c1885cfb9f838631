import type { IrritantDocument } from '../reading/documents.js';
import { list, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import type { BriefReading } from './brief.reading.js';
import { quoted, saidInWords } from './brief-words.js';

type Linkage = Extract<IrritantDocument['linkages'][number], { direction: 'outgoing' }>;

function answerTo({ state, answer, released }: Linkage): string {
  if (answer === undefined) return 'not answered yet';
  if (state === 'ended') return 'accepted, and ended by both';
  const ending = released.map((one) => `; ${one.party ?? 'nobody'} says that it ends`);
  return `${state} by ${answer.party ?? 'nobody'}${ending.join('')}`;
}

/** What either side asserts between this irritant and others: here, or on the other one. */
export function linkagesOf({ talks }: BriefReading, { id }: IrritantDocument): readonly Block[] {
  const all = talks.irritants.flatMap((from) =>
    from.linkages.flatMap((one): readonly Line[] => {
      if (one.direction !== 'outgoing' || (from.id !== id && one.irritantId !== id)) return [];
      const to = talks.irritants.find((other) => other.id === one.irritantId);
      return [
        [
          { strong: `${from.key} ${conditions[one.condition]} ${to?.key ?? 'an irritant elsewhere'},` },
          ` says ${one.party ?? 'nobody'}: ${answerTo(one)}.`,
          ...quoted(one, 'text'),
          ...saidInWords(one),
        ],
      ];
    }),
  );
  return section('Linkages', all.length === 0 ? [] : [list(all)]);
}

const conditions = {
  precedes: 'comes before',
  together: 'is to be settled together with',
  package: 'is in one package with',
  other: 'is linked with',
} as const;
