import { inWords, quoted, who } from '#libs/decider';
import type { Act, Told } from '#libs/decider';
import type { Claimed, Confirmed } from './claims.events.js';

/** What others recorded in its name is no party's own wording, whether it is summed up or not. */
const confirmedIn = {
  'same-text': () => 'in the same text',
  partial: () => 'in part',
  'own-words': ({ capacity }: Act) => (capacity === 'direct' ? 'in its own words' : 'in other words'),
} as const;

export function claimedInWords(e: Told<string, Claimed>): string {
  return e.data.kind === 'said-by-other-side'
    ? `${who(e)} says that the other side said${quoted(e, 'text')}`
    : `${who(e)} claimed an understanding (${inWords(e.data.kind)})${quoted(e, 'text')}`;
}

export function confirmedInWords(e: Told<string, Confirmed>): string {
  return `${who(e)} confirmed the claim ${confirmedIn[e.data.mode](e.act)}${quoted(e, 'text')}`;
}

export function deniedInWords(e: Told): string {
  return `${who(e)} denied the claim${quoted(e, 'text')}`;
}

export function withdrawnInWords(e: Told): string {
  return `${who(e)} withdrew its claim${quoted(e, 'reason')}`;
}
