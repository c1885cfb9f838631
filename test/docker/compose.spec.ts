import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parseYaml } from '@redocly/openapi-core';
import { readEnvironment } from '#config';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { connectionLimits } from '../../src/platform/http/connections.js';
import { environmentOf } from '../faults/environment.js';
import { compiledProgram } from '../faults/program.js';
import { servedRoutes } from '../../src/cli/served-routes.js';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Record<string, string>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
}

interface Composed {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (file: string) => readFileSync(join(root, 'docker', file), 'utf8');
const files = ['compose.yaml', 'compose.eventstoredb.yaml'];
const read = (file: string) => parseYaml(text(file)) as Composed;
const cluster = read('compose.eventstoredb.yaml');
const nodes = Object.keys(cluster.services).filter((name) => name.startsWith('eventstoredb-'));
const servers = Object.keys(cluster.services).filter((name) => name.startsWith('entente-'));
const service = (name: string): Service => {
  const found = cluster.services[name];
  if (found === undefined) throw new Error(`There is no service ${name}.`);
  return found;
};
const valued = (line: string) =>
  line.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replace(/\$\{\w+:\?[^}]*\}/g, 'secret');
const mountsOf = ({ volumes = [] }: Service) =>
  volumes.map((volume) => {
    const [source = '', target = '', mode = 'rw'] = volume.split(':');
    return { source, target, mode };
  });

