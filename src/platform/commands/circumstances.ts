import type { CommandDeclaration } from '#libs/decider';
import type { Acting } from './attribution.js';
import type { Amending } from './amending-terms.js';
import { amendmentCommands } from './amendment.commands.js';
import type { Stored } from '../record/envelope.js';
import type { Talks } from '../record/evidence.js';
import { streamOf } from '../record/fold.js';
import { rightTo } from '../access/rights.js';
import { directRoles } from './binding-words.js';
import type { CommandRequest } from './request.js';
import { restingElsewhere } from './resting-elsewhere.js';
import { commandFor } from '../record/slice.js';
import type { Once } from '../record/once.js';

/** Who acts, by what request, on what there is. */
export interface Circumstances {
  readonly request: CommandRequest;
  readonly id: string;
  readonly events: readonly Stored[];
  readonly acting: Acting;
  readonly talks: Talks | undefined;
  readonly state: unknown;
}

/** What the rules of amendments ask about one event that is to be amended. */
export async function amendingOf(
  streams: Once,
  { request, id, events, acting, talks, state }: Circumstances,
  targetId: string,
): Promise<Amending> {
  const { slice, name, data, content, principal } = request;
  return {
    slice,
    events,
    state,
    request: { type: name, act: acting.act, data, content },
    principal,
    roleFor: (target) => rolesFor(request, target),
    declared: ({ type }) => commandFor(request.slice, type) ?? amendmentFor(type),
    dialogue: talks,
    elsewhere: await restingElsewhere(streams, streamOf(slice, id), events, targetId),
  };
}

function amendmentFor(type: string): CommandDeclaration | undefined {
  return commandFor({ commands: amendmentCommands }, type);
}

function rolesFor(request: CommandRequest, target: Stored) {
  const declaration = commandFor(request.slice, target.type);
  const row = declaration === undefined ? undefined : rightTo(declaration);
  if (declaration === undefined || row === undefined || 'open' in row) return undefined;
  if ('roles' in row) return row.roles;
  return request.principal.party === target.act.party
    ? directRoles(declaration, row.direct, target.data)
    : row.attributed;
}
