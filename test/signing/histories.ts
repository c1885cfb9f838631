import { expect } from '@jest/globals';
import fc from 'fast-check';
import { testKey } from '#libs/ledger/testing';
import { ActSignatures } from '../../src/platform/commands/act-signatures.js';
import type { Api, Body } from '../support/api.js';
import { actSigned, keyIdOf, originOf, registrationOf, send, signedWith } from '../support/signing.js';
import { all, ask, forgings, groundOf, leaves, meanwhile } from './attacks.js';
import type { Ground, Said } from './attacks.js';
import { faultsIn } from './oracle.js';

const RU = 'ru-negotiator';
let number = 0;

/** What RU says, or somebody in its name. */
interface Saying {
  readonly do: 'honest' | 'forged';
  readonly said: Said;
  readonly what: string;
}
export type Step = Saying | { readonly do: 'meanwhile' | 'lift' | 'require' | 'renew' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('honest' as const),
      said: fc.constantFrom(...all),
      what: fc.constant(''),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('forged' as const),
      said: fc.constantFrom(...all),
      what: fc.constantFrom(...Object.keys(forgings)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('meanwhile' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('lift' as const, 'require' as const, 'renew' as const) }),
  },
);
export const history = fc.array(step, { minLength: 5, maxLength: 25 });

/** Ways in which a server could be wrong. */
export const planted: { readonly [what: string]: () => () => void } = {
  'that takes any signature, or none': () => {
    const { refuseWithout } = ActSignatures.prototype;
    ActSignatures.prototype.refuseWithout = () => undefined;
    return () => (ActSignatures.prototype.refuseWithout = refuseWithout);
  },
  'that does not compare what was signed': () => {
    const { signed } = ActSignatures.prototype;
    ActSignatures.prototype.signed = ({ signature }, _, [first, ...rest]) =>
      signature === undefined
        ? [first, ...rest]
        : [{ ...first, meta: { ...first.meta, signature: { ...signature } } }, ...rest];
    return () => (ActSignatures.prototype.signed = signed);
  },
};

/** Plays one history in talks of its own, and looks at all that was recorded. */
export async function holds(api: Api, steps: readonly Step[]): Promise<void> {
  const talks = await groundOf(api);
  const { dialogueId, keys } = talks;
  const at = `dialogues/${dialogueId}`;
  const change = async (command: string, body: Body) => {
    expect((await actSigned(api, keys.own, `${at}/${command}`, body, RU)).status).toBe(200);
  };
  let isSigning = true;
  for (const [index, one] of steps.entries()) {
    if (one.do === 'meanwhile') await meanwhile(talks, index);
    else if (one.do === 'renew') {
      const key = testKey(110 + index);
      await change('register-key', registrationOf(originOf(api, dialogueId), key));
      await change('revoke-key', { thumbprint: keyIdOf(key) });
    } else if (one.do === 'lift' || one.do === 'require') {
      isSigning = one.do === 'require';
      await change(`${one.do}-signed-acts`, {});
    } else if (one.do === 'honest' || one.do === 'forged') await say(talks, one, isSigning);
  }
  expect(await faultsIn(api, dialogueId)).toEqual([]);
}

async function say(talks: Ground, one: Saying, isSigning: boolean): Promise<void> {
  const asked = await ask(talks, one.said, `The words ${(number += 1)}.`);
  const isLeft = leaves[one.what]?.includes(one.said) === true || (one.what === 'no signature' && !isSigning);
  const sent =
    one.do === 'honest'
      ? await signedWith(talks.api, talks.keys.own, asked)
      : await forgings[one.what]!(talks, asked, number);
  const { status, body } = await send(talks.api, sent);
  expect({ ...one, isSigning, body, isTaken: status < 300 }).toEqual({
    ...one,
    isSigning,
    body,
    isTaken: one.do === 'honest' || isLeft,
  });
}
