import {
  choice,
  date,
  event,
  flag,
  hash,
  id,
  integer,
  language,
  line,
  list,
  means,
  occurred,
  optional,
  party,
  ref,
  text,
} from '#libs/decider';

/** The fields that events of several slices have, each with the one meaning that it has in all of them. */

export const dialogueId = means(ref('dialogues', { owns: true }), 'The dialogue it belongs to.');
export const synthetic = means(flag, 'The dialogue is an exercise, and nothing in it happened.');
export const parties = means(list(party, 2, 2), 'The two parties.');
export const concerned = means(party, 'The party in question.');
export const irritantId = means(ref('irritants'), 'The irritant in question.');
export const irritantIds = means(list(ref('irritants'), 1, 50), 'The irritants in question.');
export const roundId = means(ref('rounds'), 'The round in question.');
export const exchangeId = means(ref('exchanges'), 'The exchange of notes in question.');
export const sourceId = means(ref('sources'), 'A registered source.');
export const claimId = means(id, 'The claim, from `claims` of the irritant or the dialogue.');
export const restates = means(id, 'The earlier statement that this one repeats.');
export const claimedTime = means(
  occurred,
  'When it happened, as claimed: an EDTF date, or a date with its zone.',
);
export const due = means(date, 'By when.');

export const statement = means(text, 'What is said about it, by language.');
export const words = means(text, 'The words, by language.');
export const quote = means(text, 'The words of the source, by language.');
export const reason = means(text, 'Why, by language.');
export const note = means(text, 'A remark, by language.');
export const name = means(text, 'The name, by language.');
export const title = means(text, 'The title.');
export const lang = means(language, 'The language of the source, as a BCP 47 tag.');

/** What whatever belongs to a dialogue has from its first event on. */
export const inDialogue = { dialogueId, synthetic };
export const why = { reason: optional(reason) };
export const remark = { text: optional(words) };

export const version = means(integer(1, 10_000), 'The version.');
export const contentHash = means(hash, 'The hash of the version as a whole.');
export const textHash = means(
  hash,
  'The hash of the text; of a version, that of its paper, where the words are not held.',
);
export const adReferendum = means(flag, 'The assent holds once the capital has confirmed it.');
/** A version of a text that is on the table. */
export const versionData = {
  contentHash,
  textHash: optional(textHash),
  languages: means(list(language, 0, 10), 'The languages in which the text exists.'),
  authentic: optional(list(language, 0, 10), 'The languages whose texts are equally authentic.'),
  irritantIds,
};

export const basis = means(
  choice('direct', 'attributed'),
  '`direct` only if all that it rests on is direct.',
);
export const restsOn = (max: number, min = 0) =>
  means(list(id, min, max), 'The events that it rests on: where one of them drops out, so does it.');
/** Both sides' assent to one version, and what that is about, so that whoever reads this event alone knows. */
export const versionAgreed = event({ version, contentHash, irritantIds, basis, restsOn: restsOn(20) });
/** What would have followed from an event elsewhere, and was refused here. */
export const consequenceRefused = event({
  policy: means(line(80), 'The policy that drew it.'),
  cause: means(id, 'The event from which it would have followed.'),
  code: means(line(80), 'Why it was refused.'),
});
