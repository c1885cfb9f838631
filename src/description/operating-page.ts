import { html, layout } from './page.js';
import { backupSections } from './operating-backup.js';
import { clusterSections } from './operating-cluster.js';
import { careSections } from './operating-cluster-care.js';
import { healthSections } from './operating-health.js';
import { keySections } from './operating-keys.js';
import { startSections } from './operating-start.js';
import { tokenSections } from './operating-tokens.js';
import { troubleSections } from './operating-trouble.js';

const sections = [
  ...startSections,
  ...healthSections,
  ...keySections,
  ...tokenSections,
  ...backupSections,
  ...clusterSections,
  ...careSections,
  ...troubleSections,
];

/** For whoever runs the service: what its states mean, and what to do. */
export function operatingPage(): string {
  return layout({
    title: 'Operating the server',
    nav: html`<ul>
      ${sections.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`)}
    </ul>`,
    main: html`<h1>Operating the server</h1>
      <p>
        In the examples <code>$ENTENTE</code> is the address of the server, and <code>$ENTENTE_DATA</code> its
        data folder.
      </p>
      ${sections.map(
        ({ anchor, title, body }) =>
          html`<h2 id="${anchor}">${title}</h2>
            ${body}`,
      )}`,
  });
}
