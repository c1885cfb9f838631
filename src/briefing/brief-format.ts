import { choice, line, means, optional } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { asOf, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';

export const markdownMediaType = 'text/markdown; charset=utf-8';

const formats = ['html', 'md'] as const;
type Format = (typeof formats)[number];

/** `format` says in an address what `Accept` says in a header, so that a link can give either. */
export const briefPageParameters = {
  for: means(line(20), 'The party for whom the book is made: its side comes first.'),
  format: optional(choice(...formats), 'In which form, whatever `Accept` says.'),
  ...asOf,
};
export const briefParameters = { ...briefPageParameters, ...waiting };

/** How much the header wants the type: the most specific range that takes it in decides. */
function wanted(accept: string, type: string): number {
  const [main = ''] = type.split('/');
  const ranges = accept.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((one) => one.startsWith('q='));
    return { name, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
  });
  const found = [type, `${main}/*`, '*/*'].flatMap((name) => ranges.filter((one) => one.name === name));
  return found[0]?.quality ?? 0;
}

export function formatOf({ format }: Query, accept = '*/*'): Format {
  if (format !== undefined) return format as Format;
  const [asHtml, asMarkdown] = [wanted(accept, 'text/html'), wanted(accept, 'text/markdown')];
  if (asHtml > 0 || asMarkdown > 0) return asMarkdown > asHtml ? 'md' : 'html';
  throw new Problem(platformProblems.NOT_ACCEPTABLE, {
    detail: 'A briefing book is given as text/html or text/markdown.',
  });
}
