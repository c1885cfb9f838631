import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseYaml } from '@redocly/openapi-core';
import { servedRoutes } from '../../src/cli/served-routes.js';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly services?: Record<
    string,
    { readonly image: string; readonly ports: readonly string[]; readonly env?: Record<string, string> }
  >;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Record<string, string>;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const workflow = parseYaml(text('.github/workflows/ci.yaml')) as Workflow;
const jobs = Object.entries(workflow.jobs);
const steps = jobs.flatMap(([, job]) => job.steps);
const { scripts, engines } = JSON.parse(text('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};

describe('The workflow', () => {
  it('may read the code and nothing else, and no job asks for more', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(jobs.filter(([, { permissions }]) => permissions !== undefined)).toEqual([]);
  });

  it('ends by itself, and ends an older run of the same branch', () => {
    expect(workflow.concurrency.group).toContain('github.ref');
    for (const [name, job] of jobs) {
      expect({ name, minutes: job['timeout-minutes'] }).toEqual({ name, minutes: expect.any(Number) });
    }
  });

  it('pins what it uses', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((one) => !/@(v\d+|[0-9a-f]{40})$/.test(one))).toEqual([]);
    const images = jobs.flatMap(([, { services = {} }]) => Object.values(services).map(({ image }) => image));
    expect(images.filter((image) => !/:\d+\.\d+/.test(image))).toEqual([]);
  });

  it('runs the one gate on the oldest Node that is promised and on the one that everything runs on', () => {
    const { steps: gate, strategy } = workflow.jobs['gate'] as Job;
    expect(gate.map(({ run }) => run)).toContain('.ci/run');
    const [, oldest] = /(\d+)/.exec(engines.node) ?? [];
    const [, wanted] = /major < (\d+)/.exec(text('config/check-node.mjs')) ?? [];
    expect(strategy?.matrix.node).toEqual([Number(oldest), Number(wanted)]);
  });

  it('calls scripts and files that there are', () => {
    const lines = steps.flatMap(({ run = '' }) => run.split('\n'));
    const called = lines.flatMap((line) =>
      [...line.matchAll(/npm run ([a-z0-9:]+)/g)].map(([, name = '']) => name),
    );
    expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
    const named = lines.flatMap((line) => [...line.matchAll(/(?:--file |^)(\.?[\w-]+\/[\w./-]+)/g)]);
    expect(named.length).toBeGreaterThan(3);
    expect(named.map(([, file = '']) => file).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('speaks to the store where the service listens, and takes the store that the cluster takes', () => {
    const job = workflow.jobs['eventstoredb'] as Job;
    const [service] = Object.values(job.services ?? {});
    const settings = job.steps.flatMap(({ env = {} }) => Object.entries(env));
    const urls = settings.filter(([name]) => name.endsWith('_URL')).map(([, url]) => url);
    expect(urls).toHaveLength(2);
    for (const url of urls) expect(service?.ports).toContain(`${new URL(url).port}:2113`);
    const [, image] =
      /\$\{EVENTSTOREDB_IMAGE:-([^}]+)\}/.exec(text('docker/compose.eventstoredb.yaml')) ?? [];
    expect(service?.image).toBe(image);
    // What is asked for on a server of their own is emptied before each test.
    const emptied = settings.find(([name]) => name === 'EVENTSTORE_EMPTY');
    expect(emptied?.[1]).toMatch(/^docker restart \$\{\{ job\.services\.eventstoredb\.id \}\}$/);
    expect(service?.env?.['EVENTSTORE_MEM_DB']).toBe('true');
  });

  it('asks the image for what the server has', () => {
    const asked = steps.flatMap(({ run = '' }) => [...run.matchAll(/127\.0\.0\.1:4350(\/\w+)/g)]);
    const paths = asked.map(([, path]) => path);
    expect(paths).toContain('/livez');
    const known = servedRoutes().map(({ path }) => path);
    expect(paths.filter((path) => path === undefined || !known.includes(path))).toEqual([]);
  });
});

describe('A release', () => {
  const release = parseYaml(text('.github/workflows/release.yaml')) as Workflow & {
    readonly on: { readonly push: { readonly tags: readonly string[] } };
  };
  const { gate, image } = release.jobs as { readonly gate: Job; readonly image: Job & { needs: string } };
  const built = image.steps.find(({ uses }) => uses?.startsWith('docker/build-push-action@') === true);
  const given = (built as { with?: Record<string, unknown> } | undefined)?.with;

  it('comes after the gate, from a tag that names the version, and pins what it uses', () => {
    expect(release.on).toEqual({ push: { tags: ['v*.*.*'] } });
    expect(image.needs).toBe('gate');
    expect(gate.steps.map(({ run }) => run)).toContain('.ci/run');
    const used = [...gate.steps, ...image.steps].flatMap(({ uses }) => uses ?? []);
    expect(used.filter((one) => !/@(v\d+|[0-9a-f]{40})$/.test(one))).toEqual([]);
  });

  it('may write packages and attestations in one job alone', () => {
    expect(release.permissions).toEqual({ contents: 'read' });
    expect(gate.permissions).toBeUndefined();
    expect(image.permissions).toEqual({
      contents: 'read',
      packages: 'write',
      'id-token': 'write',
      attestations: 'write',
    });
  });

  it('has a bill of materials and its provenance, and signs what was pushed', () => {
    expect(given).toMatchObject({
      push: true,
      sbom: true,
      provenance: 'mode=max',
      file: 'docker/Dockerfile',
    });
    const signed = image.steps.find(
      ({ uses }) => uses?.startsWith('actions/attest-build-provenance@') === true,
    );
    expect((signed as { with?: unknown } | undefined)?.with).toMatchObject({
      'subject-digest': '${{ steps.build.outputs.digest }}',
      'push-to-registry': true,
    });
    const declared = [...text('docker/Dockerfile').matchAll(/^ARG (\w+)/gm)].map(([, name]) => name);
    const named = String(given?.['build-args']).match(/^\w+(?==)/gm) ?? [];
    expect(named).toContain('REVISION');
    expect(named.filter((name) => !declared.includes(name))).toEqual([]);
  });
});
