import { describe, expect, it } from '@jest/globals';
import { verifyBundle } from './bundle.js';
import { utf8 } from './bytes.js';
import type { FaultCode } from './faults.js';
import { paths } from './files.js';
import { nodeCrypto } from './node.js';
import { formatPayload } from './payload.js';
import { filesOf, signedBy, TestLog, testSigner } from './testing.js';
import { origin, ru, policy, log, sign, signed, payload, changedLeaf, fault } from './testing-mirror.js';
import type { Change } from './testing-mirror.js';
import { replaced } from './testing-faults.js';

describe('the bundle of one stream', () => {
  const stream = 'irritant-1';
  const bundle = () => log.bundle(stream, signed, log.checkpoint());
  const bundleFault = (files: Map<string, Uint8Array>) =>
    fault(() => verifyBundle(nodeCrypto, filesOf(files), { policy }));

  it('verifies as it is', async () => {
    const summary = await verifyBundle(nodeCrypto, filesOf(bundle()), { policy });
    expect(summary).toMatchObject({ stream, entries: 100, withheld: 0, erased: 0 });
  });

  const seqs =
    (change: (all: number[]) => void): Change =>
    (files) => {
      const manifest = JSON.parse(new TextDecoder().decode(files.get(paths.manifest))) as { seqs: number[] };
      change(manifest.seqs);
      files.set(paths.manifest, utf8(JSON.stringify(manifest)));
    };
  const copy =
    (from: string, to: string): Change =>
    (files) =>
      void files.set(to, files.get(from)!);

  it.each<[string, FaultCode, number | undefined, Change]>([
    ['a leaf left out of the middle', 'chain-broken', 7, seqs((all) => void all.splice(1, 1))],
    ['the first leaf left out', 'chain-broken', 4, seqs((all) => void all.shift())],
    ['leaves in another order', 'malformed', undefined, seqs((all) => void all.reverse())],
    ['a leaf of another stream', 'file-missing', undefined, seqs((all) => void all.splice(1, 0, 2))],
    ['a leaf in the place of another', 'index-wrong', 7, copy('leaves/4.json', 'leaves/7.json')],
    ['a proof in the place of another', 'index-wrong', 7, copy('proofs/4.tlog-proof', 'proofs/7.tlog-proof')],
    ['a payload in the place of another', 'index-wrong', 7, copy('payload/4.json', 'payload/7.json')],
    [
      'a proof to another checkpoint',
      'proof-wrong',
      7,
      (files) =>
        void files.set(
          'proofs/7.tlog-proof',
          replaced(files.get('proofs/7.tlog-proof')!, '— witness', '— wilness'),
        ),
    ],
    [
      'a byte of a leaf',
      'proof-wrong',
      7,
      (files) => void files.set('leaves/7.json', changedLeaf(7, { id: 'x' })),
    ],
    [
      'a byte of words',
      'content-wrong',
      7,
      (files) => void files.set('payload/7.json', replaced(files.get('payload/7.json')!, 'Words', 'words')),
    ],
    [
      'words gone without an erasure',
      'erased-without-event',
      7,
      (files) =>
        void files.set('payload/7.json', formatPayload({ ...payload(7), content: null, salt: null })),
    ],
    [
      'a report that says something else',
      'report-wrong',
      undefined,
      (files) => void files.set(paths.report, replaced(files.get(paths.report)!, 'Words', 'words')),
    ],
    ['no report', 'file-missing', undefined, (files) => void files.delete(paths.report)],
    [
      'another renderer',
      'malformed',
      undefined,
      (files) =>
        void files.set(paths.manifest, replaced(files.get(paths.manifest)!, '"renderer":1', '"renderer":2')),
    ],
    [
      'a policy of its own',
      'path-refused',
      undefined,
      (files) => void files.set('policy', utf8('quorum none\n')),
    ],
    [
      'a checkpoint by another key',
      'signature-missing',
      undefined,
      (files) => void files.set('checkpoint', signedBy(log.checkpoint(), [testSigner(origin, 2), ru], 1)),
    ],
  ])('with %s planted is found to have %s (leaf %s)', async (_, code, seq, change) => {
    const files = bundle();
    change(files);
    expect(await bundleFault(files)).toEqual([code, seq]);
  });

  it('has earlier checkpoints with their proofs', async () => {
    const middle = { size: 200, signed: sign(log, 200, log.now - 100) };
    const made = () => log.bundle(stream, signed, log.checkpoint(), [middle]);
    expect(await bundleFault(made())).toBeUndefined();
    const unproven = made();
    unproven.delete(paths.consistency(200));
    expect(await bundleFault(unproven)).toEqual(['file-missing', undefined]);
    const other = made();
    const forked = new TestLog(origin);
    for (let seq = 0; seq < 200; seq++) forked.tell({ stream });
    other.set(paths.earlier(200), sign(forked, 200, log.now - 100));
    expect(await bundleFault(other)).toEqual(['consistency-wrong', undefined]);
    const misnamed = made();
    misnamed.set(paths.earlier(100), middle.signed);
    expect(await bundleFault(misnamed)).toEqual(['size-wrong', undefined]);
    const backdated = { size: 100, signed: sign(log, 100, log.now + 100) };
    expect(await bundleFault(log.bundle(stream, signed, log.checkpoint(), [backdated]))).toEqual([
      'time-wrong',
      100,
    ]);
  });

  it('names the file of a leaf that is missing', async () => {
    const files = bundle();
    files.delete('leaves/7.json');
    await expect(verifyBundle(nodeCrypto, filesOf(files), { policy })).rejects.toThrow(
      'leaves/7.json is missing.',
    );
  });

  it('shows nothing as something else than it is', () => {
    const hostile = new TestLog(origin);
    hostile.tell({ stream, content: { text: { en: '<script>alert("1")</script> & \u202egnorw\u202c' } } });
    const text = new TextDecoder().decode(
      hostile.bundle(stream, sign(hostile), hostile.checkpoint()).get(paths.report),
    );
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ⟦U+202E⟧gnorw⟦U+202C⟧');
    expect(text).not.toContain('<script');
  });
});
