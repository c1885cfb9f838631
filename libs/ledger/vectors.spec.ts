import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { base64, fromBase64, fromBase64url, fromHex, fromLatin1, utf8 } from './bytes.js';
import { canonicalText } from './canonical.js';
import type { Json } from './canonical.js';
import { parseCheckpoint } from './checkpoint.js';
import { LedgerFault } from './faults.js';
import { formatVerifierKey, parseVerifierKey } from './keys.js';
import { TreeHasher } from './merkle.js';
import { signatureBase, thumbprint } from './message-signature.js';
import { nodeCrypto } from './node.js';
import { formatNote, parseNote } from './note.js';
import { verifyConsistency, verifyInclusion } from './proof-check.js';
import { verifyNote } from './signing.js';
import { testKey } from './testing.js';
import { judgeCheckpoint } from './witness.js';

const hasher = new TreeHasher(nodeCrypto);

function data<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8')) as T[];
}

const bytes = (text: string) => fromLatin1(atob(text));

interface Vector {
  readonly file: string;
  readonly desc: string;
  readonly proof: readonly string[];
  readonly wantErr: boolean;
}

/** What of the published vectors is not run, and why. */
const leftOut: ReadonlyMap<string, string> = new Map([
  [
    'inclusion/0/leafIdx-sub-@1',
    'its index is 2^64 - 1; an index above 2^53 - 1 is refused where a text is parsed',
  ],
  ['inclusion/1/leafIdx-sub-@1', 'likewise'],
  [
    'consistency/additional/sizes-are-equal-one-and-proof-is-empty',
    'its roots are the twelve bytes of “dont care 2”, and a root that is no hash is refused here',
  ],
]);

function isTaken(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return false;
  }
}

describe('the vectors of transparency-dev/merkle', () => {
  type Inclusion = Vector & { leafIdx: number; treeSize: number; root: string; leafHash: string };
  type Consistency = Vector & { size1: number; size2: number; root1: string; root2: string };
  const inclusions = data<Inclusion>('rfc9162-inclusion');
  const consistencies = data<Consistency>('rfc9162-consistency');
  const isRun = ({ file }: Vector) => !leftOut.has(file);

  it('are all there, and all but three are run', () => {
    const all = [...inclusions, ...consistencies];
    expect(all).toHaveLength(196);
    expect(all.filter((one) => !isRun(one)).map(({ file }) => file)).toEqual([...leftOut.keys()]);
  });

  it.each(inclusions.filter(isRun))(
    '$file: $desc',
    ({ leafIdx, treeSize, root, leafHash, proof, wantErr }) => {
      const inclusion = { leafHash: bytes(leafHash), root: bytes(root), proof: proof.map(bytes) };
      const check = () => verifyInclusion(hasher, { index: leafIdx, size: treeSize, ...inclusion });
      expect(isTaken(check)).toBe(!wantErr);
    },
  );

  it.each(consistencies.filter(isRun))('$file: $desc', ({ size1, size2, root1, root2, proof, wantErr }) => {
    const roots = { firstRoot: bytes(root1), secondRoot: bytes(root2), proof: proof.map(bytes) };
    const check = () => verifyConsistency(hasher, { first: size1, second: size2, ...roots });
    expect(isTaken(check)).toBe(!wantErr);
  });
});

describe('published notes and checkpoints', () => {
  const notes = data<{ name: string; from: string; note: string; keys: string[] }>('notes');

  it.each(notes)('$name ($from)', ({ note, keys }) => {
    const known = keys.map((text) => parseVerifierKey(nodeCrypto, text));
    const parsed = parseNote(utf8(note));
    expect(verifyNote(nodeCrypto, parsed, known).map(({ key }) => key)).toEqual(known);
    expect(known.map(formatVerifierKey)).toEqual(keys);
    expect(formatNote(parsed)).toEqual(utf8(note));
    const other = { ...parsed, text: `x${parsed.text}` };
    expect(() => verifyNote(nodeCrypto, other, known)).toThrow(/does not verify/);
  });

  it('say when they were cosigned', () => {
    const times = notes.slice(3).flatMap(({ note, keys }) =>
      verifyNote(
        nodeCrypto,
        parseNote(utf8(note)),
        keys.map((text) => parseVerifierKey(nodeCrypto, text)),
      ),
    );
    expect(times.map(({ key, time }) => [key.name, time])).toEqual([
      ['arche2025h1.staging.ct.transparency.dev', undefined],
      ['remora.n621.de', 1779573024],
      ['witness.navigli.sunlight.geomys.org', expect.any(Number)],
    ]);
  });

  it('the golden tree of sumdb/tlog', () => {
    const text = 'go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n';
    expect(parseCheckpoint(text)).toMatchObject({
      size: 123456789012,
      root: hasher.leaf(utf8('hello world')),
    });
  });
});

