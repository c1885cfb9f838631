import { bracketed, inWords, placed, quoted, who } from '#libs/decider';
import type { Act, Brought, NameOf, Told } from '#libs/decider';
import type { Claimed, Confirmed } from './claims.events.js';

/** What others recorded in its name is no party's own wording, whether it is summed up or not. */
const confirmedIn = {
  'same-text': () => 'in the same text',
  partial: () => 'in part',
  'own-words': ({ capacity }: Act) => (capacity === 'direct' ? 'in its own words' : 'in other words'),
} as const;

type OnClaim = Told<string, { readonly claimId: string }>;

/** Claims and what is said to them, in sentences; `on`: what the stream is of, as a sentence names it. */
export function claimsInWords(on: (e: { readonly stream: string }, nameOf: NameOf) => string) {
  const where = (e: Told<string, Claimed>, nameOf: NameOf) => {
    const { roundId } = e.data;
    const round = roundId === undefined ? '' : `, at ${nameOf(roundId, 'round') ?? 'another round'}`;
    return `${on(e, nameOf)}${round}`;
  };
  const claim = (e: OnClaim, nameOf: NameOf) =>
    `the claim${bracketed(nameOf(e.data.claimId))} on ${on(e, nameOf)}`;
  return {
    claimed: (e: Told<string, Claimed>, nameOf: NameOf) =>
      e.data.kind === 'said-by-other-side'
        ? `${who(e)} says that the other side said on ${where(e, nameOf)}${quoted(e, 'text')}`
        : `${who(e)} claimed an understanding on ${where(e, nameOf)} (${inWords(e.data.kind)})${quoted(e, 'text')}`,
    confirmed: (e: Told<string, Confirmed>, nameOf: NameOf) =>
      `${who(e)} confirmed ${claim(e, nameOf)} ${confirmedIn[e.data.mode](e.act)}${quoted(e, 'text')}`,
    denied: (e: OnClaim, nameOf: NameOf) => `${who(e)} denied ${claim(e, nameOf)}${quoted(e, 'text')}`,
    withdrawn: (e: OnClaim, nameOf: NameOf) =>
      `${who(e)} withdrew its claim${bracketed(nameOf(e.data.claimId))} on ${on(e, nameOf)}${quoted(e, 'reason')}`,
  };
}

/** A claim is named by its place and its words. */
export function claimNames(e: Told<string, Claimed>, seq: number): Brought {
  return [[e.data.claimId, placed(seq, e.content['text'] as Parameters<typeof placed>[1])]];
}
