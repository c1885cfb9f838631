import { describe, expect, it } from '@jest/globals';
import { base64, utf8 } from './bytes.js';
import { formatVerifierKey, signatureTypes, verifierKey } from './keys.js';
import { TreeHasher } from './merkle.js';
import { nodeCrypto } from './node.js';
import { parseNote } from './note.js';
import { parsePartyKeys } from './party-keys.js';
import { parsePolicy } from './policy-file.js';
import { checkPolicy, isQuorum } from './policy.js';
import { signedBy, testSigner } from './testing.js';

const origin = 'record.example/dialogue-1';
const log = testSigner(origin, 1);
const ru = testSigner('witness.ru.example', 3, signatureTypes.cosignature);
const us = testSigner('witness.us.example', 4, signatureTypes.cosignature);
const root = base64(new TreeHasher(nodeCrypto).emptyRoot());

const policyText = (quorum: string) =>
  `log ${formatVerifierKey(log.key)} https://${origin}\n# witnesses\n\n` +
  `witness RU ${formatVerifierKey(ru.key)}\n\twitness  US\t${formatVerifierKey(us.key)} \ngroup both all RU US\nquorum ${quorum}\n`;
const policyOf = (quorum: string) => parsePolicy(nodeCrypto, utf8(policyText(quorum)));