describe.each(files)('docker/%s', (file) => {
  const { services, volumes } = read(file);
  const entente = Object.entries(services).flatMap(([name, one]) =>
    one.image.startsWith('entente:') && !['user', 'ledger'].includes(name) ? [one] : [],
  );

  it('gives no service more rights than it needs', () => {
    for (const [name, one] of Object.entries(services)) {
      expect({ name, drop: one.cap_drop, options: one.security_opt }).toEqual({
        name,
        drop: ['ALL'],
        options: ['no-new-privileges:true'],
      });
    }
    const added = Object.values(services).flatMap(({ cap_add = [] }) => cap_add);
    expect(added.filter((one) => !['CHOWN', 'NET_BIND_SERVICE'].includes(one))).toEqual([]);
  });

  it('lets the servers write their data folder, what must not be put back with it, and nothing else', () => {
    expect(entente.length).toBeGreaterThan(0);
    for (const one of entente) {
      expect(one.read_only).toBe(true);
      expect(one.tmpfs?.map((mount) => mount.split(':')[0])).toEqual(['/tmp']);
      const written = mountsOf(one).filter(({ mode }) => mode !== 'ro');
      expect(written.map(({ target }) => target)).toEqual(['/data', '/ledger']);
      expect(existsSync(join(root, 'docker', one.build?.context ?? '', one.build?.dockerfile ?? ''))).toBe(
        true,
      );
    }
  });

  it('waits longer for a server to end than the server takes', () => {
    const [, drainMs = ''] =
      /drainMs = ([\d_]+)/.exec(readFileSync(join(root, 'src/server.ts'), 'utf8')) ?? [];
    expect(Number(drainMs.replace('_', ''))).toBeGreaterThan(0);
    for (const { stop_grace_period: grace = '0s' } of entente) {
      expect(parseInt(grace, 10) * 1_000).toBeGreaterThan(Number(drainMs.replace('_', '')) + 5_000);
    }
  });

  it('is reached from this machine alone, unless somebody says otherwise', () => {
    const ports = Object.values(services).flatMap((one) => one.ports ?? []);
    expect(ports).toHaveLength(1);
    expect(valued(ports[0] ?? '')).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('sets only what the servers know', () => {
    for (const { environment = {} } of entente) {
      const ours = Object.entries(environment).map(([name, value]) => [name, valued(value)] as const);
      const strangers = ours.filter(([name]) => !name.startsWith('ENTENTE_') && name !== 'EVENTSTORE_URL');
      expect(strangers).toEqual([]);
      const settings = Object.fromEntries(ours.filter(([name]) => name.startsWith('ENTENTE_')));
      expect(() => readEnvironment(settings)).not.toThrow();
    }
  });

  it('declares every volume that it mounts, mounts every one that it declares, and has the files', () => {
    const sources = Object.values(services)
      .flatMap(mountsOf)
      .map(({ source }) => source);
    const named = sources.filter((source) => !source.startsWith('.'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
    const missing = sources.filter(
      (source) => source.startsWith('.') && !existsSync(join(root, 'docker', source)),
    );
    expect(missing).toEqual([]);
  });

  it('holds no secret: each must be given, or it does not start', () => {
    const settings = Object.values(services).flatMap(({ environment = {} }) => Object.entries(environment));
    for (const [name, value] of settings.filter(([name]) => /PASSWORD|SECRET|TOKEN/.test(name)))
      expect({ name, value }).toEqual({ name, value: expect.stringMatching(/^\$\{\w+:\?[^}]+\}$/) });
    for (const address of settings.map(([, value]) => value).filter((value) => value.includes('@')))
      expect(address).toMatch(/\/\/\w+:\$\{\w+:\?[^}]+\}@/);
  });
});

describe('The cluster', () => {
  it('has three nodes that know each other, and two servers that know the nodes', () => {
    expect({ nodes: nodes.length, servers: servers.length }).toEqual({ nodes: 3, servers: 2 });
    for (const name of nodes) {
      const { environment = {} } = service(name);
      expect(environment['EVENTSTORE_CLUSTER_SIZE']).toBe(String(nodes.length));
      const others = nodes.filter((one) => one !== name).map((one) => `${one}:2113`);
      expect(environment['EVENTSTORE_GOSSIP_SEED']?.split(',').sort()).toEqual(others.sort());
      expect(environment['EVENTSTORE_NODE_HOST_ADVERTISE_AS']).toBe(name);
      expect(environment['EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS']).toBe(name);
    }
    for (const name of servers) {
      const url = new URL(valued(service(name).environment?.['EVENTSTORE_URL'] ?? '').replace(/,[^?]*/, ''));
      expect(url.searchParams.get('tls')).toBe('true');
      const [, hosts = ''] = /@([^?]+)\?/.exec(service(name).environment?.['EVENTSTORE_URL'] ?? '') ?? [];
      expect(hosts.split(',')).toEqual(nodes.map((one) => `${one}:2113`));
    }
  });

  it('gives each node its own certificate and nobody the key of the authority', () => {
    const makers = Object.entries(cluster.services).filter(([, one]) =>
      mountsOf(one).some(({ source }) => source === 'authority'),
    );
    expect(makers.map(([name]) => name)).toEqual(['certificates']);
    const made = new Map(mountsOf(service('certificates')).map(({ source, target }) => [source, target]));
    for (const name of nodes) {
      const [certificates] = mountsOf(service(name)).filter(({ target }) => target === '/certificates');
      expect(certificates?.mode).toBe('ro');
      // The script takes the name of the node from the name of the folder.
      expect(made.get(certificates?.source ?? '')).toBe(`/nodes/${name}`);
    }
    const holders = Object.values(cluster.services).flatMap((one) =>
      mountsOf(one).map(({ source }) => source),
    );
    for (const name of nodes) {
      const [{ source } = { source: '' }] = mountsOf(service(name));
      expect(holders.filter((one) => one === source)).toHaveLength(2);
    }
  });

  it('lets the servers share the key of the logs, which they only read, and no guard file', () => {
    const made = new Map(mountsOf(service('ledger')).map(({ source, target }) => [source, target]));
    for (const name of servers) {
      const { environment = {} } = service(name);
      expect(environment).toMatchObject({
        ENTENTE_LEDGER_KEY: '/ledger-key/key.pem',
        ENTENTE_LEDGER_GUARD: '/ledger/guard',
      });
      const mounted = mountsOf(service(name));
      const of = (target: string) => mounted.find((one) => one.target === target);
      expect(of('/ledger-key')).toMatchObject({ source: 'ledger-key', mode: 'ro' });
      expect(made.get('ledger-key')).toBe('/ledger-key');
      // The script makes the guard file in the folder of the server's name.
      expect(made.get(of('/ledger')?.source ?? '')).toBe(`/ledgers/${name}`);
    }
  });

  it('keeps what each node and each server writes apart', () => {
    const written = [...nodes, ...servers].flatMap((name) =>
      mountsOf(service(name))
        .filter(({ mode }) => mode === 'rw')
        .map(({ source }) => source),
    );
    expect(new Set(written).size).toBe(written.length);
    // A node its events and its logs; a server its read models, and what knows what was signed.
    expect(written).toHaveLength(nodes.length * 2 + servers.length * 2);
  });

  it('starts each part after what it needs, and the second server after the first has made the keys', () => {
    const needs = (name: string) => service(name).depends_on ?? {};
    for (const name of nodes)
      expect(needs(name)).toEqual({ certificates: { condition: 'service_completed_successfully' } });
    const healthy = { condition: 'service_healthy' };
    expect(needs('user')).toEqual(Object.fromEntries(nodes.map((name) => [name, healthy])));
    const done = { condition: 'service_completed_successfully' };
    expect(needs('entente-1')).toEqual({ user: done, ledger: done });
    expect(needs('entente-2')).toEqual({ 'entente-1': healthy });
    expect(needs('proxy')).toEqual({ 'entente-1': healthy, 'entente-2': healthy });
  });

  it('leaves the nodes what the guide uses: nothing takes /admin away, and no port of theirs is published', () => {
    for (const name of nodes) {
      const { environment = {}, ports = [] } = service(name);
      expect(Object.keys(environment).filter((one) => /ADMIN_UI|ADMIN_ON/.test(one))).toEqual([]);
      expect(ports).toEqual([]);
    }
  });

  it('gives the servers a user of their own, and its maker the password of the administrator', () => {
    for (const name of servers)
      expect(service(name).environment?.['EVENTSTORE_URL']).toMatch(
        /^esdb:\/\/entente:\$\{EVENTSTOREDB_ENTENTE_PASSWORD:/,
      );
    const { environment = {} } = service('user');
    expect(environment['ADMIN_PASSWORD']).toContain('EVENTSTOREDB_ADMIN_PASSWORD');
    expect(environment['ENTENTE_PASSWORD']).toContain('EVENTSTOREDB_ENTENTE_PASSWORD');
  });

  it('is told by its example file what has to be given', () => {
    const asked = [...text('compose.eventstoredb.yaml').matchAll(/\$\{(\w+):\?/g)].map(
      ([, name = '']) => name,
    );
    const given = [...text('cluster.env.example').matchAll(/^(\w+)=$/gm)].map(([, name = '']) => name);
    expect([...new Set(asked)].sort()).toEqual(given.sort());
    expect(text('.gitignore').split('\n')).toContain('cluster.env');
  });

  it('has a proxy that sends requests to both servers while they are ready', () => {
    const caddyfile = text('Caddyfile');
    const [, upstreams = ''] = /reverse_proxy ([^{]+)\{/.exec(caddyfile) ?? [];
    expect(upstreams.trim().split(' ')).toEqual(servers.map((name) => `${name}:${readEnvironment({}).port}`));
    const [, path = ''] = /health_uri (\S+)/.exec(caddyfile) ?? [];
    expect(servedRoutes().find((route) => route.path === path)?.operationId).toBe('readyz');
    const [, keptSeconds = '0'] = /keepalive (\d+)s/.exec(caddyfile) ?? [];
    expect(Number(keptSeconds)).toBeGreaterThan(0);
    expect(Number(keptSeconds) * 1_000).toBeLessThan(connectionLimits.keepAliveMs);
  });
});

describe('The script that makes the user', () => {
  it('makes it and lets it read $all, and changes nothing the second time', async () => {
    const facade = new Facade();
    await facade.start();
    const asked: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
    const node = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        asked.push({ headers: request.headers, body });
        response.writeHead(asked.length === 1 ? 201 : 409).end();
      });
    }).listen(0, '127.0.0.1');
    await once(node, 'listening');
    const settings = {
      EVENTSTOREDB_URL: facade.connectionString('users'),
      NODE_URL: `http://127.0.0.1:${(node.address() as AddressInfo).port}`,
      ADMIN_PASSWORD: 'admins',
      ENTENTE_PASSWORD: 'ours',
    };
    const env = { ...environmentOf({}), ...settings };
    const make = () => promisify(execFile)(process.execPath, [join(root, 'docker/make-user.mjs')], { env });
    await make();
    await make();
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${btoa('admin:admins')}`,
      `Basic ${btoa('admin:admins')}`,
    ]);
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
      loginName: 'entente',
      password: 'ours',
      groups: [],
    });
    const [metadata, ...others] = facade.database('users').log.stream('$$$all') ?? [];
    expect(JSON.parse(Buffer.from(metadata?.data ?? []).toString())).toEqual({
      $acl: { $r: ['$admins', 'entente'] },
    });
    expect(others).toEqual([]);
    node.close();
    await facade.stop();
  });
});

describe('The script that makes the files of the logs', () => {
  it('makes one key and a guard file for each server, once, and finishes what broke off', async () => {
    const top = mkdtempSync(join(tmpdir(), 'entente-ledger-files-'));
    const script = text('make-ledger-files.sh').replaceAll(
      /(?<=[\s"=])\/(ledger-key|ledgers|tmp)\//g,
      `${top}/$1/`,
    );
    for (const folder of ['ledger-key', 'ledgers/entente-1', 'ledgers/entente-2', 'tmp', 'bin'])
      mkdirSync(join(top, folder), { recursive: true });
    const program = await compiledProgram();
    const tools = {
      entente: `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`,
      chown: '#!/bin/sh\n',
    };
    for (const [name, body] of Object.entries(tools))
      writeFileSync(join(top, 'bin', name), body, { mode: 0o755 });
    writeFileSync(join(top, 'script.sh'), script);
    const inherited = environmentOf({ ENTENTE_DATA: join(top, 'data') });
    const env = { ...inherited, PATH: `${join(top, 'bin')}:${inherited['PATH']}` };
    const make = () => promisify(execFile)('sh', [join(top, 'script.sh')], { env });
    const [key, ...guards] = ['ledger-key/key.pem', 'ledgers/entente-1/guard', 'ledgers/entente-2/guard'].map(
      (one) => join(top, one),
    );
    // It broke off after the first guard file.
    writeFileSync(guards[0] ?? '', 'entente-ledger-guard/v1\nan-origin 3 root\n', { mode: 0o600 });
    await make();
    expect(readFileSync(guards[0] ?? '', 'utf8')).toContain('an-origin');
    expect(readFileSync(guards[1] ?? '', 'utf8')).toBe('entente-ledger-guard/v1\n');
    expect(readFileSync(key ?? '', 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(statSync(key ?? '').mode & 0o777).toBe(0o600);
    // A guard file that was lost is not made anew beside a key: it would have forgotten what was signed.
    rmSync(guards[1] ?? '');
    const before = readFileSync(key ?? '', 'utf8');
    await make();
    expect(existsSync(guards[1] ?? '')).toBe(false);
    expect(readFileSync(key ?? '', 'utf8')).toBe(before);
    rmSync(top, { recursive: true });
  });
});

describe('The script that scavenges', () => {
  it('asks every node of the cluster, and shows the password to nobody on the machine', async () => {
    const top = mkdtempSync(join(tmpdir(), 'entente-scavenge-'));
    const calls = join(top, 'calls');
    const docker = `#!/bin/sh\necho "asked $@" >> ${calls}\nsed 's/^/heard /' >> ${calls}\n`;
    writeFileSync(join(top, 'docker'), docker, { mode: 0o755 });
    writeFileSync(join(top, 'cluster.env'), 'EVENTSTOREDB_OPS_PASSWORD=forTheOperator\n');
    const inherited = environmentOf({});
    const env = { ...inherited, PATH: `${top}:${inherited['PATH']}` };
    await promisify(execFile)('sh', [join(root, 'docker/scavenge.sh')], { cwd: top, env });
    const said = readFileSync(calls, 'utf8').trim().split('\n');
    const asked = said.filter((line) => line.startsWith('asked'));
    expect(asked.map((line) => / exec -T (\S+) curl /.exec(line)?.[1])).toEqual(nodes);
    for (const line of asked) {
      expect(line).toMatch(/--request POST .* https:\/\/localhost:2113\/admin\/scavenge$/);
      expect(line).not.toContain('forTheOperator');
    }
    expect(said.filter((line) => line === 'heard user = "ops:forTheOperator"')).toHaveLength(nodes.length);
    rmSync(top, { recursive: true });
  });
});

describe('The script that makes the certificates', () => {
  it('makes each once, for the name of its folder, and closes the keys to everybody else', async () => {
    const top = mkdtempSync(join(tmpdir(), 'entente-certificates-'));
    const calls = join(top, 'calls');
    const script = text('make-certificates.sh').replaceAll(
      /(?<=[\s"=])\/(authority|trusted|nodes)/g,
      `${top}/$1`,
    );
    for (const folder of ['authority', 'trusted', 'nodes/eventstoredb-1', 'nodes/eventstoredb-2', 'bin'])
      mkdirSync(join(top, folder), { recursive: true });
    // The tool itself is not here: one that writes the files that it would write stands for it, and says how it was called.
    const tool = `#!/bin/bash\necho "$@" >> ${calls}\nkind=node; [ "$1" = create-ca ] && kind=ca
while [ "$1" != -out ]; do shift; done\nmkdir -p "$2"; echo made > "$2/$kind.crt"; echo made > "$2/$kind.key"\n`;
    for (const [name, body] of [['es-gencert-cli', tool] as const, ['chown', '#!/bin/sh\n'] as const]) {
      writeFileSync(join(top, 'bin', name), body);
      chmodSync(join(top, 'bin', name), 0o755);
    }
    writeFileSync(join(top, 'script.sh'), script);
    const inherited = environmentOf({});
    const env = { ...inherited, PATH: `${join(top, 'bin')}:${inherited['PATH']}` };
    const make = () => promisify(execFile)('bash', [join(top, 'script.sh')], { env });
    await make();
    const first = readFileSync(calls, 'utf8').trim().split('\n');
    await make();
    expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual(first);
    expect(first).toHaveLength(3);
    expect(first[1]).toMatch(/create-node .*-dns-names eventstoredb-1,localhost$/);
    const modes = await promisify(execFile)('find', [top, '-name', '*.key', '-printf', '%m %f\n']);
    expect(modes.stdout.trim().split('\n').sort()).toEqual(['400 node.key', '400 node.key', '600 ca.key']);
    rmSync(top, { recursive: true, force: true });
  });
});
