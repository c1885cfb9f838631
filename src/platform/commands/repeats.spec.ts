import { describe, expect, it } from '@jest/globals';
import { accept, nothing } from '#libs/decider';
import type { Act } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { attributedTo, directly, idAt, on, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { requestOf } from '../../../test/support/requests.js';
import { isRepeat } from './repeats.js';
import type { CommandRequest } from './request.js';

const text = { en: 'Words.' };
const sources = [{ sourceId: idAt(600) }];
const position: Given = { type: 'PositionStated', data: { stance: 'contests' }, content: { text } };
const raised: Given = { type: 'IrritantRaised', act: directly('US') };
const state = (given: Partial<CommandRequest> = {}) =>
  requestOf('irritants', 'StatePosition', { data: { stance: 'contests' }, content: { text }, ...given });

interface Ruled {
  readonly records?: boolean;
  readonly act?: Act;
  readonly refusal?: Problem;
  readonly saidIn?: string;
}
/** Whether the act repeats what the stream holds, where its rule would record it, or nothing, or would refuse it. */
function repeats(
  given: readonly Given[],
  request: CommandRequest,
  { records = true, act = directly('RU'), ...ruled }: Ruled = {},
): boolean {
  const events = storedStream(`irritant-${idAt(900)}`, [raised, ...given]);
  const { events: decided } = records
    ? accept({ type: request.declaration.event, data: {}, content: {} })
    : nothing;
  const acting = { act, sources: request.sources };
  const judged = { acting, decided, ...ruled, dialogueId: undefined, talks: undefined };
  return isRepeat(request, judged, events);
}

describe('What can be said again and again', () => {
  it('is a repeat where the party said the same last, with the same sources, time and words', () => {
    expect(repeats([position], state())).toBe(true);
    const dated = { occurred: { edtf: '2025-04-10' }, sources };
    expect(repeats([{ ...position, ...dated }], state(dated))).toBe(true);
  });

  it('is recorded with other words, another time, another source, or another number', () => {
    expect(repeats([position], state({ content: { text: { en: 'Other words.' } } }))).toBe(false);
    expect(repeats([position], state({ occurred: { edtf: '2025-04-10' } }))).toBe(false);
    expect(repeats([position], state({ sources }))).toBe(false);
    expect(repeats([position], state({ audience: 'public' }))).toBe(false);
    expect(repeats([position], state({ wording: [{ as: 'verbatim' }] }))).toBe(false);
    expect(repeats([position], state({ data: { stance: 'acknowledges' } }))).toBe(false);
  });

  it('is recorded where the party has said something else since', () => {
    const other: Given = { ...position, data: { stance: 'acknowledges' } };
    expect(repeats([position, other], state())).toBe(false);
  });

  it('is recorded where the other side said it, or somebody in the name of the party', () => {
    expect(repeats([{ ...position, act: directly('US') }], state())).toBe(false);
    expect(repeats([{ ...position, act: attributedTo('RU') }], state())).toBe(false);
  });

  it('is recorded where the words were erased: they are other words', () => {
    expect(repeats([{ ...position, content: {}, erased: true }], state())).toBe(false);
  });

  it('is recorded where it was taken back since, or ended', () => {
    expect(repeats([position, { type: 'EventRetracted', data: on(1) }], state())).toBe(false);
    expect(repeats([position, { type: 'X', ends: [1] }], state())).toBe(false);
  });
});

describe('What stands beside what the party has said of it', () => {
  const claim = (en: string) => ({ data: { kind: 'agreement' }, content: { text: { en } } });
  const made = (en: string): Given => ({ type: 'UnderstandingClaimed', ...claim(en) });
  const again = (en: string) => requestOf('irritants', 'ClaimUnderstanding', claim(en));

  it('is a repeat of any that still stands, not of the last alone', () => {
    expect(repeats([made('One.'), made('Two.')], again('One.'))).toBe(true);
    expect(repeats([made('One.'), made('Two.'), { type: 'X', ends: [1] }], again('One.'))).toBe(false);
  });
});

describe('What a rule refuses', () => {
  const refusal = new Problem(
    { code: 'DONE', status: 409, title: 'Done', meaning: '', mend: '' },
    { detail: 'It is done.' },
  );
  const decline = (given: Partial<CommandRequest> = {}) => requestOf('irritants', 'DeclineDormancy', given);
  const declined: Given = { type: 'DormancyDeclined', content: { reason: text } };
  const refused = { records: false, refusal };

  it('is a repeat where the party has just done it with the same content', () => {
    expect(repeats([declined], decline({ content: { reason: text } }), refused)).toBe(true);
  });

  it('is refused with other content, where it was never done, or where that is over', () => {
    expect(repeats([declined], decline(), refused)).toBe(false);
    expect(repeats([], decline(), refused)).toBe(false);
    const ended: Given = { type: 'X', ends: [1] };
    expect(repeats([declined, ended], decline({ content: { reason: text } }), refused)).toBe(false);
  });
});

describe('What can be said once', () => {
  const suspend = (given: Partial<CommandRequest> = {}) => requestOf('irritants', 'SuspendIrritant', given);
  const suspended: Given = { type: 'IrritantSuspended', content: { reason: text } };
  const again = { records: false };

  it('is a repeat with the same content', () => {
    expect(repeats([suspended], suspend({ content: { reason: text } }), again)).toBe(true);
  });

  it('is refused with other content, naming the earlier event: nothing that was said is dropped in silence', () => {
    const other = suspend({ content: { reason: { en: 'Another reason.' } } });
    expect(() => repeats([suspended], other, again)).toThrow(
      expect.objectContaining({
        kind: expect.objectContaining({ code: 'ALREADY_SAID' }),
        detail: expect.stringContaining(idAt(1)),
        members: { eventId: idAt(1) },
      }),
    );
  });

  it('is refused where another act said it and these words would be lost; without words it is a repeat', () => {
    expect(() => repeats([], suspend({ content: { reason: text } }), again)).toThrow(
      expect.objectContaining({ kind: expect.objectContaining({ code: 'ALREADY_SAID' }) }),
    );
    expect(repeats([], suspend(), again)).toBe(true);
    expect(() => repeats([], suspend({ occurred: { edtf: '2025-04-10' } }), again)).toThrow(/ALREADY_SAID/);
  });

  it('is refused by the name of that other act, where its rule knows it', () => {
    const noted = suspend({ content: { reason: text } });
    expect(() => repeats([], noted, { ...again, saidIn: idAt(7) })).toThrow(
      expect.objectContaining({ members: { eventId: idAt(7) } }),
    );
  });

  it('is recorded by its rule, whatever was said before', () => {
    expect(repeats([suspended], suspend({ content: { reason: text } }))).toBe(false);
  });

  it('is said of one thing: an answer to one claim repeats no answer to another', () => {
    const deny = requestOf('irritants', 'DenyUnderstanding', { data: { claimId: idAt(500) } });
    const denied: Given = { type: 'UnderstandingDenied', data: { claimId: idAt(501) } };
    expect(repeats([denied], deny, again)).toBe(true);
    expect(() => repeats([denied], { ...deny, content: { text } }, again)).toThrow(/ALREADY_SAID/);
    const same: Given = { type: 'UnderstandingDenied', data: { claimId: idAt(500) } };
    expect(repeats([denied, same], deny, again)).toBe(true);
  });
});
