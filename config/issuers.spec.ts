import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readIssuersFile } from './issuers-file.js';
import { EnvironmentInvalid, readEnvironment } from './environment.js';

let folder: string;
const inFolder = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-issuers-'));
  writeFileSync(inFolder('secret'), 'the secret of a client\n', { mode: 0o600 });
  writeFileSync(inFolder('empty'), '\n', { mode: 0o600 });
  writeFileSync(inFolder('open'), 'the secret of a client\n');
  chmodSync(inFolder('open'), 0o644);
  for (const [name, namedCurve] of [
    ['key.pem', 'P-256'],
    ['odd.pem', 'secp256k1'],
  ] as const) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    writeFileSync(inFolder(name), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const signIn = { clientId: 'pages', clientSecretFile: 'secret' };
const ru = {
  id: 'ru',
  name: 'Ministry of Arland',
  issuer: 'https://id.arland.example/realms/entente',
  audience: 'https://entente.example.org',
  party: 'RU',
  signIn,
};
const us = { ...ru, id: 'us', issuer: 'https://id.berland.example', party: 'US' };
const good = { address: 'https://entente.example.org', issuers: [ru, us] };

function read(file: unknown, others: Record<string, string> = {}) {
  writeFileSync(inFolder('issuers.json'), typeof file === 'string' ? file : JSON.stringify(file));
  return readEnvironment({ ENTENTE_OIDC_FILE: inFolder('issuers.json'), ...others }).oidc;
}

function faultsOf(file: unknown, others: Record<string, string> = {}): readonly string[] {
  try {
    read(file, others);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentInvalid) return error.faults;
    throw error;
  }
}

describe('The file of issuers', () => {
  it('names several, each bound to a party or to none, and where people sign in', () => {
    const house = { ...us, id: 'house', issuer: 'https://id.house.example', party: undefined };
    const key = {
      clientId: 'pages',
      clientKeyFile: 'key.pem',
      clientKeyId: 'of-2026',
      scope: 'roles profile',
    };
    const [first, second] = read({ ...good, issuers: [ru, { ...house, signIn: key }] });
    expect(first).toEqual({
      issuer: ru.issuer,
      audience: ru.audience,
      jwksUrl: undefined,
      rolesClaim: 'entente_roles',
      rolePrefix: '',
      partyClaim: 'entente_party',
      parties: ['RU'],
      boundTo: { party: 'RU' },
      signIn: {
        id: 'ru',
        name: 'Ministry of Arland',
        address: good.address,
        clientId: 'pages',
        authentication: { kind: 'secret', secret: 'the secret of a client' },
        scopes: ['openid', 'profile'],
      },
    });
    expect(second).toMatchObject({ parties: [], boundTo: { party: null } });
    expect(second?.signIn).toMatchObject({
      authentication: { kind: 'key', algorithm: 'ES256', keyId: 'of-2026' },
      scopes: ['openid', 'roles', 'profile'],
    });
  });

  it('may say what the guide for operators shows', () => {
    const guide = new URL('../src/description/guides/operating/sign-in.md', import.meta.url);
    const [, text = ''] = /```json .*\n([^]*?)```/.exec(readFileSync(guide, 'utf8')) ?? [];
    expect(readIssuersFile(text)).toMatchObject({
      issuers: [{ party: 'AR' }, { party: 'BE' }, { id: 'house' }],
    });
  });

  const withRu = (wanted: object) => ({ ...good, issuers: [{ ...ru, ...wanted }] });
  it.each([
    ['no JSON', '{', /is no JSON/],
    ['a list', [], /must be a JSON object/],
    ['no issuer', { ...good, issuers: [] }, /issuers must name an issuer/],
    ['no list', { ...good, issuers: ru }, /issuers must be a list/],
    ['a stranger', withRu({ partei: 'RU' }), /issuers\[0\]\.partei is nothing that this file may say/],
    ['no party code', withRu({ party: 'ru' }), /issuers\[0\]\.party must be a party code/],
    ['plain http', withRu({ issuer: 'http://id.arland.example' }), /issuers\[0\]\.issuer must be an https/],
    ['a path in its address', { ...good, address: 'https://a.example/b' }, /address must end with the host/],
    ['no address', { issuers: [ru] }, /issuers\[0\]\.signIn needs "address"/],
    ['no client', withRu({ signIn: {} }), /issuers\[0\]\.signIn\.clientId must be/],
    ['one name for both', withRu({ audience: 'pages' }), /issuers\[0\]\.audience must be another name/],
    [
      'no secret',
      withRu({ signIn: { clientId: 'a' } }),
      /must name either clientSecretFile or clientKeyFile/,
    ],
    ['both', withRu({ signIn: { ...signIn, clientKeyFile: 'key.pem' } }), /must name either/],
    [
      'no file',
      withRu({ signIn: { ...signIn, clientSecretFile: 'none' } }),
      /clientSecretFile: .*\(ENOENT\)/,
    ],
    ['an open file', withRu({ signIn: { ...signIn, clientSecretFile: 'open' } }), /make it mode 0600/],
    ['an empty file', withRu({ signIn: { ...signIn, clientSecretFile: 'empty' } }), /the file is empty/],
    ['no key', withRu({ signIn: { clientId: 'a', clientKeyFile: 'secret' } }), /private key in PEM/],
    ['another curve', withRu({ signIn: { clientId: 'a', clientKeyFile: 'odd.pem' } }), /private key in PEM/],
    [
      'one twice',
      { ...good, issuers: [ru, { ...ru, id: 'us' }] },
      /issuers\[1\]\.issuer is that of issuers\[0\] too/,
    ],
    ['one name twice', { ...good, issuers: [ru, { ...us, id: 'ru' }] }, /issuers\[1\]\.id is that of/],
  ])('is refused with %s, with the place and without its words', (_, file, says) => {
    const faults = faultsOf(file);
    expect(faults).toEqual([expect.stringMatching(says)]);
    expect(faults[0]).toMatch(/^ENTENTE_OIDC_FILE: /);
    expect(faults[0]).not.toMatch(/the secret of a client|BEGIN|arland/);
  });

  it('that is not there, or stands beside the settings of one issuer, is refused', () => {
    const away = { ENTENTE_OIDC_FILE: inFolder('none.json') };
    expect(() => readEnvironment(away)).toThrow(/ENTENTE_OIDC_FILE: the file can’t be read \(ENOENT\)/);
    expect(faultsOf(good, { ENTENTE_OIDC_ISSUER: 'https://id.example.org' })).toEqual([
      expect.stringMatching(/^ENTENTE_OIDC_FILE names all issuers: move what ENTENTE_OIDC_ISSUER says/),
    ]);
  });
});
