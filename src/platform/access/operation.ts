import { applyDecorators, SetMetadata } from '@nestjs/common';

export const operationKey = 'entente:operation';
export const takesKey = 'entente:takes';

/** What a write looks at besides path, body and the headers that every request may have. */
export interface Takes {
  readonly parameters: readonly string[];
  /** Whether it holds the signature of an act against what it records. */
  readonly isSigned: boolean;
}

export const takesNothing: Takes = { parameters: [], isSigned: false };

/** Names the operation that a handler is: its row in the table of rights and its entry in the description. */
export function Operation(operationId: string, takes = takesNothing): MethodDecorator {
  return applyDecorators(SetMetadata(operationKey, operationId), SetMetadata(takesKey, takes));
}

/** `RaiseIrritant` → `raiseIrritant`; amendments are named with the slice they are in: `correctEventInRounds`. */
export function operationIdOf(command: string, slice: string, isShared: boolean): string {
  const own = command.charAt(0).toLowerCase() + command.slice(1);
  return isShared ? `${own}In${slice.charAt(0).toUpperCase()}${slice.slice(1)}` : own;
}
