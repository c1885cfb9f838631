import { ref } from '../../src/demo/step.js';
import type { Collection, Fields, Step } from '../../src/demo/step.js';

/** A public dispute as a secretariat of neither side enters it, and what those who know it would expect to read. */
export interface Dispute {
  readonly name: string;
  readonly make: string;
  readonly parties: readonly [string, string];
  /** The first opens the dialogue, and its label is that of the dialogue. */
  readonly steps: readonly Step[];
  readonly known: readonly Known[];
  /** What happened, is publicly known, and can't be said in the record: it is left out there and told here. */
  readonly gaps: readonly Gap[];
}

/** In words; and where somebody would try it all the same, the act, the code by which it is refused, and at which field. */
export type Gap =
  string | { readonly says: string; readonly refused: readonly [act: Step, code: string, at?: string] };

/** The label of its dialogue, by which one dispute is told from another. */
export function labelOf({ steps }: Dispute): string {
  const [opening] = steps;
  if (opening === undefined) throw new Error('A dispute begins with its dialogue.');
  return opening.as;
}

export function saidOf(gap: Gap): string {
  return typeof gap === 'string' ? gap : gap.says;
}

/** One irritant as it stands at the end. */
export interface Known {
  readonly irritant: string;
  readonly stage: string;
  readonly overlays?: readonly string[];
  readonly positions?: { readonly [party: string]: string };
  /** What is owed, and by whom. */
  readonly awaiting?: readonly (readonly [what: string, from: string])[];
  /** What has become of each claim, in their order. */
  readonly claims?: readonly string[];
  /** Where it stood, counting only what had happened by then. */
  readonly earlier: readonly (readonly [by: string, stage: string])[];
}

/** What one party said, by one thing that it issued. */
export interface Voice {
  creates(collection: Collection, as: string, occurred: string, body: Fields): Step;
  raises(as: string, occurred: string, body: Fields): Step;
  does(on: string, act: string, occurred: string, body?: Fields, as?: string): Step;
}

const inSummary = { wording: [{ as: 'summary' }] };

/** A dialogue kept by a secretariat: all words are its own summaries, and each act of a party cites what it issued. */
export function telling(dialogue: string, parties: readonly [string, string]) {
  const dialogueId = ref(dialogue);
  const cite = (source: string) => ({ ...inSummary, sources: [{ sourceId: ref(source) }] });
  return {
    opens(keyPrefix: string, name: string): Step {
      return {
        as: dialogue,
        create: 'dialogues',
        body: { parties, keyPrefix, series: 'Disputes replayed', name: { en: name } },
      };
    },
    /** Cited and not held. What neither party issued has its issuer by name alone. */
    cited(
      as: string,
      kind: string,
      issuers: readonly string[],
      date: string,
      title: string,
      by: string,
    ): Step {
      const named = { title, citation: `${by}, ${date}`, issuerName: by };
      return {
        as,
        create: 'sources',
        body: { dialogueId, kind, issuers, lang: 'en', date, held: false, ...named },
      };
    },
    voice(party: string, source: string): Voice {
      const word = { ...cite(source), party };
      const respondents = parties.filter((one) => one !== party);
      const raising = { raisers: [party], respondents, raisedBasis: 'stated' };
      const creates = (collection: Collection, as: string, occurred: string, body: Fields): Step => ({
        as,
        create: collection,
        body: { ...word, occurred, dialogueId, ...body },
      });
      return {
        creates,
        raises: (as, occurred, body) => creates('irritants', as, occurred, { ...raising, ...body }),
        does: (on, act, occurred, body = {}, as = `${on}/${act}/${party}/${occurred}`) => ({
          as,
          on,
          act,
          body: { ...word, occurred, ...body },
        }),
      };
    },
    /** On record, and nobody says who raised it. */
    onRecord(as: string, source: string, occurred: string, body: Fields): Step {
      const nobodys = { raisers: [], respondents: parties, raisedBasis: 'first-recorded' };
      return {
        as,
        create: 'irritants',
        body: { ...cite(source), occurred, dialogueId, ...nobodys, ...body },
      };
    },
    /** What somebody else is said to be in it, or says of it: it bears on no stage. */
    third(
      act: 'assert-third-party-role' | 'record-commentary',
      source: string,
      occurred: string,
      body: Fields,
    ) {
      const as = `${act}/${source}/${occurred}`;
      return { as, on: dialogue, act, body: { ...cite(source), occurred, ...body } } satisfies Step;
    },
    alias(party: string, alias: string): Step {
      return {
        as: `alias/${alias.replaceAll(' ', '-')}`,
        on: dialogue,
        act: 'record-party-alias',
        body: { party, alias },
      };
    },
  };
}

/** A text that one side says was agreed, and that the other holds as well: the very same, or in words of its own. */
export function held(
  on: string,
  as: string,
  [claims, claimed]: readonly [Voice, occurred: string],
  [confirms, confirmed]: readonly [Voice, occurred: string],
  { kind, text, inOwnWords }: { readonly kind: string; readonly text: string; readonly inOwnWords?: string },
): readonly Step[] {
  const answer: Fields =
    inOwnWords === undefined ? { mode: 'same-text' } : { mode: 'own-words', text: { en: inOwnWords } };
  return [
    claims.does(on, 'claim', claimed, { kind, text: { en: text } }, as),
    confirms.does(on, `claims/{${as}}/confirm`, confirmed, answer),
  ];
}

/** A position of that side, in the secretariat's words. */
export function takes(voice: Voice, on: string, occurred: string, stance: string, en: string): Step {
  return voice.does(on, 'state-position', occurred, { stance, text: { en } });
}
