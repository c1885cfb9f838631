import type { PlayedLog } from './played-log.js';

/** What is not as the rules say: the place in the log, and a sentence of it. */
export interface RuleFinding {
  readonly at: number;
  readonly says: string;
}

/** What a log has otherwise than by the rules, in sentences. */
export class RuleFindings {
  readonly #all: RuleFinding[] = [];
  /** Kinds of event that were found missing, by stream: of a kind, one in a stream is enough to be said. */
  readonly #missing = new Set<string>();

  constructor(private readonly log: Pick<PlayedLog, 'at'>) {}

  /** In the order of the log. */
  get all(): readonly RuleFinding[] {
    return this.#all.toSorted((one, other) => one.at - other.at);
  }

  add(at: number, says: string): void {
    this.#all.push({ at, says });
  }

  strange(at: number, type: string): void {
    this.add(at, `${type} does not follow from anything before it.`);
  }

  /** It follows, and some parts of it are others than what follows; none is no finding. */
  other(at: number, type: string, cause: number, parts: readonly string[]): void {
    const says = `follows from #${cause}, but not as it stands here: by the rules it has another`;
    if (parts.length > 0) this.add(at, `${type} ${says} ${parts.join(', ')}.`);
  }

  missing(stream: string, type: string, from: number): void {
    const key = `${stream} ${type}`;
    if (this.#missing.has(key)) return;
    this.#missing.add(key);
    const { type: cause = '' } = this.log.at(from)?.event ?? {};
    this.add(from, `from this ${cause} follows ${type} in ${stream}, and it is missing.`);
  }
}
