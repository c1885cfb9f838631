import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { OidcEnvironment } from './oidc.js';

/** What can be set of the logs. */
export class LedgerEnvironment extends OidcEnvironment {
  /** The host in the origins of the logs, chosen before the first start and never after it. Absent: localhost. */
  @IsOptional()
  @Matches(/^[0-9a-z]([0-9a-z.-]{0,251}[0-9a-z])?(:[0-9]{1,5})?$/, {
    message: '$property must be a host name in small letters',
  })
  ENTENTE_LEDGER_HOST?: string;

  /** The file with the key of the log, outside the data folder. Absent: beside the folder, if there is one. */
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  ENTENTE_LEDGER_KEY?: string;

  /** The file that knows what was signed last, outside the data folder. Absent: beside the key. */
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  ENTENTE_LEDGER_GUARD?: string;

  /** Whether checkpoints, keys, hashes and their consistency need no sign-in. Absent: yes. */
  @IsOptional()
  @IsIn(['yes', 'no'])
  ENTENTE_LEDGER_OPEN?: string;

  /** Who is asked to countersign the logs: `name+id+key@https://…`, several of them, or the path of a file. Absent: nobody. */
  @IsOptional()
  @IsString()
  @Length(1, 40_000)
  ENTENTE_LEDGER_WITNESSES?: string;
}

export interface LedgerSettings {
  /** The host in the origins of the logs; undefined: as the record has it. */
  readonly ledgerHost: string | undefined;
  readonly ledgerKey: string | undefined;
  readonly ledgerGuard: string | undefined;
  readonly ledgerOpen: boolean;
  /** A guard file that is gone is begun anew; only the command line says so, for one start. */
  readonly acceptLedgerLoss?: boolean;
  /** Who is asked to countersign, as it was set; undefined: nobody. */
  readonly ledgerWitnesses: string | undefined;
}

export const ledgerNames = [
  'ENTENTE_LEDGER_HOST',
  'ENTENTE_LEDGER_KEY',
  'ENTENTE_LEDGER_GUARD',
  'ENTENTE_LEDGER_OPEN',
  'ENTENTE_LEDGER_WITNESSES',
] as const;

export function ledgerFrom(environment: LedgerEnvironment): LedgerSettings {
  return {
    ledgerHost: environment.ENTENTE_LEDGER_HOST,
    ledgerKey: environment.ENTENTE_LEDGER_KEY,
    ledgerGuard: environment.ENTENTE_LEDGER_GUARD,
    ledgerOpen: environment.ENTENTE_LEDGER_OPEN !== 'no',
    ledgerWitnesses: environment.ENTENTE_LEDGER_WITNESSES,
  };
}
