import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parseYaml } from '@redocly/openapi-core';
import { readEnvironment } from '#config';
import { renderedBlocks } from '../../src/description/guide-blocks.js';
import { guideNames } from '../../src/description/guide-names.js';
import { blocksOfGuide, guidePage } from '../../src/description/guides.js';
import { blocksOf } from '../../src/description/markdown.js';
import { html } from '#libs/html';
import { described } from '../../src/described.js';
import { slices } from '../../src/slices.js';
import { examplesOf } from './guide.js';

const drawn = { told: () => html`<p>drawn</p>` };
const shown = (text: string) =>
  renderedBlocks(blocksOf('guide.md', text), drawn)
    .join('')
    .replace(/>\n\s+</g, '><');

describe('A guide in Markdown', () => {
  it.each([
    [
      'words',
      'One *two* **three** `four <five>`\nsix',
      /<p>One <em>two<\/em> <strong>three<\/strong> <code>four &lt;five&gt;<\/code>\nsix<\/p>/,
    ],
    ['a link', '[`not-yet`](/problems/not-yet)', /<a href="\/problems\/not-yet"><code>not-yet<\/code><\/a>/],
    ['signs that HTML would read', '1 < 2 & 3 &amp; "4"', /1 &lt; 2 &amp; 3 &amp;amp; &quot;4&quot;/],
    ['a heading with its anchor', '## Is it well? {#health}', /<h2 id="health">Is it well\?<\/h2>/],
    [
      'an example with its label',
      '```sh See it\nless < a\n```',
      /<pre tabindex="0" aria-label="See it"><code>less &lt; a<\/code><\/pre>/,
    ],
    ['what the program knows', 'One.\n::told\n\nTwo.', /<p>One.\s*<\/p><p>drawn<\/p><p>Two.<\/p>/],
    [
      'terms and what they mean',
      '`one`, `two`\n: First\nof all\n\nThree\n: Second',
      /<dl>\s*<dt><code>one<\/code>, <code>two<\/code><\/dt><dd>First\nof all<\/dd><dt>Three<\/dt><dd>Second<\/dd>\s*<\/dl>/,
    ],
    ['steps in order', '1. One\n2. Two', /<ol><li>One<\/li><li>Two<\/li><\/ol>/],
    [
      'a table as a list',
      '::table What\n\n- A\n  - B\n- `a`\n  - b',
      /<caption>\s*What\s*<\/caption>[^]*<th scope="col">A<\/th><th scope="col">B<\/th>[^]*<th scope="row"><code>a<\/code><\/th>\s*<td>b<\/td>/,
    ],
  ])('shows %s', (_, text, page) => {
    expect(shown(text)).toMatch(page);
  });

  it.each([
    ['HTML in a sentence', 'One.\n\nTwo\nthree <b>four</b>', 'guide.md:4: a guide has no raw HTML: <b>'],
    ['HTML as a block', 'One.\n\n<div>\ntwo\n</div>\n', 'guide.md:3: a guide has no raw HTML: <div>'],
    ['HTML in a list', '- one\n- two <br>\n', 'guide.md:2: a guide has no raw HTML: <br>'],
    ['HTML in a meaning', 'One\n: two\nand <i>three</i>', 'guide.md:3: a guide has no raw HTML: <i>'],
    ['a comment', 'One.\n\n<!-- two -->', 'guide.md:3: a guide has no raw HTML: <!-- two -->'],
    ['a picture', 'One ![two](three.png)', 'guide.md:1: a guide has no Markdown of the kind "image"'],
    ['a quotation', '> One', 'guide.md:1: a guide has no Markdown of the kind "blockquote"'],
    [
      'a heading without an anchor',
      '# One\n\n## Two',
      'guide.md:3: every heading below the first has an anchor',
    ],
    [
      'an example without a label',
      'One.\n\n```sh\nls\n```',
      'guide.md:3: an example says after its language',
    ],
    ['code that is only indented', 'One.\n\n    ls', 'guide.md:3: an example says after its language'],
    ['a directive that nothing draws', 'One.\n\n::settngs', 'guide.md:3: nothing draws ::settngs'],
    ['a directive within a paragraph', 'One.\n:: told', 'guide.md:1: a directive stands by itself'],
    [
      'a row with a cell too few',
      '::table What\n\n- A\n  - B\n- a',
      'guide.md:3: a row of "What" has not one cell',
    ],
    ['a table without rows', 'One.\n\n::table What\n\nTwo.', 'guide.md:3: under ::table What stands no list'],
  ])('is refused with its file and line: %s', (_, text, why) => {
    expect(() => shown(text)).toThrow(why);
  });
});

describe.each(guideNames)('The guide for %s', (name) => {
  const fences = blocksOfGuide(name).filter((block) => block.type === 'code');

  it('shows each of its examples under a label of its own', () => {
    expect([...examplesOf(guidePage(name, slices, described)).values()]).toEqual(
      fences.map(({ text }) => text),
    );
  });

  it.each(fences.map(({ lang = '', text }) => [lang, text]))(
    'has an example that can be read: %s',
    async (lang, text) => {
      const [language] = lang.split(' ');
      if (language === 'yaml') expect(parseYaml(text)).toEqual(expect.any(Object));
      else if (language === 'json') expect(JSON.parse(text)).toEqual(expect.any(Object));
      else if (language === 'env')
        readEnvironment(Object.fromEntries(text.split('\n').map((line) => line.split(/=(.*)/s))));
      else {
        expect(language).toBe('sh');
        await promisify(execFile)('sh', ['-nc', text]);
      }
    },
  );
});
