import { html } from './page.js';
import { shell, table } from './operating-parts.js';
import type { Section } from './operating-parts.js';

const tokens = html`<p>
    Besides keys, the server takes the JWT access tokens of one OpenID Connect issuer, once
    <code>ENTENTE_OIDC_ISSUER</code> and <code>ENTENTE_OIDC_AUDIENCE</code> are set. Half of it is refused at
    the start. Both addresses that may be set have to be <code>https</code>, except on loopback.
  </p>
  ${shell(
    'Take the access tokens of a realm of Keycloak, with roles that begin with entente-',
    `ENTENTE_OIDC_ISSUER=https://id.example.org/realms/entente
ENTENTE_OIDC_AUDIENCE=https://entente.example.org
ENTENTE_OIDC_ROLES_CLAIM=realm_access.roles
ENTENTE_OIDC_ROLE_PREFIX=entente-
ENTENTE_OIDC_PARTIES=RU`,
  )}
  ${table(
    'What is looked at in an access token',
    ['Part', 'What it has to be', 'Otherwise'],
    [
      [
        'signature',
        'RS256, PS256, ES256 or their longer kin, or EdDSA, by a key that the issuer publishes.',
        '401',
      ],
      ['`typ`', '`at+jwt` or `JWT`, or absent.', '401'],
      ['`jwk`, `jku`, `x5u`, `x5c`, `crit`', 'Absent: a token names a key and brings none along.', '401'],
      ['`iss`, `aud`', 'The issuer exactly, and the audience alone or among others.', '401'],
      [
        '`exp`, `nbf`',
        'To come, and past where given; thirty seconds are let pass for clocks that differ.',
        '401',
      ],
      ['`sub`', 'Text of 1 to 255 characters.', '401'],
      [
        'roles',
        'A list, or text with spaces between; names that are no roles of ours are passed over. Without any role somebody is known, and may do nothing.',
        '401 for another form, 403 without a role',
      ],
      [
        'party',
        'A party code such as RU, with the roles registrar and negotiator; absent with secretariat. Roles and party have to fit as those of a key do, and the issuer has to be bound to that party.',
        '401',
      ],
      ['size', 'At most 8 KiB.', '401; 431 where all headers pass 16 KiB'],
    ],
  )}
  <p>
    <strong>The issuer is bound to the parties that it may name</strong>, by
    <code>ENTENTE_OIDC_PARTIES</code>: it can make negotiators of these and of no other. Where nothing is set
    it may name none, and its tokens are those of secretariats, readers, auditors and operators alone. Whoever
    runs the issuer decides who those are, so a ministry’s own issuer is the wrong one for a service that
    serves two.
  </p>
  <p>
    <strong>ID tokens are refused</strong>: they say who has signed in, are shown to browsers, and are not
    meant to open anything. One is known by <code>nonce</code>, <code>at_hash</code> or <code>c_hash</code>,
    unless its <code>typ</code> is <code>at+jwt</code>. Let the issuer give this service an audience of its
    own, and no client’s name.
  </p>
  <p>
    The record names an id that is drawn from issuer, subject and party: the same for every token, and
    nobody’s name or address. Names are in no event. Whoever can guess a subject can compute its id, so let
    the issuer use subjects that nobody can guess. Somebody who changes sides is another principal from then
    on.
  </p>
  <p>
    A token can’t be revoked here: it is good until its <code>exp</code>, so let the issuer make them for
    minutes. The pages take keys only, since their cookie outlives a token.
  </p>
  <h3 id="issuer-keys">The issuer’s keys</h3>
  <p>
    They are fetched when the first token comes, again after five minutes, when a token names one that is not
    there, and when a signature is wrong, since a key may be replaced under its old name; but once in ten
    seconds at most, each time within five. A key that the issuer withdraws is refused after ten minutes at
    the latest. While keys can’t be had every token is refused, and the reason is on standard error; keys of
    our own work on, and <code>/readyz</code> stays well. <code>entente doctor</code> fetches them once and
    says what came of it.
  </p>`;

export const tokenSections: readonly Section[] = [{ anchor: 'tokens', title: 'Access tokens', body: tokens }];
