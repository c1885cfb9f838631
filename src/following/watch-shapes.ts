import { choice, id, line, means, optional, party } from '#libs/decider';
import type { MeantShape } from '#libs/decider';
import { feedKinds } from './follower.js';

export const newWatchShape = {
  irritant: optional(
    line(64),
    'An irritant, by its id or key: its own stream, and what names it or is linked to it.',
  ),
  dialogue: optional(id, 'A dialogue: everything in it.'),
  party: optional(
    party,
    'A party: what it says, or is recorded in its name, in every dialogue that one sees.',
  ),
} satisfies MeantShape;

export const lookShape = {
  upTo: means(
    line(65, '^m[\\w-]{64}$', 'a moment: the asOf of a digest'),
    'The `asOf` of the digest that was looked at: nothing up to there is new any more.',
  ),
} satisfies MeantShape;

export const addressShape = {
  feed: means(choice(...feedKinds), 'The digest as an Atom feed, or what is due as an iCalendar feed.'),
} satisfies MeantShape;
