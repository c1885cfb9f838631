/** A leaf that the store no longer gives, or an event of no dialogue: its `dialogueId` is empty, and its stream is in the reason. */
export interface Alarm {
  readonly dialogueId: string;
  readonly seq: number;
  readonly because: string;
}

/** In words, where it is and what is wrong. */
export function alarmText({ dialogueId, seq, because }: Alarm): string {
  return dialogueId === ''
    ? `outside all dialogues: ${because}`
    : `dialogue ${dialogueId}, leaf ${seq}: ${because}`;
}

/** Outside all dialogues each place is told by itself, up to so many. */
const outsideMax = 10;

/**
 * What was found in the last whole round, and in this one so far: of a dialogue the first thing, since all that stands behind
 * it may be its consequence, and of what is outside all dialogues each.
 */
export class Alarms {
  readonly #alarms = new Map<string, Alarm>();
  #found = new Set<string>();
  #outside = 0;

  constructor(private readonly alarm: (alarm: Alarm) => void) {}

  get all(): readonly Alarm[] {
    return [...this.#alarms.values()];
  }

  tell(dialogueId: string, seq: number, because: string): void {
    const isOutside = dialogueId === '';
    const place = isOutside ? because : dialogueId;
    if (this.#found.has(place) || (isOutside && this.#outside === outsideMax)) return;
    this.#found.add(place);
    if (isOutside) this.#outside += 1;
    const known = this.#alarms.get(place);
    const found = { dialogueId, seq, because };
    this.#alarms.set(place, found);
    if (known?.seq !== seq || known.because !== because) this.alarm(found);
  }

  /** Of a round: what was not found again is no alarm any more. */
  end(): void {
    for (const place of this.#alarms.keys()) if (!this.#found.has(place)) this.#alarms.delete(place);
    this.#found = new Set();
    this.#outside = 0;
  }
}
