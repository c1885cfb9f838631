import 'reflect-metadata';
import { describe as group, expect, it } from '@jest/globals';
import { Problem, problemSlug } from '#libs/problem-details';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { platformProblems } from '../../src/platform/problems/platform.problems.js';
import { rights } from '../../src/rights.js';
import { described } from '../../src/described.js';
import { slices } from '../../src/slices.js';
import { DescriptionController } from '../../src/description/description.controller.js';
import { entriesOf } from '../../src/description/document.js';
import { guideNames } from '../../src/description/guide-names.js';
import { html, raw } from '#libs/html';
import { layout } from '../../src/layout/page.js';
import { problemKinds } from '../../src/description/problem-kinds.js';
import { tagsOf } from '../../src/description/tags.js';

const controller = new DescriptionController(new EventRegistry(slices), rights, described);
const names = [...guideNames, ...tagsOf(slices).map(({ name }) => name)];
const pages: readonly (readonly [string, string])[] = [
  ['/docs', controller.apiPage()],
  ...(await Promise.all(
    names.map(async (name) => [`/docs/${name}`, await controller.docsPage(name)] as const),
  )),
  ['/problems', controller.problemIndex()],
  ['/problems/stale-revision', controller.problemPage('stale-revision')],
];

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

group('HTML', () => {
  it('escapes what is put into it, in text and in attributes', () => {
    const evil = `"><script>alert('x')</script>&`;
    const harmless = '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;';
    expect(html`<p title="${evil}">${evil}</p>`.text).toBe(`<p title="${harmless}">${harmless}</p>`);
  });

  it('takes HTML as it is, joins lists, and leaves out what is not there', () => {
    const items = ['a', 'b<'].map((one) => html`<i>${one}</i>`);
    const rest = [null, undefined, false, raw('<!-- ours -->'), 0] as const;
    expect(html`<b>${items}${rest}</b>`.text).toBe('<b><i>a</i><i>b&lt;</i><!-- ours -->0</b>');
  });

  it('escapes the title of a page too', () => {
    expect(layout({ title: '<b>', main: html`` })).toContain('<title>&lt;b&gt; – Entente</title>');
  });
});

group.each(pages)('the page %s', (_, page) => {
  it('needs no script and no style of its own, as the security policy demands', () => {
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|javascript:/i);
    expect(page).toContain('<link rel="stylesheet" href="/style.css" />');
  });

  it('has a language, landmarks, a skip link and one heading of the first level', () => {
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(page).toContain('href="#main"');
    expect(page).toContain('<main id="main" tabindex="-1">');
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
  });

  it('skips no level of headings', () => {
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  it('gives every heading cell of a table its scope', () => {
    expect(page.match(/<th(?! scope=)[ >]/g)).toBeNull();
  });

  it('has no id twice, and no link within itself that leads nowhere', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('links to no page about a problem that does not exist', () => {
    const linked = [...page.matchAll(/href="\/problems\/([^"]+)"/g)].map(([, slug = '']) => slug);
    expect(linked.filter((slug) => thrownBy(() => controller.problemPage(slug)) instanceof Problem)).toEqual(
      [],
    );
  });
});

group('a link to another page', () => {
  const idsOf = (page: string) => new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
  const ids = new Map(pages.map(([address, page]) => [address, idsOf(page)]));
  const links = pages.flatMap(([from, page]) =>
    [...page.matchAll(/href="(\/docs[^"#]*)(?:#([^"]+))?"/g)].map(([, to = '', anchor]) => ({
      from,
      to,
      anchor,
    })),
  );

  it('leads to a page that there is, and to a place on it', () => {
    expect(links.length).toBeGreaterThan(200);
    const astray = links.filter(({ to, anchor }) => {
      const known = ids.get(to);
      return known === undefined || (anchor !== undefined && !known.has(anchor));
    });
    expect(astray).toEqual([]);
  });
});

/** Codes are told as answers have them; what looks like `NOT_YET` is a name within the program, which nobody is sent. */
group('every page, and the document', () => {
  const kinds = [...problemKinds(slices).keys()].filter((code) => code.includes('_'));
  const everyPage: readonly (readonly [string, string])[] = [
    ...pages,
    ...kinds.map((code) => [code, controller.problemPage(problemSlug(code))] as const),
    ['/openapi.json', controller.openApiDocument()],
  ];

  it('name no code in the form that only the program knows', () => {
    const named = everyPage.flatMap(([address, text]) =>
      kinds.filter((code) => new RegExp(`\\b${code}\\b`).test(text)).map((code) => `${address}: ${code}`),
    );
    expect(named).toEqual([]);
  });
});

group('the pages on the interface', () => {
  const entries = entriesOf(slices, described);

  it.each(tagsOf(slices).map(({ name }) => name))(
    'have under %s each operation with its address and an example',
    async (name) => {
      const page = await controller.docsPage(name);
      const own = entries.filter(({ tag }) => tag === name);
      expect(own).not.toEqual([]);
      for (const { operationId, path } of own) {
        expect(page).toContain(`<h2 id="${operationId}">`);
        expect(page).toContain(`<code>${path}</code>`);
        expect(page).toContain(`aria-label="Example of ${operationId}"`);
      }
      expect(page.match(/aria-label="Example of /g)).toHaveLength(own.length);
    },
  );

  it('begin with one that has every operation by its old anchor, and leads to what is said of it', () => {
    const index = controller.apiPage();
    for (const { operationId, tag, method, path } of entries) {
      const [line = ''] = new RegExp(`<li id="${operationId}">[^]*?</li>`).exec(index) ?? [];
      expect(line).toContain(`href="/docs/${tag}#${operationId}"`);
      expect(line).toContain(`>${method.toUpperCase()}</code> <code>${path}</code>`);
    }
  });

  it('are each of a size that a slow line carries', () => {
    const large = pages.filter(([, page]) => page.length > 400_000).map(([address]) => address);
    expect(large).toEqual([]);
  });
});

group('a kind of problem', () => {
  const kinds = problemKinds(slices);

  it('has the same texts wherever its code stands', () => {
    const all = slices.flatMap((slice) =>
      Object.entries(slice.refusals).map(([code, kind]) => ({ ...kind, code })),
    );
    expect(all).toEqual(all.map(({ code }) => kinds.get(code)));
    expect(Object.values(platformProblems)).toEqual(
      Object.keys(platformProblems).map((code) => kinds.get(code)),
    );
  });

  it.each([...kinds.values()].map((kind) => [kind.code, kind] as const))(
    '%s has the page that its type leads to',
    (code, { title, meaning, mend, status }) => {
      const page = controller.problemPage(problemSlug(code));
      const shown = [title, meaning, mend, String(status)].map((text) => html`${text}`.text);
      expect(shown.filter((text) => !page.includes(text))).toEqual([]);
      expect(page).toContain(`<code>${problemSlug(code)}</code>`);
      expect(controller.problemIndex()).toContain(`/problems/${problemSlug(code)}"`);
    },
  );

  it('has an address of its own', () => {
    expect(new Set([...kinds.keys()].map(problemSlug)).size).toBe(kinds.size);
  });
});

group('an address below the pages that leads nowhere', () => {
  it.each([
    ['/problems/no-such-problem', () => controller.problemPage('no-such-problem')],
    ['/docs/no-such-page', () => controller.docsPage('no-such-page')],
  ])('is answered as a problem: %s', (_, ask) => {
    expect(thrownBy(ask)).toMatchObject({ kind: { code: 'NOT_FOUND', status: 404 } });
  });
});
