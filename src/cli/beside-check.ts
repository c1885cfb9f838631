import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Settings } from '#config';
import { lookForSigning } from '../ledger/signing.js';
import { witnessesFrom } from '../ledger/witness-settings.js';
import { Removals } from '../platform/record/removals.js';
import { failureOf } from './failures.js';
import { finding } from './finding.js';
import type { Finding } from './finding.js';

/** What the settings name beside the data folder, as the next start finds it; nothing is made or changed. */
export function besideCheck(settings: Settings): Finding[] {
  return [
    looked('ledger', () => signing(settings)),
    looked('witnesses', () => witnesses(settings)),
    looked('journal', () => journal(settings)),
  ];
}

function looked(about: string, look: () => Finding): Finding {
  try {
    return look();
  } catch (error) {
    return finding('ill', about, failureOf(error));
  }
}

/** Without a key a record is kept all the same; a guard file that is gone is a loss. */
function signing(settings: Settings): Finding {
  const found = lookForSigning(settings);
  if (!('unsigned' in found))
    return finding('well', 'ledger', `the key in ${found.files.key} signs the logs`);
  return finding(found.isLoss ? 'ill' : 'note', 'ledger', found.unsigned);
}

function witnesses({ ledgerWitnesses }: Settings): Finding {
  const places = witnessesFrom(ledgerWitnesses);
  const asked = places.map(({ key }) => key.name).join(', ');
  return finding('well', 'witnesses', places.length === 0 ? 'nobody is asked' : `asked are ${asked}`);
}

function journal({ journal: file }: Settings): Finding {
  if (file === undefined)
    return finding(
      'note',
      'journal',
      'ENTENTE_JOURNAL is not set: a restored backup brings revoked keys and erased words back',
    );
  if (!existsSync(file)) {
    accessSync(dirname(resolve(file)), constants.W_OK);
    return finding('note', 'journal', `there is no ${file} yet: the next start makes it`);
  }
  accessSync(file, constants.W_OK);
  Removals.read(file);
  return finding('well', 'journal', `${file} can be read and written`);
}
