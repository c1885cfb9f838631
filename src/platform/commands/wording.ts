import type { Act } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { schemaOf } from '../record/amendment-events.js';
import { isWords } from '../record/words-field.js';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';
import type { CommandRequest } from './request.js';

function wordsIn({ slice, declaration, content }: CommandRequest): readonly string[] {
  const shape = schemaOf(slice, declaration.event)?.content ?? {};
  return Object.entries(shape).flatMap(([name, field]) =>
    isWords(name, field) && content[name] !== undefined ? [name] : [],
  );
}

/** A translation says from what; only the party itself has words of its own; and a row names words that are there. */
function faultsIn(request: CommandRequest, act: Act, words: readonly string[]) {
  return (request.wording ?? []).flatMap((row, index) => {
    const at = (member: string, detail: string) => [{ pointer: pointer(['wording', index, member]), detail }];
    if (row.as === 'own' && act.capacity !== 'direct')
      return at(
        'as',
        'only a party that records its own act has words of its own: say verbatim, translation or summary',
      );
    if ((row.as === 'translation') !== (row.translationFrom !== undefined))
      return at('translationFrom', 'goes with a translation, and with nothing else');
    if (row.field !== undefined && !words.includes(row.field))
      return at(
        'field',
        `names no words of this act${words.length === 0 ? '' : `: it has ${words.join(', ')}`}`,
      );
    return [];
  });
}

/** Whoever records the words of another says whose they are: as they were said, translated, or summed up. */
export function refuseUnsaidWording(request: CommandRequest, act: Act): void {
  const words = wordsIn(request);
  const errors = faultsIn(request, act, words);
  if (errors.length > 0) {
    throw new Problem(platformProblems.VALIDATION_FAILED, {
      detail: 'The wording does not fit the act.',
      errors,
    });
  }
  if (act.capacity !== 'attributed') return;
  const rows = request.wording ?? [];
  const open = words.filter((field) => !rows.some((row) => row.field === undefined || row.field === field));
  if (open.length === 0) return;
  const detail = `Say in "wording" whose words ${open.join(' and ')} are, for instance [{ "as": "summary" }].`;
  throw problemAt(
    platformProblems.WORDING_REQUIRED,
    ['wording'],
    `says nothing of ${open.join(', ')}`,
    detail,
  );
}
