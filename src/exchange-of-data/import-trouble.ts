import { Unavailable } from '#libs/event-store';

/** Tells the log why imports wait: once for each reason, however often it is tried again, until they go on. */
export class Trouble {
  readonly #told = new Set<string>();

  constructor(private readonly report: (words: string, error: unknown) => void) {}

  tell(error: unknown): void {
    const name = error instanceof Error ? error.name : 'unknown';
    if (this.#told.has(name)) return;
    this.#told.add(name);
    // What passes by itself needs no trace of the program.
    if (error instanceof Unavailable)
      this.report(`Imports wait, and go on by themselves: ${error.message}`, undefined);
    else this.report('An import could not go on; it is tried again each second.', error);
  }

  over(): void {
    this.#told.clear();
  }
}
