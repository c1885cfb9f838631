import type { CommandDeclaration, Field, Shape } from '#libs/decider';
import { amendmentCommands } from '../platform/commands/amendment.commands.js';
import { bodyShape } from '../platform/shapes/body-class.js';
import { commandRoutesOf } from '../platform/commands/command-route.js';
import type { CommandRoute } from '../platform/commands/command-route.js';
import type { Slice } from '../platform/record/slice.js';
import { json, pathParameter, templated } from '../platform/shapes/entry.js';
import type { Entry, Parameter } from '../platform/shapes/entry.js';
import { idempotencyKey, idParameter } from '../platform/http/reading-entry.js';
import { bodyOf } from '../platform/shapes/fields.js';
import { ref, uuid } from '../platform/shapes/json-schema.js';
import { whatIsRecorded } from './rights-words.js';
import { anyBody, anyRequest, anyWrite, signedIn } from '../platform/problems/problem-groups.js';
import { schemaName } from '../platform/record/schema-names.js';

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description:
    'The ETag of the representation that the act was decided on. `*`, weak tags and several tags are refused.',
  schema: { type: 'string', pattern: '^"(0|[1-9][0-9]*)"$' },
  example: '"12"',
};

function parametersOf({ slice, declaration, schema }: CommandRoute): Parameter[] {
  const { path } = declaration;
  if (path === null) return [idempotencyKey(true)];
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
    pathParameter(name, schema.data[name]?.meaning ?? name, uuid),
  );
  return [idParameter(slice), ...named, ifMatch, idempotencyKey(false)];
}

/** By itself, or in a list, such as the issuers of a source. */
function holdsParty(field: Field): boolean {
  if (field.kind === 'list') return holdsParty(field.of);
  return field.kind === 'party' || field.kind === 'byParty';
}

/** The problems of the platform that depend on what the command is and takes. */
function conflictsOf({ slice, declaration }: CommandRoute, body: Shape): string[] {
  const { weight, path } = declaration;
  const speaks = weight !== 'record-keeping' && weight !== 'commentary';
  const inDialogue = !(slice.part === 'dialogue' && path === null);
  const attributes = weight === 'statement' || weight === 'binding';
  const namesParty = Object.values(body).some(holdsParty);
  return [
    'REFERENCE_UNKNOWN',
    ...(inDialogue && (speaks || namesParty) ? ['PARTY_UNKNOWN'] : []),
    'REFERENCE_ELSEWHERE',
    'NOT_A_PARTY_HERE',
    ...(inDialogue && declaration.beforeJoining !== true ? ['NOT_JOINED'] : []),
    ...(attributes
      ? [
          'PARTY_REQUIRED',
          'SOURCE_REQUIRED',
          'SOURCE_NOT_ISSUED_BY_PARTY',
          'WORDING_REQUIRED',
          'PARTY_SPEAKS_FOR_ITSELF',
          'KEPT_BY_A_SECRETARIAT',
        ]
      : []),
    ...(weight === 'own-word' ? ['PARTY_REQUIRED', 'PARTY_SPEAKS_FOR_ITSELF'] : []),
    ...(weight === 'commentary' ? ['SOURCE_REQUIRED', 'WORDING_REQUIRED'] : []),
    ...(path === null ? [] : ['ALREADY_SAID']),
  ];
}

function preconditionsOf({ path }: CommandDeclaration): readonly string[] {
  return path === null
    ? ['IDEMPOTENCY_KEY_MISSING']
    : ['IF_MATCH_UNUSABLE', 'IF_MATCH_REQUIRED', 'STALE_REVISION', 'NOT_FOUND'];
}

function entryOf(act: CommandRoute): Entry {
  const { slice, name, declaration, operationId, route } = act;
  const isCreate = declaration.path === null;
  const body = bodyShape(declaration, act.schema);
  const isAmendment = Object.hasOwn(amendmentCommands, name);
  return {
    operationId,
    tag: slice.name,
    method: 'post',
    path: templated(route),
    summary: isAmendment ? `${declaration.summary} (${slice.name})` : declaration.summary,
    does: whatIsRecorded(declaration),
    parameters: parametersOf(act),
    body: { mediaType: json, schema: bodyOf(body), example: declaration.example },
    answer: {
      status: isCreate ? 201 : 200,
      description: 'The representation as it stands with this act, read from the stream itself.',
      headers: [
        'ETag',
        'Event-Position',
        'Dialogue-Kept',
        'Ledger-Receipt',
        ...(isCreate ? ['Location'] : []),
        ...(isCreate ? [] : ['Act-Recorded']),
        'Idempotent-Replayed',
        'Trace-Id',
      ],
      content: [{ mediaType: json, schema: ref(schemaName(slice)), example: { worked: schemaName(slice) } }],
    },
    problems: [
      ...anyRequest,
      ...signedIn,
      ...anyBody,
      ...anyWrite,
      ...preconditionsOf(declaration),
      ...conflictsOf(act, body),
      ...declaration.refuses,
    ],
  };
}

/** Every act of every slice that takes commands, the amendments among them. */
export function commandEntries(slices: readonly Slice[]): readonly Entry[] {
  return slices
    .filter((slice) => Object.keys(slice.commands).length > 0)
    .flatMap((slice) => commandRoutesOf(slice).map(entryOf));
}
