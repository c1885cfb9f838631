/** One line of a table: the same thing measured of the product and of its reference, turn by turn. */
export interface Figure {
  readonly what: string;
  /** The ratio that is promised; absent where nothing is. */
  readonly wanted?: number;
  /** Higher is better, unless it is a cost. */
  readonly cost?: true;
  readonly product: readonly number[];
  readonly reference: readonly number[];
}

export interface Run {
  /** Where files of a measurement lie; gone with the run. */
  readonly folder: string;
  /** For the Node of the product. */
  readonly options: string;
  readonly rounds: number;
  /** 1 for a full run, less for a quick one: by it the number of requests and events is multiplied. */
  readonly share: number;
  /** How many events the data sets have, the smallest first. */
  readonly sizes: readonly number[];
  /** Says on the way what is measured. */
  readonly say: (words: string) => void;
}

/** So many connections or entries as are named, in a short share fewer: what is measured then is only whether it works. */
export const inShare = (count: number, { share }: Pick<Run, 'share'>): number =>
  Math.max(2, Math.ceil(count * Math.min(1, share * 5)));

export function median(of: readonly number[]): number {
  const sorted = [...of].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The value below which so many of a hundred lie. */
export function percentile(of: readonly number[], percent: number): number {
  const sorted = [...of].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

/** Both in turn, each first every other time, so that whatever else the machine does falls on both. */
export async function alternate(
  rounds: number,
  product: (round: number) => Promise<number>,
  reference: (round: number) => Promise<number>,
): Promise<Pick<Figure, 'product' | 'reference'>> {
  const measured: { product: number[]; reference: number[] } = { product: [], reference: [] };
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) measured.product.push(await product(round));
    measured.reference.push(await reference(round));
    if (round % 2 === 1) measured.product.push(await product(round));
  }
  return measured;
}

export const ratiosOf = ({ product, reference }: Pick<Figure, 'product' | 'reference'>): readonly number[] =>
  product.map((one, at) => one / (reference[at] ?? Number.NaN));

function shown(of: readonly number[]): string {
  const digits = median(of) < 10 ? 2 : 0;
  return `${median(of).toFixed(digits)} (${Math.min(...of).toFixed(digits)}–${Math.max(...of).toFixed(digits)})`;
}

/** The table as text: medians, with the least and the most of all rounds. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((one) => {
    const ratio = ratiosOf(one);
    const wanted = one.wanted === undefined ? '' : `${one.cost ? '≤' : '≥'} ${one.wanted}`;
    return [one.what, shown(one.product), shown(one.reference), shown(ratio), wanted];
  });
  const all = [['what', 'product', 'reference', 'ratio', 'wanted'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
