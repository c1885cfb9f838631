import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseYaml } from '@redocly/openapi-core';
import { servedRoutes } from '../../src/cli/served-routes.js';
import { programVersion } from '../../src/platform/http/program-version.js';
import { Api } from '../support/api.js';
import { openTalks } from '../support/scene.js';

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly runbook_url: string };
    }[];
  }[];
}
interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
}

const root = new URL('../../', import.meta.url);
const docker = (file: string) => readFileSync(new URL(`docker/${file}`, root), 'utf8');

let asked: Api;
let other: Api;
beforeAll(async () => {
  asked = await Api.start();
  other = await Api.start();
});
afterAll(() => Promise.all([asked.stop(), other.stop()]));

const scraped = async (api: Api) => (await api.get<string>('/metrics', 'operator')).body;

describe('The numbers for Prometheus', () => {
  it('are named, typed and explained as its conventions have it', async () => {
    const text = await scraped(asked);
    const types = new Map(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => [name, type]),
    );
    const helps = [...text.matchAll(/^# HELP (\S+) (.+)$/gm)].map(([, name]) => name);
    expect(helps).toEqual([...types.keys()]);
    for (const [name, type] of types)
      expect({ name, endsAsACounter: name.endsWith('_total') }).toEqual({
        name,
        endsAsACounter: type === 'counter',
      });
    const samples = [...text.matchAll(/^([a-z_][a-z0-9_]*)(?:\{[^}]*\})? \S+$/gm)].map(
      ([, name = '']) => name,
    );
    const families = samples.map((name) =>
      types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''),
    );
    expect(families.filter((name) => !types.has(name))).toEqual([]);
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(
      samples.length,
    );
  });

  it('count what this server was asked, by its route, and nothing that another one was asked', async () => {
    const path = '/v1/irritants/NONE-1?q=secret';
    await Promise.all([asked.get(path), asked.get(path)]);
    const line =
      /^entente_http_request_duration_seconds_count\{method="GET",route="\/v1\/irritants\/:id",status="(.*)"\} 2$/m;
    await expect(scraped(asked)).resolves.toMatch(line);
    const elsewhere = await scraped(other);
    expect(elsewhere).not.toContain('/v1/irritants/:id');
    expect(elsewhere).not.toContain('secret');
  });

  it('are of a bounded number of series, whatever is asked', async () => {
    const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'SEARCH'];
    for (let at = 0; at < 200; at += 1) {
      const method = methods[at % methods.length] ?? 'GET';
      const path = [`/v1/irritants/X-${at}`, `/none-${at}`, `/v1/irritants/${at}/contest-${at}`][at % 3];
      await asked.ask(method, path ?? '/', { as: 'nobody' });
    }
    const text = await scraped(asked);
    const label = (name: string) =>
      new Set([...text.matchAll(new RegExp(`${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value));
    const routes = new Set(servedRoutes().map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1')));
    expect([...label('route')].filter((route) => route !== 'none' && !routes.has(route))).toEqual([]);
    expect(
      [...label('method')].filter((method) => !['GET', 'POST', 'HEAD', 'none'].includes(method)),
    ).toEqual([]);
    expect([...label('status')].filter((status) => !/^(\d{3}|none)$/.test(status))).toEqual([]);
  });

  it('count what the store was sent, and what was refused', async () => {
    const before = await scraped(asked);
    const sample = (text: string, name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.slice(name.length + 1),
      );
    const { dialogueId } = await openTalks(asked);
    await asked.get('/v1/irritants', 'nobody');
    await asked.get(`/v1/dialogues/${dialogueId}`, 'operator');
    const after = await scraped(asked);
    for (const name of [
      'entente_appends_total{outcome="recorded"}',
      'entente_events_recorded_total',
      'entente_auth_failures_total{status="401"}',
      'entente_auth_failures_total{status="403"}',
    ])
      expect({ name, rose: sample(after, name) > (sample(before, name) || 0) }).toEqual({ name, rose: true });
    expect(sample(after, 'entente_appends_total{outcome="failed"}')).toBe(0);
    expect(after).toContain(`entente_build_info{version="${programVersion}",commit=""} 1`);
  });

  it('are all that rules and dashboard name, and the guide has each alert', async () => {
    const families = [...(await scraped(asked)).matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name);
    const { groups } = parseYaml(docker('prometheus/entente.rules.yaml')) as Rules;
    const rules = groups.flatMap((group) => group.rules);
    const { panels } = JSON.parse(docker('grafana/entente.json')) as Dashboard;
    const asks = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const named = [...rules.map(({ expr }) => expr), ...asks].flatMap((expr) =>
      [...expr.matchAll(/\b(?:entente|process|nodejs)_\w+/g)].map(([name]) => name),
    );
    expect(named.length).toBeGreaterThan(40);
    const strangers = named.filter((name) => !families.includes(name.replace(/_(bucket|sum|count)$/, '')));
    expect(strangers.filter((name) => !families.includes(name))).toEqual([]);
    const guide = readFileSync(new URL('src/description/guides/operating/alerts.md', root), 'utf8');
    const rows = [...guide.matchAll(/^- (Entente\w+)$/gm)].map(([, name]) => name);
    expect(rows).toEqual(rules.map(({ alert }) => alert));
    expect(new Set(rules.map(({ labels }) => labels.severity))).toEqual(new Set(['page', 'ticket']));
    for (const { alert, annotations } of rules)
      expect({ alert, runbook: annotations.runbook_url }).toEqual({
        alert,
        runbook: '/docs/operating#alerts',
      });
  });
});

describe('The version', () => {
  it('is told to whoever asks, without a key', async () => {
    const { status, body } = await asked.get('/v1/version', 'nobody');
    expect(status).toBe(200);
    expect(body).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), node: process.versions.node });
  });
});
