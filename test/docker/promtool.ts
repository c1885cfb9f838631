import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { holdTalks } from '../support/talks.js';

/** The checker of Prometheus itself (Debian: `apt-get install prometheus`); it throws where it finds a fault. */
function promtool(args: readonly string[], input = ''): string {
  return execFileSync('promtool', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
}

const file = (name: string) => fileURLToPath(new URL(`../../docker/prometheus/${name}`, import.meta.url));

describe('promtool', () => {
  it('has nothing to say of the metrics of a server with talks in it', async () => {
    const api = await Api.start();
    await holdTalks(api, { en: 'Words.' });
    for (const path of ['/none', '/v1/irritants', '/v1/irritants/none']) await api.get(path, 'nobody');
    await api.get('/metrics', 'operator');
    const { body } = await api.get<string>('/metrics', 'operator');
    await api.stop();
    expect(body).toContain('entente_auth_failures_total{status="401"}');
    expect(promtool(['check', 'metrics'], body)).toBe('');
  });

  it('takes the rules, and what they shall say of series that are made up', () => {
    expect(promtool(['check', 'rules', file('entente.rules.yaml')])).toContain('SUCCESS');
    expect(promtool(['test', 'rules', file('entente.rules.test.yaml')])).toContain('SUCCESS');
  });
});
