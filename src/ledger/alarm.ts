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

/** By dialogue, the first thing that was found in the last whole round, and in this one so far. */
export class Alarms {
  readonly #alarms = new Map<string, Alarm>();
  #found = new Set<string>();

  constructor(private readonly alarm: (alarm: Alarm) => void) {}

  get all(): readonly Alarm[] {
    return [...this.#alarms.values()];
  }

  tell(dialogueId: string, seq: number, because: string): void {
    if (this.#found.has(dialogueId)) return;
    this.#found.add(dialogueId);
    const known = this.#alarms.get(dialogueId);
    const found = { dialogueId, seq, because };
    this.#alarms.set(dialogueId, found);
    if (known?.seq !== seq || known.because !== because) this.alarm(found);
  }

  /** Of a round: what was not found again is no alarm any more. */
  end(): void {
    for (const log of this.#alarms.keys()) if (!this.#found.has(log)) this.#alarms.delete(log);
    this.#found = new Set();
  }
}
