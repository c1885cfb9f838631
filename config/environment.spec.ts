import { describe, expect, it } from '@jest/globals';
import { EnvironmentInvalid, readEnvironment } from './environment.js';

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentInvalid) return error.faults;
    throw error;
  }
}

describe('The environment', () => {
  it('needs nothing: without any setting the server listens on loopback only', () => {
    expect(readEnvironment({})).toMatchObject({
      host: '127.0.0.1',
      port: 4350,
      directory: './data',
      key: undefined,
      oidc: [],
    });
  });
  it('is read where it is set, and an empty variable counts as not set', () => {
    expect(
      readEnvironment({ ENTENTE_PORT: '80', ENTENTE_HOST: '', ENTENTE_DATA: ':memory:', NO_COLOR: '1' }),
    ).toMatchObject({
      port: 80,
      host: '127.0.0.1',
      directory: undefined,
      colours: false,
    });
  });
  it('says how long an answer may take and a key is taken without the cluster, in whole seconds', () => {
    expect(readEnvironment({})).toMatchObject({ answerMs: 10_000, keysUnaskedMs: 300_000 });
    expect(readEnvironment({ ENTENTE_ANSWER_SECONDS: '5', ENTENTE_KEYS_UNASKED_SECONDS: '0' })).toMatchObject(
      { answerMs: 5_000, keysUnaskedMs: 0 },
    );
    for (const [name, value] of [
      ['ENTENTE_ANSWER_SECONDS', '0'],
      ['ENTENTE_ANSWER_SECONDS', '121'],
      ['ENTENTE_KEYS_UNASKED_SECONDS', '86401'],
    ] as const)
      expect(faultsOf({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });
  it('takes proxies by address, by network and by the name of a network, and nothing else', () => {
    const proxies = (list: string) => ({ ENTENTE_TRUSTED_PROXIES: list });
    expect(readEnvironment(proxies('10.0.0.7, 172.16.0.0/12,uniquelocal,fd00::/8')).trustedProxies).toEqual([
      '10.0.0.7',
      '172.16.0.0/12',
      'uniquelocal',
      'fd00::/8',
    ]);
    expect(readEnvironment({}).trustedProxies).toEqual([]);
    for (const wrong of ['everybody', '999.1.1.1', '10.0.0.0/33', '10.0.0.0/8/8', '*', ',']) {
      expect(faultsOf(proxies(wrong))).toEqual([expect.stringContaining('ENTENTE_TRUSTED_PROXIES')]);
    }
  });
  it('names every bad variable at once, and none of their values', () => {
    const faults = faultsOf({
      ENTENTE_PORT: '99999',
      ENTENTE_LOG: 'loud',
      ENTENTE_KEY: 'secret-value',
      ENTENTE_HOSTT: 'x',
    });
    expect(faults).toHaveLength(4);
    for (const name of ['ENTENTE_PORT', 'ENTENTE_LOG', 'ENTENTE_KEY', 'ENTENTE_HOSTT']) {
      expect(faults.join('\n')).toContain(name);
    }
    expect(faults.join('\n')).not.toMatch(/99999|loud|secret-value/);
  });
});

describe('The journal of what was taken away', () => {
  it('lies outside the data folder, however that is written', () => {
    const outside = ['../removals', '/var/entente.journal', './data.journal', './journals/data'];
    for (const ENTENTE_JOURNAL of outside)
      expect(readEnvironment({ ENTENTE_JOURNAL }).journal).toBe(ENTENTE_JOURNAL);
    for (const ENTENTE_JOURNAL of ['data/removals', './data/../data/x/removals', 'data'])
      expect(faultsOf({ ENTENTE_JOURNAL })).toEqual([expect.stringMatching(/outside of the data folder/)]);
  });
  it('is for a record that outlives the process, in a folder or on a cluster', () => {
    const journal = { ENTENTE_JOURNAL: '/var/entente.journal' };
    expect(faultsOf({ ...journal, ENTENTE_DATA: ':memory:' })).toEqual([
      expect.stringMatching(/in a folder/),
    ]);
    const EVENTSTORE_URL = 'esdb://127.0.0.1:2113?tls=false';
    expect(readEnvironment({ ...journal, EVENTSTORE_URL }).journal).toBe('/var/entente.journal');
  });
});

describe('The settings for access tokens', () => {
  const issuer = 'https://id.example.org/realms/entente';
  const least = { ENTENTE_OIDC_ISSUER: issuer, ENTENTE_OIDC_AUDIENCE: 'https://entente.example.org' };

  it('are an issuer and an audience; all else has a default', () => {
    expect(readEnvironment(least).oidc).toEqual([
      {
        issuer,
        audience: 'https://entente.example.org',
        jwksUrl: undefined,
        rolesClaim: 'entente_roles',
        rolePrefix: '',
        partyClaim: 'entente_party',
        parties: [],
      },
    ]);
  });
  it('are read where they are set', () => {
    const [oidc] = readEnvironment({
      ...least,
      ENTENTE_OIDC_JWKS_URL: `${issuer}/certs?format=jwks`,
      ENTENTE_OIDC_ROLES_CLAIM: 'realm_access.roles',
      ENTENTE_OIDC_ROLE_PREFIX: 'entente-',
      ENTENTE_OIDC_PARTY_CLAIM: 'https://entente.example.org/party',
      ENTENTE_OIDC_PARTIES: 'RU, US,US',
    }).oidc;
    expect(oidc).toMatchObject({
      jwksUrl: `${issuer}/certs?format=jwks`,
      rolesClaim: 'realm_access.roles',
      rolePrefix: 'entente-',
      partyClaim: 'https://entente.example.org/party',
      parties: ['RU', 'US'],
    });
  });
  it('are refused by halves, and what is missing is named', () => {
    expect(faultsOf({ ENTENTE_OIDC_ISSUER: issuer })).toEqual([
      expect.stringMatching(/^ENTENTE_OIDC_AUDIENCE is missing/),
    ]);
    const { ENTENTE_OIDC_ISSUER: _, ...others } = { ...least, ENTENTE_OIDC_ROLES_CLAIM: 'roles' };
    expect(faultsOf({ ...others, ENTENTE_OIDC_ISSUER: '' })).toEqual([
      expect.stringMatching(
        /^ENTENTE_OIDC_ISSUER is missing.*ENTENTE_OIDC_AUDIENCE, ENTENTE_OIDC_ROLES_CLAIM/,
      ),
    ]);
  });
  it.each([
    'http://id.example.org',
    'http://127.0.0.1.evil.test',
    'http://127.evil.test',
    'ftp://id.example.org',
    'https://user:password@id.example.org',
    'https://id.example.org/#fragment',
    ' https://id.example.org',
    'id.example.org',
    '//id.example.org',
  ])('take no address that others could answer for: %s', (url) => {
    for (const name of ['ENTENTE_OIDC_ISSUER', 'ENTENTE_OIDC_JWKS_URL']) {
      expect(faultsOf({ ...least, [name]: url })).toEqual([
        expect.stringMatching(new RegExp(`^${name} must be an https address`)),
      ]);
    }
  });
  it.each(['http://127.0.0.1:8080/realms/x', 'http://localhost:8080', 'http://[::1]:8080'])(
    'take an address without TLS on loopback: %s',
    (url) => {
      expect(readEnvironment({ ...least, ENTENTE_OIDC_ISSUER: url }).oidc[0]?.issuer).toBe(url);
    },
  );
  it('name everything that is wrong with them at once, and none of it', () => {
    const wrong = 'no such thing';
    const names = ['ISSUER', 'AUDIENCE', 'JWKS_URL', 'ROLES_CLAIM', 'ROLE_PREFIX', 'PARTY_CLAIM', 'PARTIES'];
    const faults = faultsOf(Object.fromEntries(names.map((name) => [`ENTENTE_OIDC_${name}`, wrong])));
    expect(faults).toHaveLength(names.length);
    for (const name of names) expect(faults.join('\n')).toContain(`ENTENTE_OIDC_${name} must`);
    expect(faults.join('\n')).not.toContain(wrong);
  });

  describe('of OpenTelemetry', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    const tracing = (variables: Record<string, string>) => readEnvironment(variables).tracing;

    it('asks for no spans until it says where to or that they are sent, and not where it forbids it', () => {
      const off: Record<string, string>[] = [
        {},
        { OTEL_SERVICE_NAME: 'entente' },
        { ...endpoint, OTEL_EXPORTER_OTLP_ENDPOINT: '' },
        { ...endpoint, OTEL_TRACES_EXPORTER: 'none' },
        { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' },
        // What others on the machine are told is nothing to us while nobody asks for spans here.
        {
          OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
          OTEL_TRACES_SAMPLER: 'xray',
          OTEL_METRICS_EXPORTER: 'console',
        },
      ];
      for (const variables of off) expect({ variables, tracing: tracing(variables) }).toEqual({ variables });
      expect(tracing({ OTEL_TRACES_EXPORTER: 'otlp' })?.url).toBe('http://localhost:4318/v1/traces');
      expect(tracing({ ...endpoint, OTEL_SDK_DISABLED: 'false' })?.url).toBe(
        'http://collector:4318/v1/traces',
      );
    });

    it('reads the address of all signals as a base and that of traces as it is, the latter first', () => {
      const [all, traces] = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
      expect(tracing({ [all]: 'https://c:1/base/' })?.url).toBe('https://c:1/base/v1/traces');
      expect(tracing({ [all]: 'https://c:1', [traces]: 'https://d:2/own' })?.url).toBe('https://d:2/own');
      expect(tracing({ [traces]: 'https://d:2' })?.url).toBe('https://d:2/');
    });

    it('reads headers, names of the service and all numbers, percent-encoded where that is due', () => {
      expect(
        tracing({
          ...endpoint,
          OTEL_SERVICE_NAME: 'ours',
          OTEL_RESOURCE_ATTRIBUTES: 'service.name=theirs, deployment.environment=a%2Cb ',
          OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x,tenant=1',
          OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'tenant=2',
          OTEL_EXPORTER_OTLP_TIMEOUT: '5000',
          OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
          OTEL_TRACES_SAMPLER: 'traceidratio',
          OTEL_TRACES_SAMPLER_ARG: '.25',
          OTEL_BSP_SCHEDULE_DELAY: '100',
        }),
      ).toEqual({
        url: 'http://collector:4318/v1/traces',
        headers: { authorization: 'Bearer x', tenant: '2' },
        timeoutMs: 5_000,
        compression: 'gzip',
        ca: undefined,
        sampler: 'traceidratio',
        ratio: 0.25,
        resource: { 'service.name': 'ours', 'deployment.environment': 'a,b' },
        queueMax: 2_048,
        batchMax: 512,
        delayMs: 100,
      });
    });

    it.each([
      ['OTEL_SDK_DISABLED', 'sekret'],
      ['OTEL_TRACES_EXPORTER', 'console'],
      ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
      ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
      ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/protobuf'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'sekret:4317'],
      ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'sekret'],
      ['OTEL_EXPORTER_OTLP_HEADERS', 'sekret'],
      ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%0d%0asekret'],
      ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'a b=sekret'],
      ['OTEL_EXPORTER_OTLP_TIMEOUT', '0'],
      ['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', '10s'],
      ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zstd'],
      ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/sekret'],
      ['OTEL_RESOURCE_ATTRIBUTES', 'sekret'],
      ['OTEL_BSP_MAX_QUEUE_SIZE', '1000000'],
      ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '4096'],
    ])('refuses, by name and without its value, %s = %s', (name, value) => {
      const faults = faultsOf({ ...endpoint, [name]: value });
      expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name} must be `))]);
      expect(faults.join()).not.toContain('sekret');
    });

    it.each(['', 'x', '1.1', '-1', '.', '1e-1', 'NaN'])('takes no part such as %j', (part) => {
      const sampler = { ...endpoint, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio' };
      const faults = faultsOf({ ...sampler, OTEL_TRACES_SAMPLER_ARG: part });
      expect(faults).toEqual(part === '' ? [] : [expect.stringContaining('OTEL_TRACES_SAMPLER_ARG')]);
    });
  });
});
