/** A problem as a row: status, title, what it means, how to mend it. */
export interface ProblemRows {
  readonly [code: string]: readonly [status: number, title: string, meaning: string, mend: string];
}
