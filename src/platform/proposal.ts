import type { Act, Assignment, Decided, LangText } from '#libs/decider';
import type { Ids } from './ids.js';
import type { CommandRequest } from './request.js';
import { sealOf } from './seal.js';

type Fields = { readonly [field: string]: unknown };

export interface Circumstances {
  readonly act: Act;
  readonly dialogue: Fields | undefined;
  readonly checked: readonly { readonly stream: string; readonly revision: number }[];
}

/** The field of the content whose hash the data holds. */
function sealedText(content: Fields): LangText | undefined {
  return (content['text'] ?? content['terms']) as LangText | undefined;
}

/**
 * The event that the command proposes: the fields the client sent, and those the service fills. Numbers are assigned
 * later, once the decision is made, so that a refusal uses none up.
 */
export function propose(request: CommandRequest, ids: Ids, circumstances: Circumstances): Decided {
  const { declaration, slice } = request;
  const schema = slice.schemas[declaration.event];
  const sealed = schema?.sealed === true ? sealedText(request.content) : undefined;
  const nonce = ids.nonce();
  const content = sealed === undefined ? request.content : { ...request.content, nonce };
  const assigned = Object.entries(declaration.assigned ?? {}).map(
    ([field, assignment]): [string, unknown] => [
      field,
      assign(assignment, request.data[field], ids, circumstances, sealed, nonce),
    ],
  );
  return { type: declaration.event, data: { ...request.data, ...Object.fromEntries(assigned) }, content };
}

function assign(
  assignment: Assignment,
  given: unknown,
  ids: Ids,
  { act, dialogue, checked }: Circumstances,
  sealed: LangText | undefined,
  nonce: string,
): unknown {
  switch (assignment) {
    case 'new-id':
      return ids.next();
    case 'given-or-new-id':
      return given ?? ids.next();
    case 'hash-of-text':
      return sealed === undefined ? undefined : sealOf(sealed, nonce);
    case 'given-or-hash-of-text':
      return sealed === undefined ? given : sealOf(sealed, nonce);
    case 'dialogue':
      return dialogue?.['dialogueId'];
    case 'synthetic':
      return dialogue?.['synthetic'] ?? false;
    case 'acting-party':
      return act.party;
    case 'instruments-checked':
      return checked;
    case 'key':
    case 'given-or-number':
      return given;
  }
}
