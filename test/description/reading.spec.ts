import { describe, expect, it } from '@jest/globals';
import type { CommandDeclaration } from '#libs/decider';
import { readingPage } from '../../src/description/reading-page.js';
import { slices } from '../../src/slices.js';
import { plain } from './guide.js';

const page = readingPage(slices);
const declarations = slices.flatMap((slice) => Object.values<CommandDeclaration>(slice.commands));

/** The rows of the table, by event. */
const rows = new Map(
  [...page.matchAll(/<tr>\s*<th scope="row">([^]*?)<\/th>([^]*?)<\/tr>/g)].map(
    ([, event = '', cells = '']) => [plain(event).trim(), plain(cells).replace(/\s+/g, ' ').trim()],
  ),
);

describe('The guide for reading', () => {
  it('has for every event that an act records a row on what takes it back', () => {
    expect([...rows.keys()].toSorted()).toEqual(
      [...new Set(declarations.map((one) => one.event))].toSorted(),
    );
  });

  it('names as what takes an act back what the refusals name', () => {
    const missing = declarations.filter(
      ({ event, takenBackBy }) =>
        takenBackBy !== undefined &&
        rows.get(event)?.toLowerCase().includes(takenBackBy.replaceAll('`', '').toLowerCase()) !== true,
    );
    expect(missing.map((one) => one.event)).toEqual([]);
  });

  it.each(['both', 'one', 'secretariat'])('says what it means that a dialogue is kept by %s', (by) => {
    const [, keeping = ''] = /<h2 id="keeping">([^]*?)<h2/.exec(page) ?? [];
    expect(keeping).toContain(`<dt><code>${by}</code></dt>`);
  });
});
