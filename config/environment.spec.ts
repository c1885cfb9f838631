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
