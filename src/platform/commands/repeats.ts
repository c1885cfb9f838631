import { Problem } from '#libs/problem-details';
import { amendmentCommands } from './amendment.commands.js';
import { bodyShape } from '../shapes/body-class.js';
import { schemaOf } from '../record/amendments.js';
import { standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { Judged } from './prepare-command.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { CommandRequest } from './request.js';

type Fields = { readonly [field: string]: unknown };

/** Members in one order, so that the same value is the same text. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, ordered(member)]),
  );
}

/** Unlike the canonical form, it takes what was sent as it was built, and stored texts of any characters. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

/**
 * The event says just what the request says: the same fields, time, sources and words. Erased words are other words,
 * and a correction has its time among its fields.
 */
function isSameAct(
  { declaration, slice, ...request }: CommandRequest,
  { sources }: Judged['acting'],
  event: Stored,
): boolean {
  const schema = schemaOf(slice, declaration.event);
  if (schema === undefined || event.erased) return false;
  const sent: Fields = { ...request.data, ...request.content };
  const stored: Fields = { ...event.data, ...event.content };
  const names = Object.keys(bodyShape(declaration, schema)).filter(
    (name) => Object.hasOwn(schema.data, name) || Object.hasOwn(schema.content, name),
  );
  const isAssigned = (name: string) => declaration.assigned?.[name] !== undefined && sent[name] === undefined;
  return (
    [...new Set([...names, ...Object.keys(request.data)])].every(
      (name) => isAssigned(name) || isSame(sent[name], stored[name]),
    ) &&
    (declaration.weight === 'record-keeping' || isSame(request.occurred, event.occurred)) &&
    isSame(sources, event.sources) &&
    isSame(request.wording, event.wording) &&
    request.audience === event.audience
  );
}

function amends({ name }: CommandRequest): boolean {
  return Object.hasOwn(amendmentCommands, name);
}

/**
 * The fields by which an act says what it is about: an answer to one claim repeats no answer to another. An amendment is
 * about its target, whatever else it names.
 */
function isAboutTheSame(request: CommandRequest, event: Stored): boolean {
  const { slice, declaration, data } = request;
  if (amends(request)) return data['target'] === event.data['target'];
  const shape = schemaOf(slice, declaration.event)?.data ?? {};
  return Object.entries(shape).every(
    ([name, field]) => field.kind !== 'id' || data[name] === undefined || data[name] === event.data[name],
  );
}

/** What the party said of this, as far as it still counts, the last first; whoever needs only that looks at no other. */
function* earlierOf(request: CommandRequest, party: string | null, counting: readonly Stored[]) {
  for (let at = counting.length - 1; at >= 0; at -= 1) {
    const one = counting[at];
    if (one?.type !== request.declaration.event || one.act.party !== party) continue;
    if (isAboutTheSame(request, one)) yield one;
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
  return (standsBeside(request) ? earlier : earlier.take(1)).some(
    (one) =>
      one.act.capacity === acting.act.capacity && isSameAct(request, acting, one) && !isOver(one, counting),
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
  if (standing.some((one) => isSameAct(request, acting, one))) return true;
  if (earlier.length === 0 && !saysMore(request, acting)) return true;
  throw alreadySaid(judged, earlier[0]);
}
