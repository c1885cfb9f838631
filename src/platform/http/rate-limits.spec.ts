import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { networkOf } from './rate-limits.js';

describe('What is counted as one client where nobody says who asks', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5::6:7:8:9', '1:2:3:4::/64'],
    ['', ''],
  ])('%s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  it('is one network however much of its addresses differs behind the first 64 bits', () => {
    const group = fc.integer({ min: 1, max: 0xffff }).map((one) => one.toString(16));
    const four = fc.array(group, { minLength: 4, maxLength: 4 }).map((all) => all.join(':'));
    fc.assert(
      fc.property(four, four, four, (network, one, other) => {
        expect(networkOf(`${network}:${one}`)).toBe(networkOf(`${network}:${other}`));
        expect(networkOf(`${network}::`)).toBe(networkOf(`${network}:${other}`));
        if (one !== network) expect(networkOf(`${one}:${other}`)).not.toBe(networkOf(`${network}:${other}`));
      }),
    );
  });
});
