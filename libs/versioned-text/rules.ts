import {
  accept,
  alreadySaid,
  basisOf,
  ending,
  hasSaid,
  nothing,
  refuse,
  restingOn,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { Act, CommandBase, Decided, Decision, Rest, Said } from '#libs/decider';
import { assentOf, isAgreed, isFull, latestOf, replaces, wordsOfAssent } from './text.js';
import type { Version, VersionedText } from './text.js';

export type TextRefusal =
  | 'WORDS_REQUIRED'
  | 'AUTHENTIC_WITHOUT_TEXT'
  | 'VERSION_UNKNOWN'
  | 'VERSION_SUPERSEDED'
  | 'TEXT_MISMATCH'
  | 'NO_ASSENT'
  | 'VERSION_AGREED'
  | 'OWN_WORD_STANDS';

type Refused = Extract<Decision<TextRefusal>, { refused: TextRefusal }>;

interface On<D extends object> extends CommandBase {
  readonly event: Decided & { readonly data: D };
}
type Naming = { readonly version: number; readonly contentHash: string };

interface NewVersion {
  readonly version?: number;
  readonly contentHash?: string;
  readonly languages: readonly string[];
  readonly authentic?: readonly string[];
}

/** What somebody else records in a party's name undoes nothing that the party has said itself. */
export function ownWordStands(act: Act, words: readonly (Said | undefined)[]): Refused | undefined {
  const own = words.find((one) => one !== undefined && one.party === act.party && one.capacity === 'direct');
  return act.capacity !== 'attributed' || own === undefined
    ? undefined
    : refuse(
        'OWN_WORD_STANDS',
        `${act.party} has spoken here itself, in the event ${own.eventId}; only ${act.party} itself can go back on that.`,
      );
}

/** The same version once more, by the same side: nothing that was not there is proposed. */
function isRepeat(command: On<NewVersion>, latest: Version): boolean {
  const { version: _, ...data } = command.event.data;
  const there = latest as unknown as { readonly [field: string]: unknown };
  const same = Object.entries(data).every(
    ([field, value]) => value === undefined || JSON.stringify(value) === JSON.stringify(there[field]),
  );
  return same && latest.said.party === command.act.party;
}

/** The version on the table and the assents to it; nothing of what is agreed, which a new version leaves in force. */
function standing(text: VersionedText): readonly Said[] {
  const latest = latestOf(text);
  const assents = text.assents.flatMap(wordsOfAssent);
  if (latest === undefined || !isAgreed(text, latest.version))
    return latest === undefined ? [] : [latest.said, ...assents];
  const agreed = text.agreed?.assents.flatMap(wordsOfAssent).map((one) => one.eventId) ?? [];
  return assents.filter((one) => !agreed.includes(one.eventId));
}

/** What a new version takes the place of, for good: the one on the table, and what was said of it. */
export function onTheTable(text: VersionedText): readonly Said[] {
  return [...standing(text), ...text.withdrawals];
}

/** The next version of the text. Where the words are not held, their hash alone can be given. */
export function newVersion(
  command: On<NewVersion>,
  text: VersionedText,
  isOnTable = true,
): Decision<TextRefusal> {
  const { contentHash, languages, authentic = [] } = command.event.data;
  if (contentHash === undefined) {
    return refuse(
      'WORDS_REQUIRED',
      'Give the words in "texts"; where they are not held, "contentHash" alone.',
    );
  }
  const missing = authentic.filter((one) => languages.length > 0 && !languages.includes(one));
  if (missing.length > 0) {
    return refuse(
      'AUTHENTIC_WITHOUT_TEXT',
      `The text is said to be authentic in ${missing.join(', ')}, but has words only in ${languages.join(', ')}.`,
    );
  }
  const latest = latestOf(text);
  if (latest !== undefined && isOnTable && isRepeat(command, latest)) return nothing;
  const replaced = onTheTable(text);
  const stands = ownWordStands(command.act, standing(text));
  if (stands !== undefined) return stands;
  const data = { ...command.event.data, version: (latest?.version ?? 0) + 1 };
  return accept(ending({ ...command.event, data }, ...replaced));
}

/** The version that the act names, if it is the one on the table. */
function onTable({ version, contentHash }: Naming, text: VersionedText): Version | Refused {
  const latest = latestOf(text);
  if (latest === undefined)
    return refuse('VERSION_UNKNOWN', 'No version is on the table yet: table one first.');
  if (!text.versions.some((one) => one.version === version)) {
    return refuse('VERSION_UNKNOWN', `There is no version ${version}; the latest is ${latest.version}.`);
  }
  if (version !== latest.version) {
    return refuse(
      'VERSION_SUPERSEDED',
      `Version ${version} is superseded by version ${latest.version}: read that one, and assent to it if you will.`,
    );
  }
  return contentHash === latest.contentHash
    ? latest
    : refuse(
        'TEXT_MISMATCH',
        `Version ${version} has the hash ${latest.contentHash}, not ${contentHash}: read it again.`,
      );
}

/**
 * Both sides' full assents to one hash are an agreement: a consequence, no party's own act. Where a side has now said
 * itself what was attributed to it, it follows once more, and stands whatever becomes of what was attributed.
 */
function agreeing(
  { act }: CommandBase,
  text: VersionedText,
  version: Version,
  own: readonly Rest[],
  agreedType: string,
): readonly Decided[] {
  const other = text.assents.find((one) => one.said.party !== act.party);
  if (other === undefined || !isFull(other)) return [];
  const rests = [...wordsOfAssent(other).map(restOnSaid), ...own];
  // The text itself is what was agreed; that it was tabled by one side, or by whom, has no bearing on the basis.
  const restsOn = [...rests.map((one) => one.id), version.said.eventId];
  const { contentHash, irritantIds } = version;
  const data = { version: version.version, contentHash, irritantIds, basis: basisOf(rests), restsOn };
  return [{ type: agreedType, data, content: {}, derivedFrom: rests, restsOn: [version.said.eventId] }];
}

/** What is there already is said once more only where an agreement follows from it that is not there. */
function addsNothing(isThere: boolean, text: VersionedText, { version }: Version, follows: object[]) {
  return isThere && (follows.length === 0 || isAgreed(text, version));
}

export function giveAssent(
  command: On<Naming & { readonly adReferendum: boolean }>,
  text: VersionedText,
  agreedType: string,
): Decision<TextRefusal> {
  const version = onTable(command.event.data, text);
  if ('refused' in version) return version;
  const own = assentOf(text, command.act.party);
  const { adReferendum } = command.event.data;
  // What somebody else records in a party's name never goes further than that party itself has gone.
  if (own !== undefined && !replaces(own, command.act)) return nothing;
  const isThere = own !== undefined && alreadySaid([own.said], command.act) && (isFull(own) || adReferendum);
  const stillAwaitsCapital = adReferendum && own?.confirmed === undefined;
  const confirmation = own?.confirmed === undefined || !adReferendum ? [] : [restOnSaid(own.confirmed)];
  const follows = stillAwaitsCapital
    ? []
    : agreeing(command, text, version, [restOnThis(command), ...confirmation], agreedType);
  if (addsNothing(isThere, text, version, [...follows])) return nothing;
  const takenBack = text.withdrawals.find((one) => one.party === command.act.party);
  const stands = ownWordStands(command.act, [takenBack]);
  if (stands !== undefined) return stands;
  const event = ending(restingOn(command.event, version.said), own?.said, takenBack);
  return accept(event, ...follows);
}

export function confirmAssent(
  command: On<Naming>,
  text: VersionedText,
  agreedType: string,
): Decision<TextRefusal> {
  const version = onTable(command.event.data, text);
  if ('refused' in version) return version;
  const own = assentOf(text, command.act.party);
  if (own === undefined) {
    return refuse('NO_ASSENT', `${command.act.party} has not assented to version ${version.version}.`);
  }
  if (!own.adReferendum) return nothing;
  const rests = [restOnSaid(own.said), restOnThis(command)];
  const follows = agreeing(command, text, version, rests, agreedType);
  const isThere = own.confirmed !== undefined && alreadySaid([own.confirmed], command.act);
  if (addsNothing(isThere, text, version, [...follows])) return nothing;
  const event = ending(restingOn(command.event, own.said, version.said), own.confirmed);
  return accept(event, ...follows);
}

export function withdrawAssent(
  command: On<{ readonly version: number }>,
  text: VersionedText,
): Decision<TextRefusal> {
  const { version } = command.event.data;
  const { party } = command.act;
  if (isAgreed(text, version)) {
    return refuse(
      'VERSION_AGREED',
      `Version ${version} is agreed: it is terminated or amended, never un-assented.`,
    );
  }
  const latest = latestOf(text);
  const tabled = onTable({ version, contentHash: latest?.contentHash ?? '' }, text);
  if ('refused' in tabled) return tabled;
  const own = assentOf(text, party);
  if (own !== undefined) {
    const words = wordsOfAssent(own);
    return ownWordStands(command.act, words) ?? accept(restingOn(command.event, ...words));
  }
  return hasSaid(text.withdrawals, party)
    ? nothing
    : refuse(
        'NO_ASSENT',
        `${party} has not assented to version ${version}, so there is nothing to withdraw.`,
      );
}

/** One side ends what both had agreed on, for itself and in its own name: nobody's assent is undone by that. */
export function terminate(
  command: On<object>,
  text: VersionedText,
  terminatedBy: readonly Said[],
): Decision<TextRefusal> {
  if (alreadySaid(terminatedBy, command.act)) return nothing;
  const { agreed } = text;
  if (agreed === null) {
    return ownWordStands(command.act, standing(text)) ?? accept(ending(command.event, ...onTheTable(text)));
  }
  const words = agreed.assents.flatMap(wordsOfAssent);
  return (
    ownWordStands(command.act, words) ??
    accept(ending(restingOn(command.event, agreed.said), agreed.said, ...words))
  );
}
