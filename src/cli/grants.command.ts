import { shownOnOneLine } from '#libs/characters';
import { grantShape } from '../platform/access/grants.controller.js';
import { grantsIn } from '../platform/access/grants.js';
import type { Grants } from '../platform/access/grants.js';
import { classOf } from '../platform/shapes/body-class.js';
import { validated } from '../platform/shapes/validation.js';
import { withRecord } from './opened.js';
import { hereOrThere, remoteOf } from './remote.js';
import { padded, shown, written } from './shown.js';
import { recordIn, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

function line({ principalId, name, roles, sees, dialogues }: Grants): string {
  const seen = sees === 'all' ? 'all' : dialogues.join(',') || 'none';
  return shown`${principalId}  ${padded(written(shownOnOneLine(name)), 20)} ${padded(roles.join(','), 24)} ${seen}\n`
    .text;
}

export async function listGrants(options: CommonOptions): Promise<void> {
  const directory = recordIn(options);
  const items = await hereOrThere(
    () => withRecord(directory, async (record) => grantsIn(await record.credentials.list())),
    async () => {
      const remote = await remoteOf(directory, 'operator', settingsFrom(options).key);
      return ((await (await remote.call('GET', '/v1/grants')).json()) as { items: readonly Grants[] }).items;
    },
  );
  if (items.length > 0)
    process.stdout.write(
      shown`${padded('PRINCIPAL', 36)}  ${padded('NAME', 20)} ${padded('ROLES', 24)} SEES THE DIALOGUES\n`
        .text,
    );
  for (const one of items) process.stdout.write(line(one));
  if (items.length === 0)
    process.stdout.write('Nobody has a key who acts for no party: "entente keys make" makes some.\n');
}

interface Change {
  readonly principalId: string;
  readonly dialogue: string;
}

async function changed(change: Change, options: CommonOptions, how: 'grant' | 'withdraw'): Promise<void> {
  const directory = recordIn(options);
  await validated(classOf(grantShape), change);
  const { principalId, dialogue } = change;
  const grants = await hereOrThere(
    () =>
      withRecord(directory, ({ keys, streams }) =>
        how === 'grant'
          ? keys.grants.grant(principalId, dialogue, streams)
          : keys.grants.withdraw(principalId, dialogue),
      ),
    async () => {
      const remote = await remoteOf(directory, 'operator', settingsFrom(options).key);
      const path = how === 'grant' ? '/v1/grants' : '/v1/grants/withdraw';
      return (await (await remote.call('POST', path, change)).json()) as Grants;
    },
  );
  process.stdout.write(line(grants));
}

export function giveGrant(principalId: string, dialogue: string, options: CommonOptions): Promise<void> {
  return changed({ principalId, dialogue }, options, 'grant');
}

export function withdrawGrant(principalId: string, dialogue: string, options: CommonOptions): Promise<void> {
  return changed({ principalId, dialogue }, options, 'withdraw');
}
