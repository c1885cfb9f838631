import {
  accept,
  alreadySaid,
  basisOf,
  hasSaid,
  nothing,
  refuse,
  restOnSaid,
  restOnThis,
} from '#libs/decider';
import type { CommandBase, Decided, Decision, Rest } from '#libs/decider';
import { assentOf, isFull, latestOf, replaces } from './text.js';
import type { Assent, Version, VersionedText } from './text.js';

export type TextRefusal =
  | 'WORDS_REQUIRED'
  | 'AUTHENTIC_WITHOUT_TEXT'
  | 'VERSION_UNKNOWN'
  | 'VERSION_SUPERSEDED'
  | 'TEXT_MISMATCH'
  | 'NO_ASSENT'
  | 'VERSION_AGREED';

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

/** The same version once more, by the same side: nothing that was not there is proposed. */
function isRepeat(command: On<NewVersion>, latest: Version): boolean {
  const { version: _, ...data } = command.event.data;
  const there = latest as unknown as { readonly [field: string]: unknown };
  const same = Object.entries(data).every(
    ([field, value]) => value === undefined || JSON.stringify(value) === JSON.stringify(there[field]),
  );
  return same && latest.said.party === command.act.party;
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
  const data = { ...command.event.data, authentic, version: (latest?.version ?? 0) + 1 };
  return accept({ ...command.event, data });
}

/** The version that the act names, if it is the one on the table. */
function onTable(
  { version, contentHash }: Naming,
  text: VersionedText,
): Version | Extract<Decision<TextRefusal>, { refused: TextRefusal }> {
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

/** What an assent rests on: the word itself and, ad referendum, that of the capital. */
function restsOf({ said, confirmed }: Assent): readonly Rest[] {
  return confirmed === undefined ? [restOnSaid(said)] : [restOnSaid(said), restOnSaid(confirmed)];
}

/**
 * Both sides' full assents to one hash are an agreement: a consequence, no party's own act. Where it rested on what was
 * attributed and each side has now spoken itself, it follows once more, on the better ground.
 */
function agreeing(
  command: On<Naming>,
  text: VersionedText,
  own: readonly Rest[],
  agreedType: string,
): readonly Decided[] {
  const other = text.assents.find((one) => one.said.party !== command.act.party);
  const { version, contentHash } = command.event.data;
  if (other === undefined || !isFull(other)) return [];
  const rests = [...restsOf(other), ...own];
  const basis = basisOf(rests);
  const stands = text.agreed?.version === version ? text.agreed.basis : undefined;
  if (stands === 'direct' || stands === basis) return [];
  // The text itself is what was agreed; that it was tabled by one side, or by whom, has no bearing on the basis.
  const tabling = text.versions.find((one) => one.version === version)?.said.eventId;
  const restsOn = [...rests.map((one) => one.id), ...(tabling === undefined ? [] : [tabling])];
  const data = { version, contentHash, basis, restsOn };
  return [{ type: agreedType, data, content: {}, derivedFrom: rests }];
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
  if (isThere) return nothing;
  const stillAwaitsCapital = adReferendum && own?.confirmed === undefined;
  const confirmation = own?.confirmed === undefined || !adReferendum ? [] : [restOnSaid(own.confirmed)];
  const follows = stillAwaitsCapital
    ? []
    : agreeing(command, text, [restOnThis(command), ...confirmation], agreedType);
  return accept(command.event, ...follows);
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
  if (own.confirmed !== undefined && alreadySaid([own.confirmed], command.act)) return nothing;
  const rests = [restOnSaid(own.said), restOnThis(command)];
  return accept(command.event, ...agreeing(command, text, rests, agreedType));
}

export function withdrawAssent(
  command: On<{ readonly version: number }>,
  text: VersionedText,
): Decision<TextRefusal> {
  const { version } = command.event.data;
  const { party } = command.act;
  if (text.agreed?.version === version) {
    return refuse(
      'VERSION_AGREED',
      `Version ${version} is agreed: it is terminated or amended, never un-assented.`,
    );
  }
  const latest = latestOf(text);
  const tabled = onTable({ version, contentHash: latest?.contentHash ?? '' }, text);
  if ('refused' in tabled) return tabled;
  if (assentOf(text, party) !== undefined) return accept(command.event);
  return hasSaid(text.withdrawals, party)
    ? nothing
    : refuse(
        'NO_ASSENT',
        `${party} has not assented to version ${version}, so there is nothing to withdraw.`,
      );
}
