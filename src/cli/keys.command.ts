import { shownOnOneLine } from '#libs/characters';
import { Problem } from '#libs/problem-details';
import { awaitedUntil, wasGood } from '../platform/access/credential.js';
import type { CredentialView } from '../platform/access/credential.js';
import { classOf } from '../platform/shapes/body-class.js';
import { recoverKey } from '../platform/access/key-recovery.js';
import { newKeyShape } from '../platform/access/new-key.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { roleFault, roles } from '../platform/record/principal.js';
import type { Role } from '../platform/record/principal.js';
import { validated } from '../platform/shapes/validation.js';
import { CliFailure } from './cli-failure.js';
import { withRecord } from './opened.js';
import { hereOrThere, remoteOf } from './remote.js';
import { padded, shown, written } from './shown.js';
import type { Part, Shown } from './shown.js';
import { recordIn, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';
import { realNow } from '../platform/record/clock.js';

interface MakeOptions extends CommonOptions {
  readonly name: string;
  readonly roles: string;
  readonly party?: string;
  readonly days: string;
  readonly principal?: string;
  readonly dialogues?: string;
  /** Why no negotiator can approve it; both sides of each dialogue of the party read that. */
  readonly recover?: string;
}

function wantedFrom(options: MakeOptions) {
  const wanted = options.roles.split(',').map((one) => one.trim());
  const unknown = wanted.find((one) => !roles.includes(one as Role));
  if (unknown !== undefined)
    throw new CliFailure(`"${unknown}" is no role; the roles are ${roles.join(', ')}.`);
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    throw new CliFailure('--days takes a whole number from 1 to 3650.');
  if (options.party !== undefined && !/^[A-Z][A-Z0-9-]{1,7}$/.test(options.party)) {
    throw new CliFailure(`"${options.party}" is no party code; write one such as RU.`);
  }
  const body = {
    name: options.name,
    roles: wanted as Role[],
    days,
    ...(options.party === undefined ? {} : { party: options.party }),
    ...(options.principal === undefined ? {} : { principalId: options.principal }),
    ...(options.dialogues === undefined ? {} : { dialogues: options.dialogues.split(',') }),
  };
  const fault = roleFault(body, '--party');
  if (fault !== undefined) throw new CliFailure(fault);
  return body;
}

export async function makeKey(options: MakeOptions): Promise<void> {
  const directory = recordIn(options);
  const body = wantedFrom(options);
  await validated(classOf(newKeyShape), body);
  const made = await hereOrThere(
    () =>
      withRecord(directory, async (record) => {
        const wanted = { ...body, party: body.party ?? null };
        const { key, credential } =
          options.recover === undefined || wanted.party === null
            ? await record.keys.make(wanted, { as: 'folder' })
            : await recoverKey(record, wanted, options.recover);
        return { ...credential, key };
      }),
    async () => {
      if (options.recover !== undefined)
        throw new CliFailure('--recover works on a free folder: end the server first.');
      const remote = await remoteOf(directory, 'operator', settingsFrom(options).key);
      return (await (await remote.call('POST', '/v1/keys', body)).json()) as CredentialView & { key: string };
    },
  );
  process.stdout.write(`${made.key}\n`);
  process.stderr.write(
    shown`Key ${made.id} for ${nameOf(made)}, valid until ${made.expiresAt}. It is shown this once.\n`.text,
  );
  if (made.awaitsUntil !== undefined)
    process.stderr.write(
      shown`It opens nothing until a negotiator of ${made.party ?? ''} approves it, by ${made.awaitsUntil}: POST /v1/keys/${made.id}/approve.\n`
        .text,
    );
}

/** A name is whatever somebody gave the key; a line of the list is one key. */
function nameOf({ name }: { readonly name: string }): Shown {
  return written(shownOnOneLine(name));
}

function line(id: string, ...[name, party, roles, state]: readonly [Part, string, string, string]): string {
  return shown`${padded(id, 36)}  ${padded(name, 20)} ${padded(party, 4)} ${padded(roles, 24)} ${state}\n`
    .text;
}

/** Whether it opens anything, and until when; and what of it waits for a negotiator. */
function stateOf(one: CredentialView): string {
  const now = realNow();
  const day = (instant: string) => instant.slice(0, 10);
  if (one.revokedAt !== null) return `revoked ${day(one.revokedAt)}`;
  const awaited = awaitedUntil(one, now);
  if (awaited !== undefined) return `waits for approval until ${day(awaited)}`;
  if (!wasGood(one)) return `was not approved by ${day(one.awaitsUntil ?? '')}`;
  if (Date.parse(one.expiresAt) <= now) return `expired ${day(one.expiresAt)}`;
  const { revocationUntil } = one;
  const leaving =
    revocationUntil !== undefined && Date.parse(revocationUntil) > now
      ? `, revocation waits for approval until ${day(revocationUntil)}`
      : '';
  return `until ${day(one.expiresAt)}${leaving}`;
}

export async function listKeys(options: CommonOptions): Promise<void> {
  const directory = recordIn(options);
  const items = await hereOrThere(
    () => withRecord(directory, (record) => record.credentials.list()),
    async () => {
      const remote = await remoteOf(directory, 'operator', settingsFrom(options).key);
      return ((await (await remote.call('GET', '/v1/keys')).json()) as { items: CredentialView[] }).items;
    },
  );
  if (items.length > 0) process.stdout.write(line('ID', 'NAME', 'FOR', 'ROLES', 'STATE'));
  for (const one of items)
    process.stdout.write(line(one.id, nameOf(one), one.party ?? '-', one.roles.join(','), stateOf(one)));
  if (items.length === 0)
    process.stdout.write('There are no keys yet: "entente init" or "entente keys make" makes some.\n');
}

export async function revokeKey(id: string, options: CommonOptions): Promise<void> {
  const directory = recordIn(options);
  const revoked = await hereOrThere(
    () =>
      withRecord(directory, async (record) => {
        const known = (await record.credentials.list()).some((one) => one.id === id);
        if (!known)
          throw new Problem(platformProblems.NOT_FOUND, {
            detail: `There is no key ${id}; "entente keys list" names them.`,
          });
        return record.keys.revoke(id);
      }),
    async () => {
      const remote = await remoteOf(directory, 'operator', settingsFrom(options).key);
      const answer = await remote.call('POST', `/v1/keys/${encodeURIComponent(id)}/revoke`);
      return (await answer.json()) as CredentialView;
    },
  );
  const said =
    revoked.revokedAt === null
      ? shown`The key ${id} is that of the last negotiator of ${revoked.party ?? ''}: it is revoked once a negotiator of ${revoked.party ?? ''} approves, by ${revoked.revocationUntil ?? ''}.\n`
      : shown`The key ${id} is revoked.\n`;
  process.stdout.write(said.text);
}
