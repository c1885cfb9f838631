import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min, validateSync } from 'class-validator';
import { journalFaults } from './journal.js';
import { LedgerEnvironment, ledgerFrom, ledgerNames } from './ledger.js';
import type { LedgerSettings } from './ledger.js';
import { oidcFrom, oidcNames } from './oidc.js';
import type { OidcSettings } from './oidc-settings.js';
import { proxiesFrom, proxyFaults, webhookNetworkFaults } from './proxies.js';
import { tracingFrom } from './tracing.js';
import type { TracingSettings } from './tracing.js';

export type { ClientAuthentication, OidcSettings, SignInSettings } from './oidc-settings.js';
export { tracingNames } from './tracing.js';
export type { TracingName } from './tracing.js';

/** What can be set from outside; every name is a variable of the environment. */
export class Environment extends LedgerEnvironment {
  /** Where the record lies. Absent: `./data`; `:memory:` keeps nothing. */
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  ENTENTE_DATA?: string;

  /** The address to listen on. Absent: loopback only. */
  @IsOptional()
  @Matches(/^[0-9A-Za-z.:-]{1,255}$/, { message: '$property must be a host name or an IP address' })
  ENTENTE_HOST?: string;

  /** The port to listen on; 0 lets the system choose. Absent: 4350. */
  @IsOptional()
  @IsInt({ message: '$property must be a whole number' })
  @Min(0)
  @Max(65_535)
  ENTENTE_PORT?: number;

  /** Requests of one principal, or of one address where nobody is signed in, per minute before it is told to wait. Absent: 6000. */
  @IsOptional()
  @IsInt({ message: '$property must be a whole number' })
  @Min(1)
  @Max(10_000_000)
  ENTENTE_REQUESTS_PER_MINUTE?: number;

  /** How many MiB the sources of one dialogue hold at the most. Absent: 1024. */
  @IsOptional()
  @IsInt({ message: '$property must be a whole number' })
  @Min(1)
  @Max(1_000_000)
  ENTENTE_HELD_MIB_PER_DIALOGUE?: number;

  /** How many seconds an answer may take that waits for the cluster. Absent: 10. */
  @IsOptional()
  @IsInt({ message: '$property must be a whole number' })
  @Min(1)
  @Max(120)
  ENTENTE_ANSWER_SECONDS?: number;

  /** How many seconds a key is taken while the cluster can't be asked whether it still holds. Absent: 300. */
  @IsOptional()
  @IsInt({ message: '$property must be a whole number' })
  @Min(0)
  @Max(86_400)
  ENTENTE_KEYS_UNASKED_SECONDS?: number;

  /** The proxies before the server, by address or network; who asks is then read from X-Forwarded-For. Absent: none. */
  @IsOptional()
  @IsString()
  ENTENTE_TRUSTED_PROXIES?: string;

  /** Networks, besides the internet, to which webhooks may lead, such as 10.1.0.0/16. Absent: none. */
  @IsOptional()
  @IsString()
  ENTENTE_WEBHOOK_NETWORKS?: string;

  /** The least level that is logged; each request is at `info`. Absent: `info`. */
  @IsOptional()
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  ENTENTE_LOG?: string;

  /** The cluster that holds the truth, as `esdb://…`. Absent: SQLite in the data folder. It may hold a password. */
  @IsOptional()
  @Matches(/^(esdb|kurrentdb|kdb)(\+discover)?:\/\/\S{1,2000}$/, {
    message: '$property must be a connection string such as esdb://host:2113?tls=true',
  })
  EVENTSTORE_URL?: string;

  /**
   * The file that notes which words were erased and which keys revoked, so that no backup brings them back; outside the
   * data folder; on a cluster, one for each server. Absent: none.
   */
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  ENTENTE_JOURNAL?: string;

  /** A key for commands that speak to a running server: an operator's for `keys`, a reader's for `replay`. */
  @IsOptional()
  @Matches(/^entente_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/, { message: '$property must be an API key of Entente' })
  ENTENTE_KEY?: string;

  /** Set by terminals and people who want no colours (no-color.org). */
  @IsOptional()
  @IsString()
  NO_COLOR?: string;
}