describe('sumdb/note', () => {
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const peter = parseVerifierKey(nodeCrypto, vkey);
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  it('takes no verifier key that was mangled', () => {
    const isKey = (mangled: string) => isTaken(() => parseVerifierKey(nodeCrypto, mangled));
    const parts = Array.from({ length: vkey.length }, (_, from) =>
      Array.from({ length: vkey.length - from }, (_length, at) => vkey.slice(from, from + at + 1)),
    ).flat();
    expect(parts.filter((part) => part !== vkey && isKey(part))).toEqual([]);
    const next = (at: number) => String.fromCharCode(vkey.charCodeAt(at) + 1);
    const flipped = Array.from(vkey, (_, at) => vkey.slice(0, at) + next(at) + vkey.slice(at + 1));
    expect(flipped.filter(isKey)).toEqual([]);
    expect(isKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')).toBe(false);
    expect(isKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBe(false);
  });

  it.each([
    ['no signatures', text],
    ['no signatures after the empty line', `${text}\n`],
    ['no line feed at the end', `${text}\n${line.slice(0, -1)}`],
    ['a control character', `\u0001${text}\n${line}`],
    ['a space in a name', `${text}\n${line.replace('PeterNeumann', 'Bad Name')}`],
    ['a line after the signatures', `${text}\n${line}Unexpected line.\n`],
    ['101 signatures', `${text}\n${line.repeat(101)}`],
  ])('takes no note with %s', (_, note) => {
    expect(() => parseNote(utf8(note))).toThrow(LedgerFault);
  });

  it('takes no note that is not UTF-8', () => {
    expect(() => parseNote(Uint8Array.of(0xff, ...utf8(`${text}\n${line}`)))).toThrow(
      'The note is not UTF-8.',
    );
  });

  it('names the key whose signature does not verify', () => {
    const spoiled = `${text}\n${line.slice(0, 60)}ABCD${line.slice(60)}`;
    expect(() => verifyNote(nodeCrypto, parseNote(utf8(spoiled)), [peter])).toThrow(
      'The signature of PeterNeumann+c74f20a3 does not verify.',
    );
  });

  it('says that two keys are called the same', () => {
    expect(() => verifyNote(nodeCrypto, parseNote(utf8(`${text}\n${line}`)), [peter, peter])).toThrow(
      'Two known keys are called PeterNeumann+c74f20a3.',
    );
  });

  it.each([
    ['another name', line.replaceAll('PeterNeumann', 'CarmenSandiego')],
    ['another id', line.replace('x08g', 'xxxx')],
  ])('ignores a signature of %s', (_, other) => {
    expect(verifyNote(nodeCrypto, parseNote(utf8(`${text}\n${other}`)), [peter])).toEqual([]);
  });
});

describe('the requests to a witness of torchwood', () => {
  const origin = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562';
  const key = fromHex('ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f', 'The key', 32);
  const id = fromBase64('UgIomw==', 'The id');
  const known = { name: origin, id: Buffer.from(id).toString('hex'), type: 1 as const, publicKey: key };
  const first = { size: 1, root: fromBase64('KgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'The root') };
  const request = (old: number, hashes: readonly string[], head: string, signature: string, log = origin) =>
    utf8(
      `old ${old}\n${hashes.map((hash) => `${hash}\n`).join('')}\n${log}\n${head}\n\n— ${log} ${signature}\n`,
    );
  const zeros = (begin: string, end = 'AAA=') =>
    `${begin}${'A'.repeat(44 - begin.length - end.length)}${end}`;
  const head = '3\nRcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=';
  const good = 'UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=';
  const proof = [zeros('KgEA'), zeros('KgIA')];
  const answer = (body: Uint8Array, latest: typeof first | 'none' = first) =>
    judgeCheckpoint(nodeCrypto, body, {
      keysOf: (log) => (log === origin ? [known] : undefined),
      latestOf: () => (latest === 'none' ? undefined : latest),
    }).status;

  it('are answered as there', () => {
    const start = `1\n${base64(first.root)}`;
    const startSignature =
      'UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=';
    expect(answer(request(0, [], start, startSignature), 'none')).toBe(200);
    // There 403, for Go takes base64 whose unused bits are not zero; here it is no base64.
    expect(answer(request(1, proof, head, good.replace('6go=', '6gx=')))).toBe(400);
    expect(answer(request(1, proof, head, good.replace('WVrx6go=', 'WVrx6gs=')))).toBe(403);
    expect(answer(request(1, proof, head, good, origin.replace('562', '563')))).toBe(404);
    expect(answer(request(1, [], head, good))).toBe(422);
    expect(answer(request(1, [zeros('KgEA'), zeros('KgIA', 'ABA=')], head, good))).toBe(422);
    expect(answer(request(1, proof, head, good))).toBe(200);
    expect(answer(request(1, proof, head, good), { ...first, size: 5 })).toBe(409);
  });
});

describe('RFC 9421', () => {
  it('B.2.6: the base and the signature with Ed25519', () => {
    const parameters =
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
    const base = signatureBase(
      [
        ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
        ['@method', 'POST'],
        ['@path', '/foo'],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
        ['content-length', '18'],
      ],
      parameters,
    );
    expect(base).toBe(
      '"date": Tue, 20 Apr 2021 02:07:55 GMT\n"@method": POST\n"@path": /foo\n"@authority": example.com\n' +
        `"content-type": application/json\n"content-length": 18\n"@signature-params": ${parameters}`,
    );
    const key = fromBase64url('JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs', 'The key', 32);
    const signature = fromBase64(
      'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
      'The signature',
    );
    expect(nodeCrypto.verify('ed25519', key, utf8(base), signature)).toBe(true);
    expect(nodeCrypto.verify('ed25519', key, utf8(`${base}\n`), signature)).toBe(false);
  });
});

describe('RFC 7638 and RFC 8037', () => {
  it('A.3: the thumbprint of an Ed25519 key', () => {
    const key = fromBase64url('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'The key', 32);
    expect(thumbprint(nodeCrypto, key)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});

describe('RFC 8032', () => {
  it('§7.1, test 1: the key of a seed and its signature of nothing', () => {
    const key = testKey(0);
    expect(nodeCrypto.verify('ed25519', key.publicKey, utf8('x'), key.sign(utf8('x')))).toBe(true);
    const published = fromHex(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      'The key',
      32,
    );
    const signature = fromHex(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      'The signature',
      64,
    );
    expect(nodeCrypto.verify('ed25519', published, new Uint8Array(), signature)).toBe(true);
  });
});

describe('RFC 8785', () => {
  it('§3.2.2: the sample', () => {
    const sample = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as Json;
    expect(Buffer.from(utf8(canonicalText(sample))).toString('hex')).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a' +
        '5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d3237' +
        '5d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d',
    );
  });

  it('§3.2.3: keys by UTF-16 code units', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const text = canonicalText(Object.fromEntries(keys.map((key) => [key, 0])));
    const sorted = ['\\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(text).toBe(`{${sorted.map((key) => `"${key}":0`).join(',')}}`);
  });

  // Appendix B: the bits of an IEEE 754 double and how it is written.
  it.each(data<[string, string]>('rfc8785-numbers'))(
    'appendix B: the number with the bits %s is %s',
    (bits, expected) => {
      expect(canonicalText(Buffer.from(bits, 'hex').readDoubleBE())).toBe(expected);
    },
  );
});
