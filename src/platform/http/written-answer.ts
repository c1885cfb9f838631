/** A read that is made again for as long as what it rests on is as it was. */
export interface Again {
  /** Whether another look would find the same. Asked before each use, so it takes no way to the store. */
  holds(): boolean;
  /** The answer anew: what is sealed afresh each time may not repeat itself. */
  make(): WrittenAnswer;
}

/** The answer to a read as it goes out: its JSON, written already, and what stands beside it. */
export class WrittenAnswer {
  constructor(
    readonly text: string,
    readonly headers: Readonly<Record<string, string>>,
    /** Absent where it is made for this request alone. */
    readonly again?: Again,
  ) {}
}
