import { Subject, filter, map, startWith, take, type Observable } from 'rxjs';

/** Tells everyone that some checkpoint or state has moved; each looks for itself whether that is what it waits for. */
export class Progress {
  readonly #moved = new Subject<void>();

  notify(): void {
    this.#moved.next();
  }

  /** Ends all waiting; an `until` that has not come true completes without a value. */
  end(): void {
    this.#moved.complete();
  }

  /** Emits once, as soon as the condition holds: at once where it holds already. */
  until(condition: () => boolean): Observable<true> {
    return this.#moved.pipe(
      startWith(undefined),
      filter(condition),
      take(1),
      map(() => true as const),
    );
  }
}