export interface Settings extends LedgerSettings {
  /** Undefined: in memory. */
  readonly directory: string | undefined;
  /** The connection string of the cluster; undefined: SQLite in the directory, or memory. */
  readonly storeUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly requestsPerMinute: number;
  /** How many bytes the sources of one dialogue hold at the most. */
  readonly heldBytesPerDialogue: number;
  /** How long an answer may take that waits for a cluster. */
  readonly answerMs: number;
  /** How long a key is taken while the cluster can't be asked whether it still holds. */
  readonly keysUnaskedMs: number;
  /** The proxies whose word about the client's address is taken. */
  readonly trustedProxies: readonly string[];
  /** Networks, besides the internet, to which webhooks may lead. */
  readonly webhookNetworks: readonly string[];
  readonly logLevel: string;
  /** Where spans are sent; undefined: nowhere, and nothing is loaded for it. */
  readonly tracing: TracingSettings | undefined;
  /** Where erasures and revocations are noted outside the data folder; undefined: nowhere. */
  readonly journal: string | undefined;
  /** A guard file that is gone is begun anew; only the command line says so, for one start. */
  readonly acceptLedgerLoss?: boolean;
  readonly key: string | undefined;
  /** Whose access tokens are taken besides API keys, and who signs people in; nobody's unless named. */
  readonly oidc: readonly OidcSettings[];
  readonly colours: boolean;
}

/** Names every bad variable at once, and prints no values: some are secrets. */
export class EnvironmentInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((one) => `  - ${one}`).join('\n')}`);
    this.name = 'EnvironmentInvalid';
  }
}

const numbers = new Set([
  'ENTENTE_PORT',
  'ENTENTE_REQUESTS_PER_MINUTE',
  'ENTENTE_HELD_MIB_PER_DIALOGUE',
  'ENTENTE_ANSWER_SECONDS',
  'ENTENTE_KEYS_UNASKED_SECONDS',
]);
const known = new Set<string>([
  'ENTENTE_DATA',
  'ENTENTE_HOST',
  'ENTENTE_PORT',
  'ENTENTE_REQUESTS_PER_MINUTE',
  'ENTENTE_HELD_MIB_PER_DIALOGUE',
  'ENTENTE_ANSWER_SECONDS',
  'ENTENTE_KEYS_UNASKED_SECONDS',
  'ENTENTE_TRUSTED_PROXIES',
  'ENTENTE_WEBHOOK_NETWORKS',
  'ENTENTE_LOG',
  'ENTENTE_JOURNAL',
  'ENTENTE_KEY',
  'EVENTSTORE_URL',
  ...ledgerNames,
  ...oidcNames,
]);

/** The only reader of the process's environment. Throws `EnvironmentInvalid`. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.entries(variables).filter(
    ([name, value]) => value !== undefined && value !== '' && (known.has(name) || name === 'NO_COLOR'),
  );
  const plain = Object.fromEntries(
    given.map(([name, value]) => [
      name,
      numbers.has(name) && /^\d+$/.test(value ?? '') ? Number(value) : value,
    ]),
  );
  const environment = plainToInstance(Environment, plain);
  const faults = validateSync(environment).flatMap((error) => Object.values(error.constraints ?? {}));
  const strangers = Object.keys(variables).filter((name) => name.startsWith('ENTENTE_') && !known.has(name));
  const misspelt = strangers.map(
    (name) => `${name} is not a setting of Entente; the settings are ${[...known].join(', ')}`,
  );
  const { tracing, faults: tracingFaults } = tracingFrom(variables);
  const oidc = oidcFrom(environment);
  const all = [
    ...faults,
    ...oidc.faults,
    ...proxyFaults(environment.ENTENTE_TRUSTED_PROXIES),
    ...webhookNetworkFaults(environment.ENTENTE_WEBHOOK_NETWORKS),
    ...journalFaults(environment),
    ...tracingFaults,
    ...misspelt,
  ];
  if (all.length > 0) throw new EnvironmentInvalid(all);
  const data = environment.ENTENTE_DATA ?? './data';
  return {
    directory: data === ':memory:' ? undefined : data,
    storeUrl: environment.EVENTSTORE_URL,
    host: environment.ENTENTE_HOST ?? '127.0.0.1',
    port: environment.ENTENTE_PORT ?? 4350,
    requestsPerMinute: environment.ENTENTE_REQUESTS_PER_MINUTE ?? 6_000,
    heldBytesPerDialogue: (environment.ENTENTE_HELD_MIB_PER_DIALOGUE ?? 1_024) * 1024 * 1024,
    answerMs: (environment.ENTENTE_ANSWER_SECONDS ?? 10) * 1_000,
    keysUnaskedMs: (environment.ENTENTE_KEYS_UNASKED_SECONDS ?? 300) * 1_000,
    trustedProxies: proxiesFrom(environment.ENTENTE_TRUSTED_PROXIES),
    webhookNetworks: proxiesFrom(environment.ENTENTE_WEBHOOK_NETWORKS),
    logLevel: environment.ENTENTE_LOG ?? 'info',
    tracing,
    journal: environment.ENTENTE_JOURNAL,
    ...ledgerFrom(environment),
    key: environment.ENTENTE_KEY,
    oidc: oidc.issuers,
    colours: environment.NO_COLOR === undefined,
  };
}
