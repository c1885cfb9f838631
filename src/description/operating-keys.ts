import { html } from './page.js';
import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';

const keys = html`<p>
    A key is shown once, when it is made, and kept as a hash only. Give each person and each program one of
    its own, with the roles it needs; only an operator makes keys, and an operator reads no content. The
    commands work on a free folder, and through the server that holds one, with the operator’s key of
    <code>ENTENTE_KEY</code> or of the key file.
  </p>
  ${shell(
    'Make, list and revoke keys',
    `entente keys make --name 'Registrar of the RU side' --party RU --roles registrar --days 90
entente keys list
entente keys revoke "$ID"`,
  )}
  <p>
    A revoked key is refused within a second, by every server. A key that expires is refused from that moment;
    <code>entente doctor</code> names those that expire within thirty days, if the folder is free.
  </p>
  <h3 id="two-for-a-key">Keys of a party</h3>
  <p>
    The first negotiator of a party takes an operator alone; how that key came about stands in the party’s
    joining. From then on any key for the party, and the revocation of its last negotiator, wait seven days
    for one of its negotiators to approve (<a href="/docs#approveKey">Approve</a>), whether they are asked for
    over HTTP or on the folder. That holds also where all its keys have ended or its negotiators come by
    access tokens. Where nobody is left to approve, <code>entente keys make --recover REASON</code> on the
    free folder makes a key at once, and every dialogue of the party shows both sides that it did.
  </p>
  <h3 id="rotating">Changing a key</h3>
  <p>
    Make another key for the same principal, hand it over, then revoke the old one: the record goes on naming
    one and the same recorder. The list over HTTP has the principal of each key.
  </p>
  ${shell(
    'See whose principal it is, make another key for it, and revoke the old one',
    `curl -sS -H "Authorization: Bearer $ENTENTE_KEY" "$ENTENTE/v1/keys"
entente keys make --name 'Registrar of the RU side' --party RU --roles registrar --principal "$PRINCIPAL"
entente keys revoke "$ID"`,
  )}
  <p>
    If every operator’s key is lost, end the server and make one on the free folder: whoever may write the
    folder is trusted. If one has leaked, revoke it first; then read in the history what its principal
    recorded. What it should not have recorded is retracted or disavowed, never deleted. Over HTTP:
    <a href="/docs#makeKey">Make an API key</a>. Who has an identity provider needs few keys:
    <a href="#tokens">access tokens</a> are taken too.
  </p>`;

export const keySections: readonly Section[] = [{ anchor: 'keys', title: 'Keys', body: keys }];