describe('a policy', () => {
  it('is met by its quorum, over groups of groups', () => {
    const met = (quorum: string, ...names: string[]) => isQuorum(policyOf(quorum), new Set(names));
    expect(met('none')).toBe(true);
    expect([met('RU', 'RU'), met('RU', 'US'), met('both', 'RU'), met('both', 'RU', 'US')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const keys = Array.from({ length: 6 }, (_, seed) => testSigner(`w${seed}`, 20 + seed, 4).key);
    const lines = keys.map((key, seed) => `witness w${seed} ${formatVerifierKey(key)}\n`).join('');
    const nested = parsePolicy(
      nodeCrypto,
      utf8(`${lines}group x 2 w0 w1 w2\ngroup y any w3 w4 w5\ngroup both all x y\nquorum both\n`),
    );
    expect(isQuorum(nested, new Set(['w0', 'w2', 'w5']))).toBe(true);
    expect(isQuorum(nested, new Set(['w0', 'w3', 'w4', 'w5']))).toBe(false);
  });

  it.each<[string, string]>([
    ['The policy has no quorum', policyText('both').replace(/quorum.*\n/, '')],
    [
      'Line 7 of the policy is a second quorum.',
      `${policyText('both')}quorum none\n`.replace('# witnesses\n', ''),
    ],
    ['Line 7 of the policy names all, which no line before it defines.', policyText('all')],
    ['Line 7 of the policy is not of the form “quorum name”.', policyText('RU US')],
    [
      'Line 1 of the policy begins with “logs”, and not with log, witness, group or quorum.',
      'logs a\nquorum none\n',
    ],
    [
      'has a carriage return in line 1: save it with the line ends of Unix.',
      policyText('both').replaceAll('\n', '\r\n'),
    ],
    ['begins with a byte order mark', `\ufeff${policyText('both')}`],
    ['has a control character in line 2', policyText('both').replace('# w', '# \u0007w')],
    ['does not end with a line feed', 'quorum none'],
    ['calls something “none”', policyText('none').replace('witness RU', 'witness none')],
    ['defines RU again', policyText('both').replace('group both', 'group RU')],
    ['asks for 3 of 2', policyText('both').replace('all', '3')],
    ['asks for 0 of 2', policyText('both').replace('all', '0')],
    ['asks for -1 of 2', policyText('both').replace('all', '-1')],
    ['asks for 02 of 2', policyText('both').replace('all', '02')],
    ['names XX, which no line before it defines', policyText('both').replace('all RU', 'all XX')],
    [
      'names RU, which is in a group already',
      policyText('both').replace('quorum', 'group more any RU\nquorum'),
    ],
    ['names none, which no line before it defines', policyText('both').replace('all RU', 'all none')],
    [
      'with which no witness signs',
      policyText('both').replace(formatVerifierKey(ru.key), formatVerifierKey(testSigner('x', 9).key)),
    ],
    ['is not of the form “witness name key [url]”', policyText('both').replace('witness RU', 'witness')],
    ['is not of the form “log key [url]”', policyText('both').replace(`https://${origin}`, 'a b')],
    ['Line 4 of the policy is wrong: The verifier key', policyText('both').replace(ru.key.id, '00000000')],
  ])('%s', (why, text) => {
    expect(() => parsePolicy(nodeCrypto, utf8(text))).toThrow(why);
  });

  it('takes no key under two names', () => {
    const again = verifierKey(nodeCrypto, 'other.example', signatureTypes.cosignature, ru.publicKey);
    const text = policyText('both').replace(formatVerifierKey(us.key), formatVerifierKey(again));
    expect(() => parsePolicy(nodeCrypto, utf8(text))).toThrow(
      'Line 5 of the policy names the key of other.example, which an earlier witness has.',
    );
  });

  it('takes the key of a log for each of its logs and each way in which it signs, once, and for no witness', () => {
    const named = (name: string, type: 1 | 4) =>
      formatVerifierKey(verifierKey(nodeCrypto, name, type, log.publicKey));
    const lines = [named(origin, 1), named(origin, 4), named('other.example', 1)].map(
      (key) => `log ${key}\n`,
    );
    const read = (text: string) => parsePolicy(nodeCrypto, utf8(text));
    expect(read(`${lines.join('')}quorum none\n`).logs).toHaveLength(3);
    expect(() => read(`${lines[0]}${lines[0]}quorum none\n`)).toThrow('which an earlier log has');
    const witness = `witness W ${named('witness.example', 4)}\n`;
    for (const text of [lines[0] + witness, witness + lines[0]])
      expect(() => read(`${text}quorum none\n`)).toThrow('for a log and for a witness of logs');
  });

  it('takes names as octets', () => {
    const key = formatVerifierKey(ru.key);
    const file = Buffer.concat([
      Buffer.from('witness \xff '.replace('\xff', ''), 'latin1'),
      Buffer.of(0xff),
      Buffer.from(` ${key}\nquorum `),
      Buffer.of(0xff, 10),
    ]);
    expect(parsePolicy(nodeCrypto, file).quorum).toBe('\u00ff');
  });

  it('judges a checkpoint by log, name and witnesses', () => {
    const text = `${origin}\n0\n${root}\n`;
    const judge = (signed: Uint8Array, quorum = 'both') =>
      checkPolicy(nodeCrypto, parseNote(signed), policyOf(quorum));
    const { log: logs, witnesses } = judge(signedBy(text, [log, ru, us], 7));
    expect(logs).toEqual([{ key: log.key }]);
    expect(witnesses.map(({ name, verified }) => [name, verified.time])).toEqual([
      ['RU', 7],
      ['US', 7],
    ]);
    expect(() => judge(signedBy(text, [log, ru], 7))).toThrow(
      'lacks the cosignatures that the policy asks for (both)',
    );
    expect(() => judge(signedBy(text, [ru, us], 7))).toThrow(
      `No key of the log ${origin} signed the checkpoint.`,
    );
    const other = testSigner(origin, 8);
    expect(() => judge(signedBy(text, [other, ru, us], 7))).toThrow(
      `No key of the log ${origin} signed the checkpoint. It says to be signed by ${other.key.id}, which the policy does not name.`,
    );
    expect(() => judge(signedBy(text.replace(origin, 'other.example'), [log, ru, us]))).toThrow(
      'The policy knows no log called other.example.',
    );
    const stranger = { ...testSigner(origin, 8), key: log.key };
    expect(() => judge(signedBy(text, [stranger, ru, us]))).toThrow('does not verify');
  });
});

describe('the file of the parties’ keys', () => {
  const thumb = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';

  it('says whose act keys and witnesses are whose', () => {
    const { actKeys, witnesses, late } = parsePartyKeys(
      utf8(`# keys\nact-key RU ${thumb}\nwitness US w1\nlate w1\n`),
    );
    expect([...late]).toEqual(['w1']);
    expect([...actKeys, ...witnesses]).toEqual([
      [thumb, 'RU'],
      ['w1', 'US'],
    ]);
  });

  it.each([
    ['is not of the form', 'act-key RU\n'],
    ['begins with “key”, and not with act-key', `key RU ${thumb}\n`],
    ['names no thumbprint of RFC 7638', 'act-key RU short\n'],
    [`names ${thumb} a second time`, `act-key RU ${thumb}\nact-key US ${thumb}\n`],
  ])('%s', (why, text) => {
    expect(() => parsePartyKeys(utf8(text))).toThrow(why);
  });
});
