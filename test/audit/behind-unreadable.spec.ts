import { describe, expect, it } from '@jest/globals';
import { amendedIn, standingOf } from '../../src/reading/amended.js';
import { inYourName } from '../../src/platform/lists/in-your-name.js';
import { attributedTo, derived, directly, idAt, on, storedStream } from '../support/stored.js';
import type { Given } from '../support/stored.js';

const unreadable = { because: 'its type is not known', stored: { data: {}, content: {}, meta: {} } };
const claimed: Given = { type: 'UnderstandingClaimed', act: attributedTo('US') };
/** A word in the name of US, then one that can't be read, and what was recorded behind it. */
const events = (...behind: readonly Given[]) =>
  storedStream(`irritant-${idAt(900)}`, [
    { type: 'IrritantRaised' },
    claimed,
    { type: 'FromTheFuture', unreadable },
    ...behind,
  ]);

describe('Behind an event that can not be read', () => {
  it('nothing takes out what came before it, and no entry is marked as taken out', () => {
    const disavowed = events({ type: 'AttributionDisavowed', act: directly('US'), data: on(1) });
    const amended = amendedIn(disavowed);
    expect(standingOf(amended, idAt(1))).toBeUndefined();
    expect(amended.by.get(idAt(1))).toBeUndefined();
    expect(inYourName(disavowed, 'US').map(({ id }) => id)).toEqual([idAt(1)]);
  });

  it('nothing is to be answered for: it is not shown to anybody as the word of the party', () => {
    expect(inYourName(events(claimed), 'US').map(({ id }) => id)).toEqual([idAt(1)]);
  });

  it('an erasure is obeyed, and marked on what it erased', () => {
    const erasing: Given = { type: 'ContentErased', act: derived, data: on(1) };
    const erased = amendedIn(events(erasing));
    expect(erased.by.get(idAt(1))).toEqual([{ type: 'ContentErased', eventId: idAt(3) }]);
    // One that a party is said to have said erases nothing, and is not marked.
    const said = [{ type: 'IrritantRaised' }, claimed, { ...erasing, act: directly('US') }];
    expect(amendedIn(storedStream(`irritant-${idAt(900)}`, said)).by.get(idAt(1))).toBeUndefined();
  });
});
