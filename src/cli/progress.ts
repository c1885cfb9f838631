import { realElapsed } from '../platform/record/clock.js';

/** As much of a stream as a bar needs. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const cells = 30;
const drawnEveryMs = 100;

/** A bar on a terminal, and nothing in a file or pipe. */
export class Progress {
  #drawnAt = 0;
  #isShown = false;

  constructor(
    private readonly what: string,
    private readonly screen: Screen = process.stderr,
    private readonly now: () => number = realElapsed,
  ) {}

  /** Ready to be handed on as a function. */
  readonly told = (done: number, all: number): void => {
    if (this.screen.isTTY !== true || (done < all && this.now() - this.#drawnAt < drawnEveryMs)) return;
    this.#drawnAt = this.now();
    this.#isShown = true;
    const share = all === 0 ? 1 : done / all;
    const bar = '█'.repeat(Math.floor(share * cells)).padEnd(cells, '░');
    const count = `${done.toLocaleString('en')} of ${all.toLocaleString('en')}`;
    this.screen.write(`\r\u001b[K${this.what} ${bar} ${Math.floor(share * 100)} % ${count}`);
  };

  /** Takes the bar away, so that what is said next stands alone. */
  end(): void {
    if (this.#isShown) this.screen.write('\r\u001b[K');
    this.#isShown = false;
  }
}
