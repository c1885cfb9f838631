import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandDeclaration } from '#libs/decider';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { guidePage } from '../../src/description/guides.js';
import { bindingAtOnce } from '../../src/description/taking-back-table.js';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { described } from '../../src/described.js';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { newSecret, signed } from '../../src/feed/webhook-signature.js';
import { Ids } from '../../src/platform/record/ids.js';
import { slices } from '../../src/slices.js';
import { environmentOf } from '../faults/environment.js';
import { Api } from '../support/api.js';
import { until } from '../support/settling.js';
import { examplesOf, plain } from './guide.js';

const outside = mkdtempSync(join(tmpdir(), 'entente-guide-'));

const page = guidePage('reading', slices, described);
const declarations = [...slices.map(({ commands }) => commands), amendmentCommands].flatMap((all) =>
  Object.values<CommandDeclaration>(all),
);
const types = [...slices.map(({ schemas }) => schemas), amendmentEvents].flatMap(Object.keys);

/** The rows of the table, by event. */
const rows = new Map(
  [...page.matchAll(/<tr>\s*<th scope="row">([^]*?)<\/th>([^]*?)<\/tr>/g)].map(
    ([, event = '', cells = '']) => [plain(event).trim(), plain(cells).replace(/\s+/g, ' ').trim()],
  ),
);

describe('The guide for reading', () => {
  it('has for every type of event a row on what takes it back, or that nothing does', () => {
    expect([...rows.keys()].toSorted()).toEqual([...new Set(types)].toSorted());
    expect([...rows].filter(([, cells]) => !/\(POST |None|none of one’s own/.test(cells))).toEqual([]);
  });

  it('names as what takes an act back what the refusals name', () => {
    const missing = declarations.filter(
      ({ event, takenBackBy }) =>
        takenBackBy !== undefined &&
        rows.get(event)?.toLowerCase().includes(takenBackBy.replaceAll('`', '').toLowerCase()) !== true,
    );
    expect(missing.map((one) => one.event)).toEqual([]);
  });

  it('says of the acts that bind at once, and of no others, that their party never retracts them', () => {
    const binding = declarations.filter((one) => one.bindsAtOnce === true).map(({ event }) => event);
    const shown = [...rows].filter(([, cells]) => cells.includes(bindingAtOnce)).map(([event]) => event);
    expect(shown.toSorted()).toEqual([...new Set(binding)].toSorted());
    expect(shown).toContain('CommitmentUndertaken');
  });

  it.each(['both', 'one', 'secretariat'])('says what it means that a dialogue is kept by %s', (by) => {
    const [, keeping = ''] = /<h2 id="keeping">([^]*?)<h2/.exec(page) ?? [];
    expect(keeping).toContain(`<dt><code>${by}</code></dt>`);
  });
});

/** A delivery of a webhook, as its receiver has it. */
function whatCame() {
  const [secret, before] = [newSecret(new Ids()), newSecret(new Ids())];
  const body = '{"type":"IrritantRaised","data":{"summary":"Двадцать виз"}}';
  const headers = signed('01960b3a-0000-7000-8000-000000001100', Date.now(), body, [before, secret]);
  return {
    SECRET: secret,
    ID: headers['webhook-id'],
    TIMESTAMP: headers['webhook-timestamp'],
    SIGNATURE: headers['webhook-signature'],
    BODY: body,
  };
}

describe('Its examples, on the demonstration', () => {
  let api: Api;
  let variables: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const files = {
      directory: undefined,
      ledgerKey: join(outside, 'key.pem'),
      ledgerGuard: join(outside, 'guard'),
    };
    makeLedgerFiles(files, ledgerFiles(files)!);
    api = await Api.start(files);
    await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
    const idOf = async (list: string) =>
      (await api.get<{ items: { id: string }[] }>(list, 'reader')).body.items[0]?.id ?? '';
    const dialogue = await idOf('/v1/dialogues');
    interface Trust {
      readonly leaves: number;
      readonly checkpoint?: { readonly size: number };
    }
    await until(async () => {
      const { body } = await api.get<Trust>(`/v1/dialogues/${dialogue}/ledger/trust`, 'auditor');
      return body.checkpoint?.size === body.leaves;
    });
    variables = {
      INSTANT: new Date().toISOString(),
      ENTENTE: api.server.url,
      KEY: api.keys['auditor'] ?? '',
      DIALOGUE: dialogue,
      ROUND: await idOf('/v1/rounds'),
      RECEIVER: 'http://127.0.0.1:9/entente',
      ...whatCame(),
    };
  });
  afterAll(async () => {
    await api.stop();
    rmSync(outside, { recursive: true });
  });

  it.each([...examplesOf(page)])('are answered: %s', async (_, text) => {
    const failing = 'curl() { command curl --fail-with-body "$@"; }';
    const env = { ...environmentOf({}), ...variables };
    const { stdout } = await promisify(execFile)('sh', ['-ec', `${failing}\n${text}`], { env });
    expect(stdout).toMatch(
      /^(?:\{"|id: \d+\nevent: frame\n|retry: 1000\n|# |localhost\/|c2sp[.]org\/|[A-Za-z0-9+/]{43}=\n)/,
    );
  });
});
