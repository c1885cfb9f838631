import { Problem } from '#libs/problem-details';
import { amendmentCommands } from './amendment.commands.js';
import { bodyShape } from '../shapes/body-class.js';
import { schemaOf } from '../record/amendment-events.js';
import { standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { Judged } from './prepare-command.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { CommandRequest } from './request.js';

type Fields = { readonly [field: string]: unknown };

/**
 * Whether both are the same as JSON, whatever the order of members. Unlike the canonical form, it takes what was sent as
 * it was built, and stored texts of any characters; it looks no further than the first difference.
 */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((member, place) => isSame(member, other[place]))
    );
  const members = (of: object) => Object.entries(of).filter(([, member]) => member !== undefined);
  const mine = members(one);
  return (
    mine.length === members(other).length &&
    mine.every(([name, member]) => Object.hasOwn(other, name) && isSame(member, (other as Fields)[name]))
  );
}

/** The fields that say what the act says: of what was sent and of what is stored. */
function fieldsOf({ declaration, slice, data }: CommandRequest): readonly string[] | undefined {
  const schema = schemaOf(slice, declaration.event);
  if (schema === undefined) return undefined;
  const names = Object.keys(bodyShape(declaration, schema)).filter(
    (name) => Object.hasOwn(schema.data, name) || Object.hasOwn(schema.content, name),
  );
  return [...new Set([...names, ...Object.keys(data)])];
}

/**
 * Whether an event says just what the request says: the same fields, time, sources and words. Erased words are other
 * words, and a correction has its time among its fields. Asked of one event after the other, at a cost of its own for each.
 */
function sameActAs(request: CommandRequest, { sources }: Judged['acting']): (event: Stored) => boolean {
  const { declaration } = request;
  const fields = fieldsOf(request);
  const sent: Fields = { ...request.data, ...request.content };
  const isAssigned = (name: string) => declaration.assigned?.[name] !== undefined && sent[name] === undefined;
  const said = fields?.filter((name) => !isAssigned(name));
  return (event) =>
    said !== undefined &&
    !event.erased &&
    said.every((name) => isSame(sent[name], storedIn(event, name))) &&
    (declaration.weight === 'record-keeping' || isSame(request.occurred, event.occurred)) &&
    isSame(sources, event.sources) &&
    isSame(request.wording, event.wording) &&
    request.audience === event.audience;
}

function storedIn({ data, content }: Stored, name: string): unknown {
  if (content !== null && Object.hasOwn(content, name)) return content[name];
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

function amends({ name }: CommandRequest): boolean {
  return Object.hasOwn(amendmentCommands, name);
}

/**
 * The fields by which an act says what it is about: an answer to one claim repeats no answer to another. An amendment is
 * about its target, whatever else it names.
 */
function aboutTheSameAs(request: CommandRequest): (event: Stored) => boolean {
  const { slice, declaration, data } = request;
  if (amends(request)) return (event) => data['target'] === event.data['target'];
  const shape = schemaOf(slice, declaration.event)?.data ?? {};
  const names = Object.keys(shape).filter((name) => shape[name]?.kind === 'id' && data[name] !== undefined);
  return (event) => names.every((name) => data[name] === event.data[name]);
}

/** What the party said of this, as far as it still counts, the last first; whoever needs only that looks at no other. */
function* earlierOf(request: CommandRequest, party: string | null, counting: readonly Stored[]) {
  const isAboutTheSame = aboutTheSameAs(request);
  for (let at = counting.length - 1; at >= 0; at -= 1) {
    const one = counting[at];
    if (one?.type !== request.declaration.event || one.act.party !== party) continue;
    if (isAboutTheSame(one)) yield one;
  }
}

/** What was answered, ended, replaced or, by whomever, corrected since can be said again in the same words. */
function isOver(earlier: Stored, counting: readonly Stored[]): boolean {
  const isCorrection = earlier.type === 'EventCorrected';
  return counting.some(
    ({ type, data, ends, revision }) =>
      ends?.includes(earlier.id) === true ||
      (isCorrection &&
        type === 'EventCorrected' &&
        data['target'] === earlier.data['target'] &&
        revision > earlier.revision),
  );
}

/** What brings something in stands beside whatever else the party brings in; anything else makes way for its next word. */
function standsBeside({ declaration: { assigned = {} } }: CommandRequest): boolean {
  return Object.values(assigned).some((one) => one.endsWith('new-id'));
}

/** The party's word that this act would only say again, though its rule would record it, or has no more use for it. */
function saidBefore(request: CommandRequest, { acting }: Judged, counting: readonly Stored[]): boolean {
  const earlier = earlierOf(request, acting.act.party, counting);
  const isSameAct = sameActAs(request, acting);
  return (standsBeside(request) ? earlier : earlier.take(1)).some(
    (one) => one.act.capacity === acting.act.capacity && isSameAct(one) && !isOver(one, counting),
  );
}

function alreadySaid({ acting, saidIn }: Judged, earlier: Stored | undefined): Problem {
  const whose = acting.act.party ?? 'The recorder';
  const eventId = earlier?.id ?? saidIn;
  const detail =
    earlier !== undefined
      ? `${whose} has done this in the event ${earlier.id}, with other content.`
      : saidIn !== undefined
        ? `${whose} is on record with this already, by the event ${saidIn}; what is given beside it would be lost.`
        : `Nothing is left for ${whose} to record by this act; what is given beside it would be lost.`;
  return new Problem(platformProblems.ALREADY_SAID, {
    detail,
    members: eventId === undefined ? {} : { eventId },
  });
}

/** Words, a date or a source: what would be lost where another act has said the same. */
function saysMore({ content, occurred }: CommandRequest, { sources }: Judged['acting']): boolean {
  return Object.keys(content).length > 0 || occurred !== undefined || sources.length > 0;
}

/**
 * Whether nothing is to be recorded, because the same was recorded before with the same content. Where the rule would
 * record nothing and the content differs, nothing that was said is dropped in silence.
 */
export function isRepeat(request: CommandRequest, judged: Judged, events: readonly Stored[]): boolean {
  const { declaration } = request;
  const { acting, decided, refusal } = judged;
  const isNothing = decided.length === 0 && refusal === undefined;
  if (decided.length > 0 && declaration.recurs !== true) return false;
  const { dropped } = standingsIn(events);
  const counting = dropped.size === 0 ? events : events.filter((one) => !dropped.has(one.id));
  // Who amends what may have changed since, and then the same amendment is refused.
  if (!isNothing) return (refusal === undefined || !amends(request)) && saidBefore(request, judged, counting);
  const earlier = [...earlierOf(request, acting.act.party, counting)];
  const standing = earlier.filter((one, place) => place === 0 || !isOver(one, counting));
  if (standing.some(sameActAs(request, acting))) return true;
  if (earlier.length === 0 && !saysMore(request, acting)) return true;
  throw alreadySaid(judged, earlier[0]);
}
