import {
  accept,
  alreadySaid,
  basisOf,
  contradicting,
  ending,
  hasSaid,
  isOwnWord,
  nothing,
  ownWordStands,
  refuse,
  restingOn,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { CommandBase, Decided, Rest, Said } from '#libs/decider';
import { onTheTable, standing } from './tabling.js';
import type { Naming, On } from './terms.js';
import { assentOf, isAgreed, isFull, latestOf, replaces, wordsOfAssent } from './text.js';
import type { Assent, Version, VersionedText } from './text.js';

/** The version that the act names, if it is the one on the table. */
function latestIs(version: number, text: VersionedText) {
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
  return latest;
}

function onTable({ version, contentHash }: Naming, text: VersionedText) {
  const latest = latestIs(version, text);
  return 'refused' in latest || contentHash === latest.contentHash
    ? latest
    : refuse(
        'TEXT_MISMATCH',
        `Version ${version} has the hash ${latest.contentHash}, not ${contentHash}: read it again.`,
      );
}

/** The text itself is what was agreed; that it was tabled by one side, or by whom, has no bearing on the basis. */
function agreement(version: Version, rests: readonly Rest[], agreedType: string): Decided {
  const { contentHash, irritantIds, said } = version;
  const restsOn = [...rests.map((one) => one.id), said.eventId];
  const data = { version: version.version, contentHash, irritantIds, basis: basisOf(rests), restsOn };
  return { type: agreedType, data, content: {}, derivedFrom: rests, restsOn: [said.eventId] };
}

/** The agreement that the assents as they stand make, where nothing says yet that they do. */
export function agreementDue(text: VersionedText, agreedType: string): readonly Decided[] {
  const version = latestOf(text);
  const full = text.assents.filter(isFull);
  if (version === undefined || isAgreed(text, version.version) || full.length < 2) return [];
  return [agreement(version, full.flatMap(wordsOfAssent).map(restOnSaid), agreedType)];
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
  return [agreement(version, [...wordsOfAssent(other).map(restOnSaid), ...own], agreedType)];
}

/** What is there already is said once more only where an agreement follows from it that is not there. */
function addsNothing(isThere: boolean, text: VersionedText, { version }: Version, follows: object[]) {
  return isThere && (follows.length === 0 || isAgreed(text, version));
}

export function giveAssent(
  command: On<Naming & { readonly adReferendum: boolean }>,
  text: VersionedText,
  agreedType: string,
) {
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
  const stands = ownWordStands(command.act, takenBack);
  if (stands !== undefined) return stands;
  // It answers what the other side took back as well: nobody can later make that unsaid, and agreed.
  const event = ending(restingOn(command.event, version.said), own?.said, ...text.withdrawals);
  return accept(event, ...follows);
}

export function confirmAssent(command: On<Naming>, text: VersionedText, agreedType: string) {
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
  const event = ending(restingOn(command.event, own.said, version.said), own.confirmed, ...text.withdrawals);
  return accept(event, ...follows);
}

/** The assents to that version: those that made it agreed, or that stand while it is on the table. */
function assentsIn(text: VersionedText, version: number): readonly Assent[] {
  if (isAgreed(text, version)) return text.agreed?.assents ?? [];
  return latestOf(text)?.version === version ? text.assents : [];
}

/**
 * The words by which the party that now speaks itself assented in its name alone; none where its capital confirmed it, or
 * where it was its own word.
 */
export function assentInName(command: CommandBase, assent: Assent | undefined): readonly Said[] {
  const words = assent === undefined ? [] : wordsOfAssent(assent);
  return isOwnWord(command, words.at(-1)) ? words.filter((one) => isOwnWord(command, one)) : [];
}

/** What was assented to in a party's name alone it takes back itself even after it was agreed: it never agreed. */
export function withdrawAssent(command: On<{ readonly version: number }>, text: VersionedText) {
  const { version } = command.event.data;
  const { party } = command.act;
  const inName = assentInName(
    command,
    assentsIn(text, version).find((one) => one.said.party === party),
  );
  if (inName.length > 0)
    return accept(ending(command.event, ...inName), ...contradicting(command, ...inName));
  if (isAgreed(text, version)) {
    return refuse(
      'VERSION_AGREED',
      `Version ${version} is agreed: it is terminated or amended, never un-assented.`,
    );
  }
  const latest = latestIs(version, text);
  if ('refused' in latest) return latest;
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
export function terminate(command: On<object>, text: VersionedText, terminatedBy: readonly Said[]) {
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
