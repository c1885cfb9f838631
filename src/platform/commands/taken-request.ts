import type { EventSchema, SourceRef, WordingRow } from '#libs/decider';
import type { ActSignature } from '#libs/ledger';
import type { Audience } from '../record/envelope.js';
import type { Once } from '../record/once.js';
import type { Principal } from '../record/principal.js';
import { toOccurred } from '../shapes/field-checks.js';
import { sameId } from '../shapes/sent.js';
import { validated } from '../shapes/validation.js';
import type { CommandRoute } from './command-route.js';
import type { BroughtIn, CommandRequest } from './request.js';

type Fields = Readonly<Record<string, unknown>>;

function pick(shape: EventSchema['data'], fields: Fields): Fields {
  return Object.fromEntries(
    Object.keys(shape).flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
}

/** Where a command comes from, besides its path and body. */
export interface Origin {
  readonly principal: Principal;
  readonly traceId: string;
  readonly idempotencyKey: string | undefined;
  readonly broughtIn?: BroughtIn | undefined;
  readonly salt?: string | undefined;
  readonly signature?: ActSignature | undefined;
  readonly once?: Once | undefined;
}

/** A command from whatever brought it here; throws a `Problem` that names each field of wrong shape. */
export async function toCommandRequest(
  route: CommandRoute,
  params: Fields,
  body: unknown,
  origin: Origin,
): Promise<CommandRequest> {
  return commandRequest(route, params, await validated(route.bodyClass, body), origin);
}

/** The same where the body was checked before; `fields` are what was checked, and are what is stored. */
export function commandRequest(
  { slice, name, declaration, schema, route }: CommandRoute,
  params: Fields,
  fields: Fields,
  origin: Origin,
): CommandRequest {
  const { id: _, ...others } = params;
  const fromPath = Object.fromEntries(
    Object.entries(others).map(([name, one]) => [name, sameId(String(one))]),
  );
  return {
    ...origin,
    slice,
    name,
    declaration,
    route,
    body: { ...fromPath, body: fields },
    party: fields['party'] as string | undefined,
    occurred: toOccurred(fields['occurred']),
    sources: (fields['sources'] as readonly SourceRef[] | undefined) ?? [],
    wording: fields['wording'] as readonly WordingRow[] | undefined,
    audience: (fields['audience'] as Audience | undefined) ?? 'both',
    data: pick(schema.data, { ...withOwnOccurred(schema, fields), ...fromPath }),
    content: pick(schema.content, fields),
  };
}

/** A correction has a time of its own in its data; it is stored in one form however it was sent. */
function withOwnOccurred(schema: EventSchema, fields: Fields): Fields {
  return schema.data['occurred'] === undefined
    ? fields
    : { ...fields, occurred: toOccurred(fields['occurred']) };
}
