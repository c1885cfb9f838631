import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseYaml } from '@redocly/openapi-core';
import { readEnvironment } from '#config';

/** Where Debian puts golang-github-masterminds-sprig-dev and golang-k8s-sigs-yaml-dev. */
const sources = '/usr/share/gocode';
const isHere =
  existsSync(`${sources}/src/github.com/Masterminds/sprig`) &&
  existsSync(`${sources}/src/sigs.k8s.io/yaml`) &&
  spawnSync('go', ['version']).status === 0;
if (!isHere)
  throw new Error(
    'This needs Debian’s golang-go, golang-github-masterminds-sprig-dev and golang-k8s-sigs-yaml-dev: install them.',
  );

const top = mkdtempSync(join(tmpdir(), 'entente-chart-'));
const program = join(top, 'render');
const docker = fileURLToPath(new URL('../../docker/', import.meta.url));
const chart = join(docker, 'helm/entente');
const env = { PATH: '/usr/bin:/bin', HOME: top, GO111MODULE: 'off', GOPATH: sources, GOFLAGS: '' };

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly command?: readonly string[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly securityContext: { readonly readOnlyRootFilesystem: boolean };
}
interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Record<string, string> };
  readonly spec: Record<string, unknown>;
}
interface Pod {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes: readonly { readonly name: string }[];
}

beforeAll(() => {
  copyFileSync(fileURLToPath(new URL('render.go', import.meta.url)), join(top, 'render.go'));
  execFileSync('go', ['build', '-o', program, join(top, 'render.go')], { env, cwd: top });
});
afterAll(() => rmSync(top, { recursive: true }));

const render = (values: object) =>
  spawnSync(program, [chart, JSON.stringify(values)], { encoding: 'utf8', env });

function resourcesOf(values: object): readonly Resource[] {
  const { status, stdout, stderr } = render(values);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const parts = stdout.split(/^---$/m).filter((part) => part.trim() !== '');
  return parts.map((part) => parseYaml(part) as Resource);
}

const everything = {
  replicaCount: 2,
  init: { enabled: true },
  eventStore: { urlSecret: 'store' },
  ledger: { keySecret: 'key' },
  image: { digest: 'sha256:aa' },
  envFrom: [{ secretRef: { name: 'more' } }],
  ingress: { enabled: true, className: 'some', annotations: { a: 'b' } },
  networkPolicy: { from: [{ namespaceSelector: {} }], egress: [{ ports: [{ port: 443 }] }] },
  serviceMonitor: { enabled: true, labels: { release: 'some' } },
  podAnnotations: { a: 'b' },
  nodeSelector: { a: 'b' },
  tolerations: [{ key: 'a' }],
  affinity: { nodeAffinity: {} },
};

/** Not run by helm itself, which no registry here has, nor by a cluster. */
describe.each([
  ['as it comes', {}, 4],
  ['for the first start on SQLite', { init: { enabled: true } }, 4],
  ['with all there is', everything, 6],
])('The chart, rendered %s,', (_, values, count) => {
  it('is whole: each mount has a volume, each selector finds what it is for, each setting is known', () => {
    const resources = resourcesOf(values);
    expect(resources).toHaveLength(count);
    const set = resources.find(({ kind }) => kind === 'StatefulSet')!;
    const { template, volumeClaimTemplates } = set.spec as unknown as {
      template: { metadata: { labels: Record<string, string> }; spec: Pod };
      volumeClaimTemplates: readonly { metadata: { name: string } }[];
    };
    const { containers, initContainers = [], volumes } = template.spec;
    const there = [
      ...volumes.map(({ name }) => name),
      ...volumeClaimTemplates.map((one) => one.metadata.name),
    ];
    for (const one of [...containers, ...initContainers]) {
      expect(one.volumeMounts.filter(({ name }) => !there.includes(name))).toEqual([]);
      expect(one.securityContext.readOnlyRootFilesystem).toBe(true);
      const settings = Object.fromEntries(one.env.map(({ name, value = 'esdb://h:1' }) => [name, value]));
      expect(() => readEnvironment(settings)).not.toThrow();
      // A setting that is there twice is taken from wherever the last one stands.
      expect(new Set(one.env.map(({ name }) => name)).size).toBe(one.env.length);
    }
    for (const { kind, metadata, spec } of resources) {
      const { selector, podSelector } = spec as Record<string, Record<string, unknown>>;
      const wanted =
        kind === 'Service' ? selector : (selector?.['matchLabels'] ?? podSelector?.['matchLabels']);
      if (wanted === undefined || kind === 'ServiceMonitor') continue;
      expect({ of: metadata.name, labels: template.metadata.labels }).toMatchObject({ labels: wanted });
    }
    const monitor = resources.find(({ kind }) => kind === 'ServiceMonitor');
    if (monitor === undefined) return;
    const { matchLabels } = monitor.spec['selector'] as { matchLabels: object };
    const monitored = resources.filter(
      ({ kind, metadata }) =>
        kind === 'Service' &&
        Object.entries(matchLabels).every(([name, value]) => metadata.labels[name] === value),
    );
    expect(monitored).toHaveLength(1);
  });

  it('begins with scripts that a shell can read', () => {
    const set = resourcesOf(values).find(({ kind }) => kind === 'StatefulSet')!;
    const { initContainers = [] } = (set.spec['template'] as { spec: Pod }).spec;
    for (const { command = [] } of initContainers) {
      const { status, stderr } = spawnSync('sh', ['-n', '-c', command.at(-1) ?? ''], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });
});

it.each([
  ['several servers on SQLite', { replicaCount: 2 }, 'a record on SQLite has one server'],
  [
    'several servers with a key each',
    { replicaCount: 2, eventStore: { urlSecret: 'store' } },
    'all servers sign with one key',
  ],
  ['an ingress without TLS', { ingress: { enabled: true, tlsSecret: '' } }, 'names the certificate'],
])('The chart refuses %s', (_, values, says) => {
  const { status, stderr } = render(values);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(says) });
});

it('systemd finds no fault in the unit, and little that the service could do to the machine', () => {
  const unit = join(top, 'entente.service');
  const text = readFileSync(join(docker, 'systemd/entente.service'), 'utf8');
  // The program is not installed here, and that it has to be there is all that this changes.
  writeFileSync(unit, text.replaceAll('/opt/entente/node_modules/.bin/node', '/bin/true'));
  const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  expect({ status: verified.status, stderr: verified.stderr }).toEqual({ status: 0, stderr: '' });
  const judged = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=20', unit]);
  expect(judged.status).toBe(0);
});
