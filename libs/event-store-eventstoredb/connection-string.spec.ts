import { describe, expect, it } from '@jest/globals';

import { ConnectionStringInvalid, forClient, readConnectionString } from './connection-string.js';

describe('A connection string', () => {
  it('says where the cluster is and how it is spoken to', () => {
    const text = 'esdb://admin:changeit@a:2113,b:2113?tlsCaFile=%2Fca.crt&nodePreference=Leader';
    expect(readConnectionString(text)).toEqual({
      hosts: ['a:2113', 'b:2113'],
      discovers: false,
      tls: true,
      hasUser: true,
      nodePreference: 'leader',
      authorityFile: '/ca.crt',
    });
  });

  it('may have the scheme of KurrentDB, which the client does not know', () => {
    expect(forClient('kurrentdb+discover://a?tls=false')).toBe('esdb+discover://a?tls=false');
    expect(forClient('kdb://127.0.0.1:2113/?tls=false')).toBe('esdb://127.0.0.1:2113/?tls=false');
    expect(readConnectionString('kurrentdb+discover://a?tls=false')).toMatchObject({
      discovers: true,
      tls: false,
    });
  });

  it.each([
    ['http://user:sekret@host', /must read like/],
    ['esdb://', /must read like/],
    ['esdb://user@host', /a user and a password/],
    ['esdb://user:sek:ret@host', /percent-encoded/],
    ['esdb://user:sekret@host:port', /as host:port/],
    ['esdb://user:sekret@host?tls=yes', /true or false/],
    ['esdb://user:sekret@host?tls', /must have one value/],
    ['esdb://user:sekret@host?tlsVerifyCert=false', /an option that there is not/],
    ['esdb://user:sekret@host?connectionName=%zz', /percent-encoded/],
    ['esdb://user:sekret@host?nodePreference=sekret', /must be one of/],
  ])('%s is refused without a word of its secrets', (text, says) => {
    const read = () => readConnectionString(text);
    expect(read).toThrow(ConnectionStringInvalid);
    expect(read).toThrow(says);
    expect(read).not.toThrow(/sek/);
  });
});
