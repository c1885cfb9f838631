import { saidView, since, toldView } from '#libs/decider';
import type { Said, WordsOf } from '#libs/decider';
import { assentOf, isFull, latestOf } from './text.js';
import type { Agreement, Assent, Version, VersionedText } from './text.js';

function versionView<V extends Version>({ said, ...version }: V, wordsOf: WordsOf) {
  return { ...version, ...toldView(said, wordsOf) };
}

function assentView({ said, adReferendum, confirmed }: Assent) {
  return {
    ...saidView(said),
    adReferendum,
    confirmed: confirmed === undefined ? null : saidView(confirmed),
  };
}

/** The versions, and who assented to the latest one or took its assent back; `version` is 0 before the first. */
export function textView<V extends Version>(text: VersionedText<V>, wordsOf: WordsOf) {
  return {
    version: latestOf(text)?.version ?? 0,
    versions: text.versions.map((one) => versionView(one, wordsOf)),
    assents: text.assents.map(assentView),
    withdrawals: text.withdrawals.map((one) => toldView(one, wordsOf)),
  };
}

export function agreementView({ version, contentHash, basis, said, assents }: Agreement) {
  return { version, contentHash, basis, assents: assents.map(assentView), ...saidView(said) };
}

/** By whom an agreed text was terminated, and since when; null while nobody has. */
export function terminationView(terminatedBy: readonly Said[]) {
  const [first] = terminatedBy;
  return first === undefined ? null : { by: terminatedBy.map((one) => one.party ?? ''), since: since(first) };
}

export interface AwaitedOnText {
  readonly what: 'assent' | 'confirmation-by-capital';
  readonly from: string;
  /** When the word came that waits for an answer: EDTF as claimed, or the recorded instant. */
  readonly since: string;
}

/** What the version on the table waits for: the assents that are missing, and the capitals' words. */
export function awaitedOn(text: VersionedText, parties: readonly string[]): readonly AwaitedOnText[] {
  const latest = latestOf(text);
  if (latest === undefined || text.agreed?.version === latest.version) return [];
  return parties.flatMap((from): AwaitedOnText[] => {
    const own = assentOf(text, from);
    if (own !== undefined) {
      return isFull(own) ? [] : [{ what: 'confirmation-by-capital', from, since: since(own.said) }];
    }
    const other = text.assents.find((one) => one.said.party !== from);
    // Whoever tabled a version is waited for only once the other side has assented to it.
    if (latest.said.party === from)
      return other === undefined ? [] : [{ what: 'assent', from, since: since(other.said) }];
    return [{ what: 'assent', from, since: since(latest.said) }];
  });
}
