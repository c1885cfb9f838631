import type { Environment } from '#config';
import { captionedTable } from './captioned-table.js';
import type { Html } from '#libs/html';

/** What is ours to explain: colours are a convention of all terminals. */
type Setting = Exclude<keyof Environment, 'NO_COLOR'>;

const settings: { readonly [setting in Setting]: readonly [withoutIt: string, meaning: string] } = {
  ENTENTE_DATA: ['`./data`', 'The data folder. `:memory:` keeps nothing.'],
  ENTENTE_HOST: ['`127.0.0.1`', 'The address to listen on. In the container `0.0.0.0`.'],
  ENTENTE_PORT: ['`4350`', 'The port to listen on.'],
  ENTENTE_REQUESTS_PER_MINUTE: [
    '`6000`',
    'Requests of one principal in a minute before it is told to wait; of one address, where a request does not say whose it is.',
  ],
  ENTENTE_HELD_MIB_PER_DIALOGUE: [
    '`1024`',
    'How many MiB the sources of one dialogue hold at the most; each takes at least a quarter of one.',
  ],
  ENTENTE_ANSWER_SECONDS: [
    '`10`',
    'How many seconds an answer may take that waits for EventStoreDB; it is 503 then.',
  ],
  ENTENTE_KEYS_UNASKED_SECONDS: [
    '`300`',
    'For how many seconds a key is taken while EventStoreDB can’t be asked whether it still holds; `0` for not at all.',
  ],
  ENTENTE_TRUSTED_PROXIES: [
    'none',
    'Proxies before the server, by address or network: who asks is read from `X-Forwarded-For`.',
  ],
  ENTENTE_WEBHOOK_NETWORKS: [
    'none',
    'Networks, besides the internet, to which webhooks may lead, such as `10.1.0.0/16`; within them also without TLS.',
  ],
  ENTENTE_LOG: [
    '`info`',
    'The least level that is logged: `fatal`, `error`, `warn`, `info`, `debug` or `silent`. Requests are logged from `info` on.',
  ],
  ENTENTE_JOURNAL: [
    'none',
    'The file, outside the data folder, that notes which words were erased and which keys revoked, so that no backup brings them back. On a cluster, one for each server.',
  ],
  ENTENTE_LEDGER_HOST: [
    '`localhost`',
    'The host in the origins of the logs, such as `entente.example.org`. It stands in every leaf, so it is set before the first start and never changed.',
  ],
  ENTENTE_LEDGER_KEY: [
    'beside the data folder: `<folder>.ledger-key.pem`',
    'The file with the key of the log, readable by its owner alone and outside the data folder.',
  ],
  ENTENTE_LEDGER_GUARD: [
    'beside the key: `<folder>.ledger-guard`',
    'The file that knows what was signed last; outside the data folder, and in no backup.',
  ],
  ENTENTE_LEDGER_OPEN: [
    '`yes`',
    'Whether checkpoints, keys, hashes and their consistency need no sign-in. They tell how much was recorded, and no word of it.',
  ],
  ENTENTE_LEDGER_WITNESSES: [
    'nobody: only the operator vouches',
    'Who is asked to countersign each checkpoint: `name+id+key@https://address`, several of them with spaces in between, or the path of a file with one a line (it begins with `/` or `./`).',
  ],
  ENTENTE_KEY: ['the key file of the folder', 'A key for commands that speak to a running server.'],
  ENTENTE_OIDC_ISSUER: [
    'API keys alone',
    'The issuer whose access tokens are taken too, exactly as they name it in `iss`.',
  ],
  ENTENTE_OIDC_AUDIENCE: ['— (needed with an issuer)', 'What tokens for this service have in `aud`.'],
  ENTENTE_OIDC_JWKS_URL: ['as the issuer’s discovery document says', 'Where the issuer publishes its keys.'],
  ENTENTE_OIDC_ROLES_CLAIM: [
    '`entente_roles`',
    'The claim with the roles, or a path such as `realm_access.roles`.',
  ],
  ENTENTE_OIDC_ROLE_PREFIX: [
    'no prefix',
    'What stands before our roles in that claim; others are passed over.',
  ],
  ENTENTE_OIDC_PARTY_CLAIM: ['`entente_party`', 'The claim with the party acted for, or a path to it.'],
  ENTENTE_OIDC_PARTIES: [
    'no party',
    'The parties that the issuer may name, such as `RU,US`; a token that names another is refused.',
  ],
  ENTENTE_OIDC_FILE: [
    'the one issuer above, if any',
    'The file that names several issuers, each bound to a party or to none, and those at which people sign in.',
  ],
  EVENTSTORE_URL: ['SQLite in the data folder', 'The EventStoreDB cluster that holds the record.'],
};

export function settingsTable(): Html {
  return captionedTable(
    'The settings, all of them variables of the environment',
    ['Variable', 'Without it', 'What it is'],
    Object.entries(settings).map(
      ([name, [withoutIt, meaning]]) => [`\`${name}\``, withoutIt, meaning] as const,
    ),
  );
}
