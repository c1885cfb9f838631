export interface Turn {
  readonly ms: number;
  readonly during: string;
}

const keptMax = 5;

/** The CPU time of single turns of the event loop while requests are answered, in milliseconds. */
export class Turns {
  #longest: Turn[] = [];

  /** The longest first. */
  get longest(): readonly Turn[] {
    return this.#longest;
  }

  /** Looks at every turn until the work is done; `during` says what is asked. */
  async watch<T>(during: string, work: () => Promise<T>): Promise<T> {
    let isOver = false;
    let before = process.threadCpuUsage();
    const look = () => {
      if (isOver) return;
      const { user, system } = process.threadCpuUsage(before);
      this.#note({ ms: (user + system) / 1_000, during });
      before = process.threadCpuUsage();
      setImmediate(look);
    };
    setImmediate(look);
    try {
      return await work();
    } finally {
      isOver = true;
    }
  }

  #note(turn: Turn): void {
    if (turn.ms <= (this.#longest.at(keptMax - 1)?.ms ?? 0)) return;
    this.#longest = [...this.#longest, turn].sort((one, other) => other.ms - one.ms).slice(0, keptMax);
  }
}
