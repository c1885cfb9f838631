import { pointer } from '#libs/problem-details';
import type { FieldError } from '#libs/problem-details';

export type Path = readonly (string | number)[];

/** Nobody mends more at once, and an answer must not grow with what was sent. */
const faultsMax = 50;
const stepMax = 60;

function shortened(step: string | number): string | number {
  return typeof step === 'string' && step.length > stepMax ? `${step.slice(0, stepMax)}…` : step;
}

/** What is wrong with one request: the first fault of each place, and no more places than are named. */
export class Faults {
  readonly #byPointer = new Map<string, FieldError>();
  #isFull = false;

  /** Whoever looks for more faults may stop. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get all(): FieldError[] {
    return [...this.#byPointer.values()];
  }

  add(path: Path, detail: string): void {
    const at = pointer(path.map(shortened));
    if (this.#byPointer.has(at)) return;
    if (this.#byPointer.size >= faultsMax) this.#isFull = true;
    else this.#byPointer.set(at, { pointer: at, detail });
  }

  /** In a sentence, how many there are. */
  get summary(): string {
    const { size } = this.#byPointer;
    if (size === 1) return 'One field is not as it should be.';
    return this.#isFull
      ? `More than ${size} fields are not as they should be; the first ${size} are named.`
      : `${size} fields are not as they should be.`;
  }
}
