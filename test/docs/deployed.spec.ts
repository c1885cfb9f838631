import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseYaml } from '@redocly/openapi-core';
import { readEnvironment } from '#config';
import { servedRoutes } from '../../src/cli/served-routes.js';
import { programVersion } from '../../src/platform/http/program-version.js';

const docker = fileURLToPath(new URL('../../docker/', import.meta.url));
const text = (file: string) => readFileSync(`${docker}${file}`, 'utf8');

interface Values {
  readonly replicaCount: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly image: { readonly tag: string };
}

describe('The unit of systemd', () => {
  const unit = text('systemd/entente.service');
  const given = [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const valuesOf = (name: string) => given.filter(([one]) => one === name).map(([, value]) => value);
  const settings = Object.fromEntries(
    valuesOf('Environment').map((one) => one.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );

  it('sets only what the server knows, and nothing of it beside the folders that are its own', () => {
    const { NODE_ENV, ...ours } = settings;
    expect(NODE_ENV).toBe('production');
    expect(() => readEnvironment(ours)).not.toThrow();
    const folders = valuesOf('StateDirectory').flatMap((one) =>
      one.split(' ').map((name) => `/var/lib/${name}/`),
    );
    const paths = Object.values(ours).filter((value) => value.startsWith('/'));
    expect(paths).toHaveLength(4);
    expect(paths.filter((path) => !folders.some((folder) => path.startsWith(folder)))).toEqual([]);
    // What a restore of the data must not put back is not with the data.
    expect(ours['ENTENTE_LEDGER_GUARD']?.startsWith(`${ours['ENTENTE_DATA']}/`)).toBe(false);
  });

  it('keeps its settings beside a file of the example, which wins over them where it sets any', () => {
    expect(unit).toContain('install -m 0640 -g entente config/environment.example /etc/entente/environment');
    const example = readFileSync(new URL('../../config/environment.example', import.meta.url), 'utf8');
    expect(example.split('\n').filter((line) => !/^(#|$)/.test(line))).toEqual([]);
  });

  it('waits longer for a server to end than the server takes, and gives it no right beside', () => {
    expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThanOrEqual(15);
    expect(valuesOf('CapabilityBoundingSet')).toEqual(['']);
    for (const name of [
      'NoNewPrivileges',
      'PrivateDevices',
      'ProtectHome',
      'PrivateTmp',
      'RestrictNamespaces',
    ])
      expect({ name, is: valuesOf(name) }).toEqual({ name, is: ['yes'] });
    expect(valuesOf('ProtectSystem')).toEqual(['strict']);
  });
});

describe('The chart of Helm', () => {
  const values = parseYaml(text('helm/entente/values.yaml')) as Values;
  const templates = readdirSync(`${docker}helm/entente/templates`).map((name) =>
    text(`helm/entente/templates/${name}`),
  );

  it('is of this version, for one server unless somebody says otherwise', () => {
    const chart = parseYaml(text('helm/entente/Chart.yaml')) as Record<string, unknown>;
    expect([chart['version'], chart['appVersion']]).toEqual([programVersion, programVersion]);
    expect([values.replicaCount, values.image.tag]).toEqual([1, '']);
  });

  it('sets only what the server knows', () => {
    expect(() => readEnvironment(values.settings)).not.toThrow();
    const named = templates.flatMap((one) => [...one.matchAll(/\b((?:ENTENTE|EVENTSTORE)_[A-Z_]+)\b/g)]);
    const names = new Set(named.map(([, name = '']) => name));
    expect(names.size).toBeGreaterThan(5);
    for (const name of names)
      if (name !== 'EVENTSTORE_URL')
        expect(() => readEnvironment({ [name]: name === 'ENTENTE_PORT' ? '1' : 'x' })).not.toThrow(
          /not a setting/,
        );
  });

  it('reads no value that it does not have, and asks the server for what it has', () => {
    const paths = templates.flatMap((one) =>
      [...one.matchAll(/\.Values\.([\w.]+)/g)].map(([, path = '']) => path),
    );
    const missing = paths.filter(
      (path) =>
        path
          .split('.')
          .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], values) ===
        undefined,
    );
    expect(missing).toEqual([]);
    const asked = templates.flatMap((one) => [...one.matchAll(/path: (\/\w+)/g)].map(([, path]) => path));
    const known = servedRoutes().map(({ path }) => path);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((path) => path === undefined || !known.includes(path))).toEqual([]);
  });
});
