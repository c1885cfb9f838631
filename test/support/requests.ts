import type { CommandDeclaration } from '#libs/decider';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';
import type { CommandRequest } from '../../src/platform/commands/request.js';
import { slices } from '../../src/slices.js';
import { principals } from './desk.js';

/** A command of the slice as it reaches its rules, with what a specification needs of it. */
export function requestOf(
  sliceName: string,
  name: string,
  given: Partial<CommandRequest> = {},
): CommandRequest {
  const slice = slices.find((one) => one.name === sliceName);
  const commands = { ...slice?.commands, ...amendmentCommands } as Record<string, CommandDeclaration>;
  const declaration = commands[name];
  if (slice === undefined || declaration === undefined) throw new Error(`${sliceName} takes no ${name}.`);
  return {
    slice,
    name,
    declaration,
    principal: principals.RU,
    route: '',
    traceId: '',
    idempotencyKey: undefined,
    body: {},
    party: undefined,
    occurred: undefined,
    sources: [],
    wording: undefined,
    audience: 'both',
    data: {},
    content: {},
    ...given,
  };
}
