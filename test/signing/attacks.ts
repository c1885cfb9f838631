import { testKey } from '#libs/ledger/testing';
import type { TestKey } from '#libs/ledger/testing';
import type { ActObject } from '#libs/ledger';
import { done } from '../support/acting.js';
import type { Api, Body } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import {
  actSigned,
  asking,
  keyIdOf,
  originOf,
  registerFirst,
  registrationOf,
  requireSigned,
  signatureHeaders,
  signatureOf,
  signedWith,
  tried,
} from '../support/signing.js';
import type { Sent, Signing, Tried } from '../support/signing.js';

/** A dialogue in which RU signs its acts, another in which it does as well, and keys of every kind. */
export interface Ground {
  readonly api: Api;
  readonly dialogueId: string;
  readonly irritants: readonly [string, string];
  readonly press: string;
  /** In another dialogue, where the same key is in force. */
  readonly elsewhere: string;
  readonly keys: {
    readonly [whose in 'own' | 'second' | 'revoked' | 'witness' | 'others' | 'unknown']: TestKey;
  };
}

const RU = 'ru-negotiator';

export async function groundOf(api: Api): Promise<Ground> {
  const scene = await setScene(api);
  const other = await setScene(api);
  const { dialogueId } = scene;
  const own = await registerFirst(api, dialogueId, 'RU', 101);
  const at = `dialogues/${dialogueId}`;
  const register = async (seed: number, more: Body = {}): Promise<TestKey> => {
    const key = testKey(seed);
    const body = registrationOf(originOf(api, dialogueId), key, more);
    const { status } = await actSigned(api, own, `${at}/register-key`, body, RU);
    if (status !== 200) throw new Error(`The key ${seed} could not be registered.`);
    return key;
  };
  const [second, revoked] = [await register(102), await register(103)];
  const witness = await register(104, { purpose: 'witness', name: 'ru.example/witness' });
  await actSigned(api, own, `${at}/revoke-key`, { thumbprint: keyIdOf(revoked) }, RU);
  const others = await registerFirst(api, dialogueId, 'US', 105);
  await registerFirst(api, other.dialogueId, 'RU', 101);
  await requireSigned(api, dialogueId, 'RU', own);
  const raised = await actSigned<{ id: string }>(api, own, 'irritants', raising(dialogueId), RU);
  return {
    api,
    dialogueId,
    press: scene.sources.press,
    irritants: [scene.irritantId, raised.body.id],
    elsewhere: other.irritantId,
    keys: { own, second, revoked, witness, others, unknown: testKey(106) },
  };
}

/** What RU says: acts on what is there, and creates. */
export type Said = 'claim' | 'position' | 'source' | 'irritant' | 'alias';

export const all: readonly Said[] = ['claim', 'position', 'source', 'irritant', 'alias'];

function saying({ irritants, dialogueId }: Ground, said: Said, words: string): readonly [string, Body] {
  const text = { en: words };
  const at = `irritants/${irritants[0]}`;
  switch (said) {
    case 'claim':
      return [`${at}/claim`, { kind: 'other', text, audience: 'public', occurred: '2025-04-10' }];
    case 'position':
      return [`${at}/state-position`, { stance: 'seeks-action', text, wording: [{ as: 'own' }] }];
    case 'source': {
      const cited = {
        kind: 'statement',
        issuers: ['RU'],
        lang: 'en',
        held: false,
        title: words,
        citation: words,
      };
      return ['sources', { dialogueId, ...cited }];
    }
    case 'irritant':
      return ['irritants', { ...raising(dialogueId), title: text }];
    case 'alias':
      return [`dialogues/${dialogueId}/record-party-alias`, { party: 'RU', alias: words }];
  }
}

export const ask = (ground: Ground, said: Said, words: string): Promise<Sent> =>
  asking(ground.api, ...saying(ground, said, words), RU);

