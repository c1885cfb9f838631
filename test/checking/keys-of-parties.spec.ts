import { describe, expect, it } from '@jest/globals';
import { keyEvents, nodeCrypto, parsePartyKeys, thumbprint } from '#libs/ledger';
import { filesOf, filledLog, testKey } from '#libs/ledger/testing';
import { verified } from '../../src/checking/verifying.js';
import { origin, policy, signed } from './given.js';

const [own, other] = [testKey(40), testKey(41)].map((key) => ({
  key,
  line: `act-key RU ${thumbprint(nodeCrypto, key.publicKey)}`,
})) as [Named, Named];
type Named = { readonly key: ReturnType<typeof testKey>; readonly line: string };
const ru = { party: 'RU', capacity: 'direct', recordedBy: 'p-ru', recorderParty: 'RU' };

/** RU is said to have registered a key of that kind, and to have signed with it. */
const log = filledLog(origin, 3);
log.tell({
  stream: 'dialogue-1',
  type: keyEvents.registered,
  data: log.registration(other.key),
  act: ru,
});
log.tell({ stream: 'irritant-1', act: ru }, other.key);
const files = log.mirror(signed(log));

function check(...lines: readonly string[]) {
  const partyKeys = parsePartyKeys(Buffer.from(`${lines.join('\n')}\n`));
  return verified(nodeCrypto, () => filesOf(files), { policy, partyKeys });
}

describe('Who names a key of a party', () => {
  it('is told that not all is known to be right where that party has signed with another one', async () => {
    const { code, lines } = await check(own.line);
    expect(code).toBe(2);
    expect(lines[0]).toBe(
      `Not complete: parties of which your file of keys names keys have signed with others (${other.line}): ask each whether they are its own, and add them to the file if so.`,
    );
    expect(lines[1]).toMatch(/^What is there is right: 5 entries/);
  });

  it('is told that all is right once the file names the other one as well', async () => {
    expect(await check(own.line, other.line)).toMatchObject({ code: 0 });
  });

  it('and says nothing of a party, is told whose word the key is, and no more', async () => {
    const { code, lines } = await check(own.line.replace(' RU ', ' US '));
    expect(code).toBe(0);
    expect(lines.join('\n')).toContain(`keys that the record alone vouches for (${other.line})`);
  });
});
