import { join, resolve } from 'node:path';
import { firstName, isEarlierName, parsePartyKeys } from '#libs/ledger';
import type { Policy } from '#libs/ledger';
import { Folder } from '../checking/folder.js';
import { Follower } from '../checking/follower.js';
import { FollowedLogs, Following, usualPaces } from '../checking/following.js';
import type { LogAlarm } from '../checking/following.js';
import { isUrl, openedSource } from '../checking/source.js';
import { named } from '../checking/trust-files.js';
import type { KnownLogs } from '../checking/witness.js';
import type { WitnessMemory } from '../checking/witness-state.js';
import type { SystemClock } from '../platform/record/clock.js';
import { credentialFor } from './checking.js';
import { CliFailure } from './cli-failure.js';
import { shown } from './shown.js';

export interface FollowCall {
  readonly mirror?: string;
  readonly from?: string;
  readonly keys?: string;
}

interface Parts {
  readonly known: KnownLogs;
  readonly memory: WitnessMemory;
  readonly clock: SystemClock;
}

/** The logs of a witness as it follows them; undefined where it does not. */
export async function followedBy(
  { mirror, from, keys }: FollowCall,
  { known, memory, clock }: Parts,
): Promise<FollowedLogs | undefined> {
  if (mirror === undefined && from === undefined && keys === undefined) return undefined;
  if (mirror === undefined || from === undefined || keys === undefined)
    throw new CliFailure(
      'To follow the logs takes three: --mirror FOLDER for the copy, --from URL for the server, and --keys FILE with the keys of the party, such as "act-key RU THUMBPRINT".',
    );
  if (!isUrl(from) || !URL.canParse(from))
    throw new CliFailure(`"${from}" is no address of a server: give one that begins with https://.`);
  const partyKeys = named(keys, parsePartyKeys);
  if (partyKeys.actKeys.size === 0)
    throw new CliFailure(`${keys} names no key of a party: add a line such as "act-key RU THUMBPRINT".`);
  const key = await credentialFor(from);
  const policy = policyOf(known);
  const tell = (log: string, words: string) =>
    process.stderr.write(shown`${clock.iso()} ${log}: ${words}\n`.text);
  const following = newestNames(known).map((origin) => {
    const where = ledgerOf(origin, from);
    const folder = join(resolve(mirror), encodeURIComponent(origin));
    const onAlarm = (alarm: LogAlarm) => tell(origin, `ALARM${inWords(alarm)}`);
    // What the address or the key refuses is refused at the start.
    openedSource(where, key);
    const follower = new Follower({
      origin,
      where,
      open: () => openedSource(where, key),
      folder: new Folder(folder),
      evidence: `${folder}-evidence`,
      policy,
      keys: partyKeys,
      cosigned: () => memory.latestOf(origin).checkpoint,
      onAlarm: (alarm) => onAlarm({ log: origin, ...alarm }),
    });
    return new Following(follower, { now: () => clock.now(), paces: usualPaces, onAlarm, onNote: tell });
  });
  return new FollowedLogs(following);
}

function inWords({ seq, stream, party, why }: LogAlarm): string {
  const place = seq === undefined ? '' : ` at #${seq} of ${stream ?? ''}, in the name of ${party ?? ''}`;
  return `${place}: ${why}`;
}

/** The keys by which the witness knows the logs, and nobody besides. */
function policyOf(known: KnownLogs): Policy {
  const logs = [...known.values()].flat().map((key) => ({ key }));
  return { logs, witnesses: new Map(), groups: new Map(), quorum: 'none' };
}

/** Under a name that is over, nothing is served any more. */
function newestNames(known: KnownLogs): readonly string[] {
  const all = [...known.keys()];
  return all.filter((one) => !all.some((other) => isEarlierName(one, other)));
}

function ledgerOf(origin: string, from: string): string {
  const [, dialogue, ...more] = firstName(origin).split('/');
  if (dialogue === undefined || dialogue === '' || more.length > 0)
    throw new CliFailure(
      `${origin} is no log of a record, whose name would be HOST/DIALOGUE: leave it out of the file of --logs, or --mirror out.`,
    );
  const base = from.endsWith('/') ? from : `${from}/`;
  return new URL(`v1/dialogues/${encodeURIComponent(dialogue)}/ledger/`, base).href;
}
