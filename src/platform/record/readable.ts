import { choice, id, integer, line, list, occurred, optional, shape } from '#libs/decider';
import type { EventSchema } from '#libs/decider';
import type { Recorded } from '#libs/event-store';
import { partyPattern, wording } from '../shapes/body-class.js';
import { apartFrom, toStored } from './envelope.js';
import type { Beside, Meta, Stored } from './envelope.js';
import { madeOnce } from '../shapes/made-once.js';
import { isObject } from '../shapes/sent.js';
import { shapeCheck } from './stored-shape.js';
import type { Check } from './stored-shape.js';

const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const isPartyOrNull = (value: unknown) =>
  value === null || (typeof value === 'string' && partyPattern.test(value));

const { by: _by, ...rowOfWording } = wording.of.of;
const storedWording = { ...wording, of: shape(rowOfWording) };

/** All of the envelope that the store does not keep itself, but for who acted, of whom a party may be null. */
const metaCheck = shapeCheck(
  {
    schemaVersion: integer(1, 1_000),
    occurred: optional(occurred),
    sources: list(shape({ sourceId: id })),
    wording: optional(storedWording),
    audience: choice('both', 'public'),
    command: optional(shape({ keyHash: line(), bodyHash: line() })),
    externalRef: optional(line()),
    causationId: optional(id),
    correlationId: line(),
    restsOn: optional(list(id)),
    ends: optional(list(id)),
    contentHash: optional(line(64, '^[0-9a-f]{64}$')),
    signature: optional(shape({ act: line(200), seen: line(200), input: line(500), signature: line(100) })),
  },
  { mayLack: false },
);

function actFault(act: unknown): string | undefined {
  if (!isObject(act)) return 'act is no object';
  const { party, capacity, recordedBy, recorderParty, ...more } = act;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) return `act has a field ${unknown.slice(0, 60)} that no schema knows`;
  const isWell =
    isPartyOrNull(party) &&
    isPartyOrNull(recorderParty) &&
    typeof recordedBy === 'string' &&
    ['direct', 'attributed', 'derived'].includes(String(capacity));
  return isWell ? undefined : 'act does not say who acted';
}

const checksOf = madeOnce(({ data, content }: EventSchema) => ({
  data: shapeCheck(data, { mayLack: false }),
  content: shapeCheck(content, { mayLack: true }),
}));

/** What is wrong with words of the type, or nothing. */
export function contentCheck(schema: EventSchema): Check {
  return checksOf(schema).content;
}

function besideFault(beside: Beside): string | undefined {
  const wrong = Object.entries(beside).find(
    ([, texts]) => !isObject(texts) || Object.values(texts).some((one) => typeof one !== 'string'),
  );
  return wrong === undefined ? undefined : `${wrong[0]} are no texts by their places`;
}

function faultIn(
  { meta: { act, ...meta }, data, content }: Pick<Recorded, 'data' | 'content' | 'meta'>,
  schema: EventSchema,
): string | undefined {
  const checks = checksOf(schema);
  const envelope = metaCheck(meta) ?? actFault(act);
  if (envelope !== undefined) return `its envelope: ${envelope}`;
  const fault = checks.data(data);
  if (fault !== undefined) return `its data: ${fault}`;
  if (content === null) return undefined;
  const { beside, words } = apartFrom(content);
  const wrong = besideFault(beside) ?? checks.content(words);
  return wrong === undefined ? undefined : `its content: ${wrong}`;
}

/** Why no schema of this program can read the stored event; undefined where one can. */
export function unreadableBecause(
  recorded: Pick<Recorded, 'data' | 'content' | 'meta' | 'recordedAt'>,
  schema: EventSchema | undefined,
): string | undefined {
  if (schema === undefined) return 'its type is not known';
  if (!isObject(recorded.meta)) return 'its envelope: is no object';
  const version = recorded.meta['schemaVersion'];
  if (typeof version === 'number' && version > schema.version)
    return `its schema version ${version} is not known`;
  if (!instantShape.test(recorded.recordedAt)) return 'its time of recording is no instant';
  return faultIn(recorded, schema);
}

/** An envelope for what says nothing that can be read: no party's act, of no time, citing nothing. */
const emptyMeta: Meta = {
  schemaVersion: 1,
  act: { party: null, capacity: 'derived', recordedBy: 'unreadable', recorderParty: null },
  sources: [],
  audience: 'both',
  correlationId: 'unreadable',
};

/** An event that no fold looks at: where it stands is known, and what it holds is kept as it is stored. */
export function toUnreadable(recorded: Recorded, because: string): Stored {
  const { data, content, meta } = recorded;
  return {
    ...toStored({ ...recorded, meta: emptyMeta as unknown as Recorded['meta'], data: {}, salt: null }),
    content: {},
    unreadable: { because, stored: { data, content, meta } },
  };
}
