import { describe, expect, it } from '@jest/globals';

import { ConnectionStringInvalid, forClient, readConnectionString } from './connection-string.js';

describe('A connection string', () => {
  it('says where the cluster is and how it is spoken to', () => {
    const text = 'esdb://admin:changeit@a:2113,b:2113?tlsCaFile=%2Fca.crt&nodePreference=Leader';
    expect(readConnectionString(text)).toMatchObject({
      hosts: ['a:2113', 'b:2113'],
      discovers: false,
      tls: true,
      hasUser: true,
      nodePreference: 'leader',
      authorityFile: '/ca.crt',
    });
  });

  it('may have the scheme of KurrentDB, which the client does not know', () => {
    expect(forClient('kurrentdb+discover://u:p@a?tls=false')).toBe(
      'esdb://u:p@node:2113?tls=false&throwOnAppendFailure=true',
    );
    expect(forClient('kdb://127.0.0.1:2113/?throwOnAppendFailure=false')).toBe(
      'esdb://node:2113?tls=true&throwOnAppendFailure=true',
    );
    expect(readConnectionString('kurrentdb+discover://a?tls=false')).toMatchObject({
      discovers: true,
      tls: false,
    });
  });

  it('takes addresses of both kinds, each with its own port or the usual one', () => {
    const { hosts } = readConnectionString('esdb://[::1]:2313,[fe80::2],10.0.0.1,node-1.example:1?tls=false');
    expect(hosts).toEqual(['[::1]:2313', '[fe80::2]:2113', '10.0.0.1:2113', 'node-1.example:1']);
  });

  it.each([
    ['keepAliveInterval=abc', /keepAliveInterval must be a whole number of milliseconds/],
    ['keepAliveTimeout=10s', /keepAliveTimeout must be a whole number/],
    ['defaultDeadline=1', /defaultDeadline must be .* from 1000/],
    ['gossipTimeout=-1', /gossipTimeout must be .* of seconds from 1/],
    ['maxDiscoverAttempts=0', /maxDiscoverAttempts/],
    ['discoveryInterval=', /discoveryInterval must have one value/],
    ['tls=false&tls=true', /tls is given twice/],
  ])('with %s is refused, and the option is named', (option, says) => {
    expect(() => readConnectionString(`esdb://host?${option}`)).toThrow(says);
  });

  it('may switch off what -1 switches off', () => {
    expect(() => readConnectionString('esdb://host?keepAliveInterval=-1&keepAliveTimeout=-1')).not.toThrow();
  });

  it.each([
    ['http://user:sekret@host', /must read like/],
    ['esdb://', /must read like/],
    ['esdb://user@host', /a user and a password/],
    ['esdb://user:sek:ret@host', /percent-encoded/],
    ['esdb://user:sekret@host:port', /as host:port/],
    ['esdb://user:sekret@host:70000', /from 1 to 65535/],
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