const flipped = (text: string, at: number) => {
  const place = 1 + (at % (text.length - 4));
  return `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;
};

const headerChanged = (sent: Sent, name: string, change: (value: string) => string): Sent => ({
  ...sent,
  headers: { ...sent.headers, [name]: change(sent.headers[name] ?? '') },
});

const inputChanged = (sent: Sent, from: RegExp, to: string) =>
  headerChanged(sent, 'Signature-Input', (value) => value.replace(from, to));

/** Each member of what is signed, as it would be for another act. */
const others: { readonly [member in keyof Required<ActObject>]: unknown } = {
  origin: 'another.example/dialogue',
  stream: 'irritant-01960b3a-0000-7000-8000-0000000000ff',
  rev: 77,
  type: 'UnderstandingDenied',
  data: { kind: 'agreement' },
  contentHash: '00'.repeat(32),
  sources: [{ sourceId: '01960b3a-0000-7000-8000-0000000000ff' }],
  wording: [{ as: 'summary' }],
  audience: 'another',
  occurred: { edtf: '1999-01-01' },
  key: '11'.repeat(32),
};
const members = Object.keys(others) as readonly (keyof ActObject)[];

type Forging = (ground: Ground, sent: Sent, nonce: number) => Promise<Sent>;

function signed(sent: Sent, key: TestKey, { act, salt }: Tried, given: Signing = {}): Sent {
  const headers = {
    ...sent.headers,
    'Entente-Salt': `:${salt}:`,
    ...signatureHeaders(signatureOf(key, act, given)),
  };
  return { ...sent, headers };
}

const byKey =
  (whose: keyof Ground['keys'], given: (ground: Ground) => Signing = () => ({})): Forging =>
  async (ground, sent) =>
    signed(sent, ground.keys[whose], await tried(ground.api, sent), given(ground));

const afterSigning =
  (change: (sent: Sent, nonce: number, ground: Ground) => Sent | Promise<Sent>): Forging =>
  async (ground, sent, nonce) =>
    change(await signedWith(ground.api, ground.keys.own, sent), nonce, ground);

const seconds = () => Math.floor(Date.now() / 1000);

/** What somebody who has no key of RU in force, or no signature of this very act, may try. */
export const forgings: { readonly [what: string]: Forging } = {
  'no signature': async (_, sent) => sent,
  'a signature by the key of the other party': byKey('others'),
  'a signature by a key that was revoked': byKey('revoked'),
  'a signature by the key of the party’s witness': byKey('witness'),
  'a signature by an unknown key': byKey('unknown'),
  'an unknown key under the name of one in force': byKey('unknown', ({ keys }) => ({
    keyid: keyIdOf(keys.own),
  })),
  'a revoked key under the name of one in force': byKey('revoked', ({ keys }) => ({
    keyid: keyIdOf(keys.own),
  })),
  'a signature that has expired': byKey('own', () => ({ now: seconds() - 400 })),
  'a signature made in the future': byKey('own', () => ({ now: seconds() + 200 })),
  'a signature for longer than five minutes': byKey('own', () => ({ expires: seconds() + 302 })),
  'a signer that has seen more than there is': byKey('own', () => ({
    seen: `99999;root=:${'A'.repeat(43)}=:`,
  })),
  'a signer that has seen another log': byKey('own', () => ({ seen: `3;root=:${'A'.repeat(43)}=:` })),
  ...Object.fromEntries(
    members.map((member): [string, Forging] => [
      `a signature of an act with another ${member}`,
      async (ground, sent) => {
        const dry = await tried(ground.api, sent);
        const act = { ...dry.act, [member]: others[member] } as ActObject;
        return signed(sent, ground.keys.own, { ...dry, act });
      },
    ]),
  ),
  'a bit of the signature changed': afterSigning((sent, nonce) =>
    headerChanged(sent, 'Signature', (value) => `act=:${flipped(value.slice(5, -1), nonce)}:`),
  ),
  'another Entente-Act': afterSigning((sent, nonce) =>
    headerChanged(sent, 'Entente-Act', (value) => `:${flipped(value.slice(1, -1), nonce)}:`),
  ),
  'another size in Entente-Seen': afterSigning((sent) =>
    headerChanged(sent, 'Entente-Seen', (value) => value.replace(/^0/, '1')),
  ),
  'another salt': afterSigning((sent, nonce) =>
    headerChanged(sent, 'Entente-Salt', (value) => `:${flipped(value.slice(1, -1), nonce)}:`),
  ),
  'no salt': afterSigning(({ headers: { 'Entente-Salt': _, ...headers }, ...sent }) => ({
    ...sent,
    headers,
  })),
  'another Idempotency-Key': afterSigning((sent) =>
    headerChanged(sent, 'Idempotency-Key', (value) => `${value}-other`),
  ),
  'other words': afterSigning((sent) => ({
    ...sent,
    body: JSON.parse(JSON.stringify(sent.body).replaceAll('words', 'lies')) as Body,
  })),
  'a later end': afterSigning((sent) => inputChanged(sent, /expires=\d+/, `expires=${seconds() + 299}`)),
  'an earlier beginning': afterSigning((sent) =>
    inputChanged(sent, /created=\d+/, `created=${seconds() - 1}`),
  ),
  'the name of another key': afterSigning((sent, _, { keys }) =>
    inputChanged(sent, /keyid="[^"]*"/, `keyid="${keyIdOf(keys.second)}"`),
  ),
  'another algorithm': afterSigning((sent) => inputChanged(sent, /ed25519/, 'hmac-sha256')),
  'fewer fields covered': afterSigning((sent) => inputChanged(sent, / "entente-seen"/, '')),
  'another irritant': afterSigning((sent, _, { irritants }) => ({
    ...sent,
    path: sent.path.replace(irritants[0], irritants[1]),
  })),
  'another audience': afterSigning((sent) => ({
    ...sent,
    body: { ...sent.body, audience: 'public' },
  })),
  'half a signature': afterSigning(({ headers: { Signature: _, ...headers }, ...sent }) => ({
    ...sent,
    headers,
  })),
};

/** Forgings that leave some acts as they were: then these are just signed. */
export const leaves: { readonly [what: string]: readonly Said[] } = {
  'another irritant': ['source', 'irritant', 'alias'],
  'another audience': ['claim'],
};

/** What was recorded once, sent again as something else. */
export const replays: { readonly [what: string]: (sent: Sent, ground: Ground) => Promise<Sent> } = {
  'on the next revision': async (sent, { api }) => ({
    ...sent,
    headers: { ...sent.headers, ...(await asking(api, sent.path, sent.body, RU)).headers },
  }),
  'on the next revision, for other words': async (sent, { api }) => ({
    ...sent,
    body: { ...sent.body, text: { en: 'Other words.' } },
    headers: { ...sent.headers, ...(await asking(api, sent.path, sent.body, RU)).headers },
  }),
  'on another irritant': async (sent, { api, irritants }) => {
    const path = sent.path.replace(irritants[0], irritants[1]);
    const { headers } = await asking(api, path, sent.body, RU);
    return {
      ...sent,
      path,
      headers: { ...sent.headers, ...headers, 'Idempotency-Key': sent.headers['Idempotency-Key'] ?? '' },
    };
  },
  'in another dialogue': async (sent, { api, irritants, elsewhere }) => {
    const path = sent.path.replace(irritants[0], elsewhere);
    const { headers } = await asking(api, path, sent.body, RU);
    return {
      ...sent,
      path,
      headers: { ...sent.headers, ...headers, 'Idempotency-Key': sent.headers['Idempotency-Key'] ?? '' },
    };
  },
  'under another Idempotency-Key': async (sent) =>
    headerChanged(sent, 'Idempotency-Key', (value) => `${value}-2`),
};

/** An act of the other side, which signs none. */
export async function meanwhile({ api, irritants: [irritantId] }: Ground, index: number): Promise<void> {
  await done(api, `irritants/${irritantId}/state-position`, 'us-negotiator', {
    stance: 'contests',
    text: { en: `Words of the other side ${index}.` },
  });
}
