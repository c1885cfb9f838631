import { afterAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { formatLeaf } from '#libs/ledger';
import { filledLog } from '#libs/ledger/testing';
import { checkingPage } from '../../config/checking-page.mjs';
import { archived } from '../../src/checking/tar.js';
import { origin, Place, policyText, signed } from './given.js';
import type { Files } from './given.js';

const place = new Place();
afterAll(() => place.remove());

const html = checkingPage();
const [, script = ''] = /<script>([^]*)<\/script>/.exec(html) ?? [];

interface Field {
  value?: string;
  files?: { arrayBuffer: () => Promise<ArrayBuffer> }[];
  textContent?: string;
}

/** The page's own script, in a world of its own that has what a browser has, and nothing of Node. */
async function shownFor(archive: Uint8Array, policy: string): Promise<string | undefined> {
  const fields: Record<string, Field> = {
    '#archive': { files: [{ arrayBuffer: () => Promise.resolve(new Uint8Array(archive).buffer) }] },
    '#policy': { value: policy },
    '#keys': { value: '' },
    output: {},
  };
  let submit: (event: { preventDefault(): void }) => Promise<void> = () => Promise.resolve();
  const form = { addEventListener: (_: string, listener: typeof submit) => (submit = listener) };
  const document = { querySelector: (name: string) => (name === 'form' ? form : fields[name]) };
  const world = createContext({
    document,
    crypto,
    TextEncoder,
    TextDecoder,
    atob,
    btoa,
    Uint8Array,
    ArrayBuffer,
  });
  runInContext(script, world);
  await submit({ preventDefault: () => undefined });
  return fields['output']?.textContent;
}

let made = 0;
const archive = async (files: Files) => {
  const path = place.in(`${(made += 1)}.tar`);
  await archived(path, (sink) => {
    for (const [name, bytes] of files) sink.add(name, bytes);
    return Promise.resolve();
  });
  return readFileSync(path);
};

describe('The page that checks a bundle', () => {
  const log = filledLog(origin, 30);
  const bundle = () => log.bundle('irritant-1', signed(log), log.checkpoint());

  it('is one file that asks nobody for anything, and the same each time', () => {
    expect(html).not.toMatch(/(?:src|href)=|https?:\/\/(?!c2sp)/);
    expect(html).toContain("default-src 'none'");
    expect(html.split('</script>')).toHaveLength(2);
    expect(checkingPage()).toBe(html);
  });

  it('says of a bundle and of a log what the command line says', async () => {
    expect(await shownFor(await archive(bundle()), policyText.trimEnd())).toBe(
      'Right: 10 entries of irritant-1 in record.example/dialogue-1, in their order and without a gap, and the report says what they say.\n' +
        'That nothing of irritant-1 follows the last one, up to the 30 entries of the log, is not proven by a bundle: the whole log shows it.\n' +
        'The log signed it; countersigned by RU at 2026-01-01T00:00:30Z.\n' +
        'Whether a party signed what stands in its name is not judged of a bundle: whose keys were in force the whole log shows.',
    );
    expect(await shownFor(await archive(log.mirror(signed(log))), policyText)).toContain('Right: 30 entries');
  });

  it('says nothing that the bundle says in its place, on lines of its own', async () => {
    const files = bundle();
    const forged = { ...log.leaves[4]!, stream: 'irritant-1\nRight: 10 entries' };
    files.set('leaves/4.json', formatLeaf(forged));
    const said = await shownFor(await archive(files), policyText);
    expect(said).toBe('Wrong at #4 (chain-broken): The leaf is of irritant-1⟦U+000A⟧Right: 10 entries.');
  });

  it('finds words, signatures and policies that are wrong', async () => {
    const changed = (path: string, from: string, to: string) => {
      const files = bundle();
      files.set(path, Buffer.from(Buffer.from(files.get(path)!).toString().replace(from, to)));
      return archive(files);
    };
    expect(await shownFor(await changed('payload/7.json', 'Words', 'words'), policyText)).toBe(
      'Wrong at #7 (content-wrong): The words are not those that were logged.',
    );
    expect(await shownFor(await changed('checkpoint', '\n30\n', '\n29\n'), policyText)).toMatch(
      /^Wrong \(signature-wrong\): The signature of record\.example\/dialogue-1\+\w+ does not verify\.$/,
    );
    expect(await shownFor(await archive(bundle()), 'quorum all of them')).toMatch(
      /^Nothing could be checked: Line 1 of the policy/,
    );
    expect(await shownFor(new Uint8Array(3), policyText)).toBe(
      'Wrong (malformed): The archive ends too early.',
    );
  });
});
