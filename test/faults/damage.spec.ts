import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctor } from '../../src/cli/doctor.command.js';
import { failureOf } from '../../src/cli/failures.js';
import { rebuild } from '../../src/cli/rebuild.command.js';
import { replayInTerminal } from '../../src/cli/replay.command.js';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import { endAll, run } from './child.js';
import { copyOf, fingerprint, inViews, longest, removeAll, talksOn } from './damaged-folder.js';
import { damages, withoutReadModels } from './damages.js';

let talks: string;
let other: string;
let stream: string;
beforeAll(async () => {
  talks = await talksOn('talks');
  other = await talksOn('other');
  stream = longest(talks);
  writeFileSync(join(talks, 'keys.txt'), 'words, and no database');
});
afterAll(async () => {
  await endAll();
  removeAll();
});

interface Said {
  readonly code: number;
  readonly text: string;
}

/** A command as the terminal has it: what it printed, what it failed of, and the exit code. */
async function said(command: () => Promise<void>): Promise<Said> {
  let text = '';
  const catching = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      text += String(chunk);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await command();
    return { code: process.exitCode, text };
  } catch (error) {
    return { code: 1, text: `${text}${failureOf(error)}` };
  } finally {
    for (const one of catching) one.mockRestore();
    process.exitCode = before;
  }
}

const seen = (data: string) => said(() => doctor(undefined, { data }));
/** The store alone, as a backup has it. */
const seenAsBackup = (folder: string) => said(() => doctor(join(folder, 'store.sqlite'), {}));
const rebuilt = (data: string) => said(() => rebuild({ data }));
function ends(mended?: true, contradicts?: true): RegExp {
  if (mended === true) return /is built anew/;
  return contradicts === true ? /one of the two was changed by hand/ : /so nothing was rebuilt|is gone/;
}

const noTrace = /\n\s+at |node:internal|undefined|\[object|NaN/;

describe('what nobody has touched', () => {
  it('is well, and a rebuild of it too', async () => {
    expect(await seen(talks)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/All is well/) as unknown,
    });
    expect(await rebuilt(copyOf(talks))).toMatchObject({ code: 0 });
  });

  it('is well without its read models, which the next start builds', async () => {
    const folder = copyOf(talks);
    withoutReadModels(folder);
    const { code, text } = await seen(folder);
    expect({ code, files: readdirSync(folder).includes('views.sqlite') }).toEqual({ code: 0, files: false });
    expect(text).toMatch(/· read models +are not there yet/);
  });
});

describe('a record that was worked on by hand', () => {
  it.each(damages)(
    '$name: the doctor names it, and a rebuild ends',
    async ({ does, says, mended, contradicts }) => {
      const folder = copyOf(talks);
      does(folder, stream, other);
      const found = await seen(folder);
      expect(found.text).toMatch(says);
      expect(found.code).toBe(1);
      expect(found.text).not.toMatch(noTrace);
      const backup = await seenAsBackup(folder);
      expect(backup.text).not.toMatch(noTrace);
      // What only the read models show, or only show by differing, can't be seen in the store alone.
      const isSeen = !says.source.includes('read models') && !says.source.includes('lack an event');
      expect({ code: backup.code, text: backup.text }).toEqual({
        code: isSeen ? 1 : 0,
        text: expect.stringMatching(
          isSeen ? new RegExp(says.source.replace('store +', 'backup +')) : /All is well/,
        ),
      });
      const built = await rebuilt(folder);
      expect(built.text).not.toMatch(noTrace);
      expect({ code: built.code, text: built.text }).toEqual({
        code: mended === true ? 0 : 1,
        text: expect.stringMatching(ends(mended, contradicts)),
      });
      if (contradicts === true) {
        withoutReadModels(folder);
        expect(await rebuilt(folder)).toMatchObject({ code: 0 });
      }
      if (mended === true) expect(await seen(folder)).toMatchObject({ code: 0 });
    },
  );

  it('is told to whoever runs the program, too', async () => {
    const damage = damages.find(({ name }) => name.includes('middle of a stream'));
    const folder = copyOf(talks);
    damage?.does(folder, stream, other);
    const ill = await run(['doctor', '--data', folder], { cwd: folder });
    expect(ill.code).toBe(1);
    expect(ill.stdout).toMatch(damage?.says ?? /never/);
    const ended = await run(['rebuild', '--data', folder], { cwd: folder });
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(
      /^entente: The record in .* is damaged, so nothing was rebuilt: .*is missing.*\n$/,
    );
  });
});

