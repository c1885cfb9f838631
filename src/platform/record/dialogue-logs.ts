/** What acts that are signed need to know of the log of their dialogue. */
export interface DialogueLogs {
  /** The name of the log: `<public host>/<dialogue id>`. */
  originOf(dialogueId: string): string;
  /** The root over the first so many leaves; undefined where the log has not so many. */
  rootAt(dialogueId: string, size: number): Uint8Array | undefined;
}

function missing(): never {
  throw new Error('This program keeps no logs, so it takes no act that is signed.');
}

/** For programs that take no acts of parties. */
export const noLogs: DialogueLogs = { originOf: missing, rootAt: missing };
