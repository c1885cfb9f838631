import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { LogTrust } from '../platform/record/log-standings.js';

/** For a shell, whatever stands in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whom the reader would have to trust for what the page says: the log, and all who have countersigned. */
function policyOf({ keys, witnesses }: LogTrust): string {
  const vouching = witnesses.filter(({ newest }) => newest !== undefined);
  const lines = [
    `log ${keys[0] ?? ''}`,
    ...vouching.map(({ name, key }) => `witness ${name} ${key}`),
    ...(vouching.length < 2 ? [] : [`group all-of-them all ${vouching.map(({ name }) => name).join(' ')}`]),
    `quorum ${vouching.length < 2 ? (vouching[0]?.name ?? 'none') : 'all-of-them'}`,
  ];
  return `printf '%s\\n' ${lines.map(quoted).join(' \\\n  ')} > policy`;
}

const withKey = 'ENTENTE_KEY=YOUR-KEY';

/** Which commands check the log of a dialogue; `address` is where the reader has the page from: scheme and host. */
export function checkingSection(trust: LogTrust, address: string): Html {
  const { dialogueId, keys } = trust;
  const dialogue = `${address}/v1/dialogues/${dialogueId}`;
  const title = html`<h2 id="checking">How to check it yourself</h2>`;
  if (keys.length === 0)
    return html`${title}
      <p>Nothing is signed, so there is nothing to check: ask the operator for a key of the log.</p>`;
  const block = (label: string, text: string) =>
    html`<pre tabindex="0" aria-label="${label}"><code>${text}</code></pre>`;
  return html`${title}
    <p>
      Take the keys from somebody else than this server, and compare: keys that a server tells prove nothing.
      Then write whom you trust into a file, and let the log be checked on a machine of your own.
      <a href="/docs/checking">The guide</a> says more, also how to keep a copy and to compare it with the
      other side’s. Where the log is not open to all it is read with a key that may read this dialogue: put
      yours where <code>YOUR-KEY</code> stands.
    </p>
    ${block('Write whom you trust', policyOf(trust))}
    ${block('Check the running server', `${withKey} entente verify ${quoted(dialogue)} --policy policy`)}
    ${block('Keep a copy, and check that', `${withKey} entente mirror ${quoted(dialogue)} mirror --policy policy\nentente verify mirror --policy policy`)}
    ${block('See the newest checkpoint', `curl -H 'Authorization: Bearer YOUR-KEY' ${quoted(`${dialogue}/ledger/checkpoint`)}`)}`;
}