describe('words that were erased', () => {
  it('are found in read models from which they were not taken out, and a rebuild takes them out', async () => {
    const folder = copyOf(talks);
    const api = await Api.start({ directory: folder, storeUrl: undefined });
    const id = stream.replace('irritant-', '');
    const stated = (await api.server.record.streams.events(stream)).find(
      ({ type }) => type === 'PositionStated',
    );
    const asked = { target: stated?.id, basis: 'security', reason: { en: 'It names a person.' } };
    await done(api, `irritants/${id}/request-erasure`, 'us-negotiator', asked);
    await done(api, `irritants/${id}/request-erasure`, 'ru-negotiator', asked);
    await api.settled();
    await api.stop();
    expect(await seen(folder)).toMatchObject({ code: 0 });
    inViews(
      folder,
      `UPDATE record_v1_s1_events SET body = json_set(body, '$.content', json('{"text":"left"}'))
      WHERE id = '${stated?.id}'`,
    );
    const { code, text } = await seen(folder);
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringMatching(/read models +still hold words that were erased/) as unknown,
    });
    expect(await rebuilt(folder)).toMatchObject({ code: 0 });
    expect(await seen(folder)).toMatchObject({ code: 0 });
  });
});

describe('what only reads', () => {
  const writeProtected = (folder: string) => {
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o400);
    chmodSync(folder, 0o500);
  };

  it('changes no file of a write-protected folder, and makes none', async () => {
    const folder = copyOf(talks);
    writeProtected(folder);
    const before = fingerprint(folder);
    expect(await seen(folder)).toMatchObject({ code: 0 });
    expect(await seenAsBackup(folder)).toMatchObject({ code: 0 });
    const key = stream.replace('irritant-', '');
    const replayed = await said(() => replayInTerminal(key, { data: folder }));
    expect(replayed).toMatchObject({ code: 0, text: expect.stringMatching(/\d+ entries/) as unknown });
    expect(fingerprint(folder)).toEqual(before);
    chmodSync(folder, 0o700);
  });

  it('reads what a killed server left in its log, and leaves the log as it is', async () => {
    const directory = copyOf(talks);
    const api = await Api.start({ directory, storeUrl: undefined });
    const { items } = (await api.get<{ items: { id: string }[] }>('/v1/dialogues')).body;
    await api.create('/v1/sources', {
      dialogueId: items[0]?.id,
      kind: 'press',
      issuers: [],
      lang: 'en',
      held: false,
      title: 'Late',
      citation: 'Late',
    });
    await api.settled();
    const folder = copyOf(directory);
    await api.stop();
    const before = fingerprint(folder);
    expect(before.join()).toContain('store.sqlite-wal');
    const { code, text } = await seen(folder);
    expect({ code, same: fingerprint(folder) }).toEqual({ code: 0, same: before });
    expect(text).toMatch(/✓ read models/);
    // A copy of folder and log, taken while nothing ran, is a backup too.
    const [, events] = /(\d+) event\(s\) in the record/.exec(text) ?? [];
    const backup = await seenAsBackup(folder);
    expect(backup.text).toContain(`${events} event(s) of the record`);
    expect({ code: backup.code, same: fingerprint(folder) }).toEqual({ code: 0, same: before });
  });
});
