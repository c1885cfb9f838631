import { byLatestMoment } from '#libs/edtf';
import type {
  AwaitedKind,
  DialogueDocument,
  ExchangeDocument,
  IrritantDocument,
} from '../reading/documents.js';
import { isClosedStage } from '../irritants/irritant-stage.facts.js';

/** Something that waits for somebody's word: on the dialogue, on an irritant, or on one of its instruments. */
export interface Awaited {
  readonly what: AwaitedKind;
  readonly from: string;
  readonly since: string;
  readonly on: { readonly kind: string; readonly id: string };
  readonly [named: string]: unknown;
}

/** An instrument as the record shows it; what of it waits for a word is in `awaiting`. */
export interface Instrument {
  readonly kind: string;
  readonly id: string;
  readonly awaiting?: readonly Pick<Awaited, 'what' | 'from' | 'since'>[];
  readonly coverage?: ExchangeDocument['coverage'];
}

type CoverageByOne = ExchangeDocument['coverage'][number]['asserted'][number];

/** What is open on one irritant. Home, its page, the terminal and the briefing books all take it from here. */
export interface OpenPoints {
  /** The longest awaited first. */
  readonly awaited: readonly Awaited[];
  /** Notes that one side alone says to cover it: open, and no claim that anybody must answer. */
  readonly coverage: readonly CoverageByOne[];
  readonly flags: IrritantDocument['flags'];
}

function awaitedOn(kind: string, { id, awaiting = [] }: Omit<Instrument, 'kind'>): readonly Awaited[] {
  return awaiting.map((one) => ({ ...one, on: { kind, id } }));
}

function longestFirst(all: readonly Awaited[]): readonly Awaited[] {
  return all.toSorted((one, other) => byLatestMoment({ edtf: one.since }, { edtf: other.since }));
}

/** What waits for a word on the dialogue as a whole: it concerns no irritant. The longest awaited first. */
export function openOnDialogue(dialogue: DialogueDocument): readonly Awaited[] {
  return longestFirst(awaitedOn('dialogue', dialogue));
}

/** Of the instruments those that are linked with the irritant count. */
export function openOn(irritant: IrritantDocument, instruments: readonly Instrument[]): OpenPoints {
  const linked = instruments.filter(({ id }) => irritant.instruments.some((one) => one.id === id));
  const awaited = longestFirst([
    ...awaitedOn('irritant', irritant),
    ...linked.flatMap((one) => awaitedOn(one.kind, one)),
  ]);
  if (isClosedStage(irritant.stage)) return { awaited, coverage: [], flags: irritant.flags };
  const coverage = linked
    .flatMap((one) => one.coverage ?? [])
    .filter((one) => one.irritantId === irritant.id && !one.byBoth)
    .flatMap(({ asserted }) => asserted);
  return { awaited, coverage, flags: irritant.flags };
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** How much is open and what it is, in one sentence. */
export function openInWords({ awaited, coverage, flags }: OpenPoints): string {
  const from = [...Map.groupBy(awaited, (one) => one.from)].toSorted(([one], [other]) =>
    one.localeCompare(other),
  );
  const parts = [
    ...from.map(([party, words]) => `${counted(words.length, 'word', 'words')} awaited from ${party}`),
    ...(coverage.length === 0
      ? []
      : [
          counted(
            coverage.length,
            'assertion of coverage by one side alone',
            'assertions of coverage by one side alone',
          ),
        ]),
    ...(flags.length === 0 ? [] : [counted(flags.length, 'flag', 'flags')]),
  ];
  const count = awaited.length + coverage.length + flags.length;
  return count === 0 ? 'Nothing is open' : `${count} open: ${parts.join(', ')}`;
}
