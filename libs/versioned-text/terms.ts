import type { CommandBase, Decided } from '#libs/decider';

export interface On<D extends object> extends CommandBase {
  readonly event: Decided & { readonly data: D };
}
export type Naming = { readonly version: number; readonly contentHash: string };
