import { SetMetadata } from '@nestjs/common';
import type { CustomDecorator } from '@nestjs/common';

const key = 'entente:operation';

/** Names the operation that a handler is: its row in the table of rights and its entry in the description. */
export function Operation(operationId: string): CustomDecorator {
  return SetMetadata(key, operationId);
}

export const operationKey = key;

/** `RaiseIrritant` → `raiseIrritant`; amendments are named with the slice they are in: `correctEventInRounds`. */
export function operationIdOf(command: string, slice: string, isShared: boolean): string {
  const own = command.charAt(0).toLowerCase() + command.slice(1);
  return isShared ? `${own}In${slice.charAt(0).toUpperCase()}${slice.slice(1)}` : own;
}
