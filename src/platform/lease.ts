/** Whether this server may bring consequences about now. */
export interface Lease {
  readonly held: boolean;
  /** Resolves when this server holds it, or after the time given, whichever comes first. */
  waitHeld(timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Where one process has the store to itself, there is nobody to share the work with. */
export const soleHolder: Lease = {
  held: true,
  waitHeld: async () => {},
  stop: async () => {},
};
