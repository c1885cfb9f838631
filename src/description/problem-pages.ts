import type { ProblemKind } from '#libs/problem-details';
import { html } from '#libs/html';
import { layout } from '../layout/page.js';
import { shownCode } from './problem-kinds.js';
import type { Kinds } from './problem-kinds.js';

/** The page to which the `type` of a problem document leads. */
export function problemPage(kind: ProblemKind): string {
  return layout({
    title: kind.title,
    main: html`<h1>${kind.title}</h1>
      <dl>
        <dt>Status</dt>
        <dd>${kind.status}</dd>
        <dt>Code</dt>
        <dd><code>${shownCode(kind)}</code></dd>
        <dt>What it means</dt>
        <dd>${kind.meaning}</dd>
        <dt>How to mend it</dt>
        <dd>${kind.mend}</dd>
      </dl>
      <p>
        The answer itself says in <code>detail</code>, and where it can in <code>errors</code>, what was wrong
        this time.
      </p>
      <p><a href="/problems">All problems</a></p>`,
  });
}

export function problemIndex(kinds: Kinds): string {
  const byStatus = [...Map.groupBy(kinds.values(), (kind) => kind.status)].sort(
    ([one], [other]) => one - other,
  );
  return layout({
    title: 'Problems',
    nav: html`<ul>
      ${byStatus.map(([status]) => html`<li><a href="#s${status}">Status ${status}</a></li>`)}
    </ul>`,
    main: html`<h1>Problems</h1>
      <p>
        Whatever goes wrong is answered as <code>application/problem+json</code> (RFC 9457). Decide by
        <code>code</code>: it is stable.
      </p>
      ${byStatus.map(
        ([status, found]) =>
          html`<h2 id="s${status}">Status ${status}</h2>
            <table>
              <thead>
                <tr>
                  <th scope="col">Code</th>
                  <th scope="col">What it means</th>
                </tr>
              </thead>
              <tbody>
                ${found.map(
                  (kind) =>
                    html`<tr>
                      <th scope="row">
                        <a href="/problems/${shownCode(kind)}"><code>${shownCode(kind)}</code></a>
                      </th>
                      <td>${kind.meaning}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`,
      )}`,
  });
}
