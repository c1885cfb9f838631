import { LedgerFault, paths, verifyBundle, verifyMirror } from '#libs/ledger';
import type {
  BundleSummary,
  Crypto,
  FileReader,
  Leaf,
  LogNews,
  MirrorSummary,
  Payload,
  Trust,
  Trusted,
} from '#libs/ledger';
import { counted, entries } from './counted.js';

/** How a check ended: 0 all is there and right, 1 something is wrong, 2 it is right as far as it is there. */
export interface Verdict {
  readonly code: 0 | 1 | 2;
  /** Sentences for people, the verdict first. */
  readonly lines: readonly string[];
}

type OnProgress = (leaves: number, size: number) => void;

/** What is checked of a whole log beyond its entries being those that were signed. */
export interface FurtherCheck {
  /** Each entry in its turn. */
  entry(leaf: Leaf, payload: Payload | undefined): void;
  /** Once all of them are known to be those that were signed. */
  verdict(trusted: Trusted): Promise<Verdict>;
  /** What is said where there is the history of one stream only. */
  readonly needsWhole: string;
}

interface Also {
  readonly onProgress?: OnProgress;
  readonly further?: FurtherCheck;
}

/** What has a manifest is the history of one stream, else it is a whole log. An archive is looked through as it is opened. */
export async function verified(
  crypto: Crypto,
  open: () => FileReader,
  trust: Trust,
  { onProgress, further }: Also = {},
): Promise<Verdict> {
  try {
    const files = open();
    if ((await files.read(paths.manifest)) !== undefined)
      return joined(verdictOfBundle(await verifyBundle(crypto, files, trust)), further && unwhole(further));
    const summary = await verifyMirror(crypto, files, {
      ...trust,
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(further === undefined ? {} : { onEntry: (leaf, payload) => further.entry(leaf, payload) }),
    });
    return joined(
      verdictOfLog(summary, trust, further !== undefined),
      await further?.verdict(summary.trusted),
    );
  } catch (error) {
    if (error instanceof LedgerFault) return { code: 1, lines: [wrong(error)] };
    throw error;
  }
}

function unwhole({ needsWhole }: FurtherCheck): Verdict {
  return { code: 2, lines: [`Not complete: ${needsWhole}.`] };
}

/** What is worse is said first; of entries alone it is right that they are those that were signed. */
function joined(entriesAlone: Verdict, further: Verdict | undefined): Verdict {
  if (further === undefined) return entriesAlone;
  const code = ([1, 2, 0] as const).find((one) => one === entriesAlone.code || one === further.code) ?? 0;
  const isWorse = further.code === 1 || (further.code === 2 && entriesAlone.code === 0);
  if (!isWorse) return { code, lines: [...entriesAlone.lines, ...further.lines] };
  const [first = '', ...rest] = entriesAlone.lines;
  const right = first.replace(/^Right: /, 'What is there is right as entries of the log: ');
  return { code, lines: [...further.lines, right, ...rest] };
}

/** The first thing that is wrong, and where. */
export function wrong({ at, code, message }: LedgerFault): string {
  return `Wrong${at === undefined ? '' : ` at #${at}`} (${code}): ${message}`;
}

/** `lacking`: what has to be had from somewhere else before all is known to be right. */
function verdict(
  lacking: readonly (string | undefined)[],
  right: string,
  more: readonly (string | undefined)[],
): Verdict {
  const lines = more.filter((line) => line !== undefined);
  const missing = lacking.filter((line) => line !== undefined);
  if (missing.length === 0) return { code: 0, lines: [`Right: ${right}.`, ...lines] };
  const first = missing.map((one) => `Not complete: ${one}.`);
  return { code: 2, lines: [...first, `What is there is right: ${right}.`, ...lines] };
}

function withheldWords(withheld: number): string | undefined {
  return withheld === 0
    ? undefined
    : `${counted(withheld, 'entry is', 'entries are')} not wholly there: payloads or words are withheld`;
}

const keysNamed = 8;

/** By which keys, so that they can be held against what the parties say of theirs. */
function keysInWords(keysOfRecord: readonly string[]): string {
  const more = keysOfRecord.length - keysNamed;
  return `${keysOfRecord.slice(0, keysNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** Whoever names keys of a party takes no other one for it: the operator could have registered that. */
function otherKeys({ keysOfRecord }: MirrorSummary, { partyKeys }: Trust): string | undefined {
  const named = new Set(partyKeys?.actKeys.values());
  const others = keysOfRecord.filter((line) => named.has(line.split(' ')[1] ?? ''));
  if (others.length === 0) return undefined;
  return `parties of which your file of keys names keys have signed with others (${keysInWords(others)}): ask each whether they are its own, and add them to the file if so`;
}

function verdictOfLog(summary: MirrorSummary, trust: Trust, isByTheRules: boolean): Verdict {
  const { size, withheld, erased, trusted, signedActs } = summary;
  const { trusted: own, byRecordAlone, unjudged } = signedActs;
  const { origin } = trusted.checkpoint;
  const acts = [
    own === 0 ? undefined : `${counted(own, 'act is', 'acts are')} signed with keys that you vouch for.`,
    byRecordAlone === 0
      ? undefined
      : `${counted(byRecordAlone, 'act is', 'acts are')} signed with keys that the record alone vouches for (${keysInWords(summary.keysOfRecord)})${trust.partyKeys === undefined ? ': give what you know of the parties’ keys with --keys' : ', and your file of keys does not'}.`,
    unjudged === 0
      ? undefined
      : `${counted(unjudged, 'signature', 'signatures')} could not be judged, as payloads are withheld.`,
    own + byRecordAlone + unjudged === 0 ? 'No act is signed by a party.' : undefined,
    summary.void === 0
      ? undefined
      : `${counted(summary.void, 'act lacks', 'acts lack')} the signature of the party, and the log says itself that nothing of that counts.`,
  ];
  const right = `${entries(size)} of ${origin}, from the first one on, none missing`;
  const drawn = isByTheRules ? undefined : unjudgedConclusions(summary.conclusions);
  const news = summary.news.map((one) => newsInWords(one, origin));
  const lacking = [withheldWords(withheld), otherKeys(summary, trust)];
  return verdict(lacking, right, [vouched(trusted), ...news, ...acts, drawn, gone(erased)]);
}

/** Whoever holds the key of the log could have made one up. */
function unjudgedConclusions(count: number): string | undefined {
  if (count === 0) return undefined;
  const [which, each] =
    count === 1 ? ['entry is a conclusion', 'it follows'] : ['entries are conclusions', 'each follows'];
  return `${count} ${which} that the server drew: whether ${each} from what was said, and none is missing, “entente verify --rules” checks.`;
}

function verdictOfBundle({ trusted, stream, withheld, erased, signed, ...of }: BundleSummary): Verdict {
  const { origin, size } = trusted.checkpoint;
  const right = `${entries(of.entries)} of ${stream} in ${origin}, in their order and without a gap, and the report says what they say`;
  const tail = `That nothing of ${stream} follows the last one, up to the ${entries(size)} of the log, is not proven by a bundle: the whole log shows it.`;
  const signatures = `Whether a party signed what stands in its name${signed === 0 ? '' : `, as ${counted(signed, 'entry says', 'entries say')},`} is not judged of a bundle: whose keys were in force the whole log shows.`;
  return verdict([withheldWords(withheld)], right, [tail, vouched(trusted), signatures, gone(erased)]);
}

/** What the log says of itself, and what of it could be checked. */
function newsInWords(news: LogNews, origin: string): string {
  const says = `#${news.seq} says that`;
  switch (news.of) {
    case 'keys': {
      const { keys, ended } = news;
      const over = ended.length === 0 ? '' : `, and ${ended.join(' and ')} no more`;
      return `${says} the key of the log was changed: ${keys.join(' and ')} ${keys.length === 1 ? 'signs' : 'sign'} from there on${over}.`;
    }
    case 'loss':
      return `${says} the guard file was lost: that ${entries(news.size)} were signed, only the operator’s store knew, and they are the same here.`;
    case 'anew':
      return `${says} the log began anew. As ${news.origin} it had signed ${entries(news.size)}, and ${
        news.kept
          ? 'all of them are here'
          : 'not all of them are here: a copy of that log shows what is missing'
      }. What is here is vouched for as ${origin}.`;
    case 'unknown':
      return `#${news.seq} is a ${news.type}, whose data is withheld: what the log says of itself there can’t be told.`;
  }
}

function gone(erased: number): string | undefined {
  return erased === 0
    ? undefined
    : `The words of ${entries(erased)} are erased, as an event of the log says.`;
}

/** Who has seen the checkpoint, and when. */
function vouched({ log, witnesses }: Trusted): string {
  const at = (time: number | undefined) =>
    time === undefined || time === 0
      ? ''
      : ` at ${new Date(time * 1000).toISOString().replace('.000Z', 'Z')}`;
  const logTime = log.find(({ time }) => time !== undefined)?.time;
  if (witnesses.length === 0)
    return `The log signed it${at(logTime)}; only the operator vouches that nobody was shown another history.`;
  const names = witnesses.map(({ name, verified: { time } }) => `${name}${at(time)}`);
  return `The log signed it${at(logTime)}; countersigned by ${names.join(', ')}.`;
}
