import type { Step } from './roadmap.facts.js';

export type GraphFault =
  | { readonly kind: 'twice'; readonly stepId: string }
  | { readonly kind: 'unknown'; readonly stepId: string; readonly named: string }
  | { readonly kind: 'counterpart-of-itself'; readonly stepId: string }
  | { readonly kind: 'counterpart-of-same-party'; readonly stepId: string; readonly named: string }
  | { readonly kind: 'counterpart-of-another'; readonly stepId: string; readonly named: string }
  | { readonly kind: 'counterpart-due-apart'; readonly stepId: string; readonly named: string }
  | { readonly kind: 'circle'; readonly stepIds: readonly string[] };

type ById = ReadonlyMap<string, Step>;

/** A counterpart step is the reciprocal act of the other side, due with it: both steps must be able to say so. */
function counterpartFault(step: Step, byId: ById): GraphFault | undefined {
  const { stepId, counterpart: named } = step;
  const other = byId.get(named ?? '');
  if (named === undefined || other === undefined) return undefined;
  if (named === stepId) return { kind: 'counterpart-of-itself', stepId };
  if (other.responsible === step.responsible) return { kind: 'counterpart-of-same-party', stepId, named };
  if (other.counterpart !== undefined && other.counterpart !== stepId)
    return { kind: 'counterpart-of-another', stepId, named };
  return other.due === step.due ? undefined : { kind: 'counterpart-due-apart', stepId, named };
}

function namingFault(steps: readonly Step[], byId: ById): GraphFault | undefined {
  const seen = new Set<string>();
  const paired = new Map<string, string>();
  for (const step of steps) {
    const { stepId, counterpart } = step;
    if (seen.has(stepId)) return { kind: 'twice', stepId };
    seen.add(stepId);
    const named = [...step.after, ...(counterpart === undefined ? [] : [counterpart])];
    const unknown = named.find((one) => !byId.has(one));
    if (unknown !== undefined) return { kind: 'unknown', stepId, named: unknown };
    const fault = counterpartFault(step, byId);
    if (fault !== undefined) return fault;
    const claimed = counterpart === undefined ? undefined : paired.get(counterpart);
    if (counterpart !== undefined && claimed !== undefined && claimed !== stepId)
      return { kind: 'counterpart-of-another', stepId, named: counterpart };
    if (counterpart !== undefined) paired.set(counterpart, stepId).set(stepId, counterpart);
  }
  return undefined;
}

/** Counterparts are due together, so in the order a pair is one: neither of them can come after the other. */
function groupsOf(steps: readonly Step[]): ReadonlyMap<string, string> {
  const groups = new Map(steps.map((one) => [one.stepId, one.stepId]));
  for (const { stepId, counterpart } of steps) {
    if (counterpart === undefined) continue;
    const [first = stepId] = [stepId, counterpart].sort();
    groups.set(stepId, first).set(counterpart, first);
  }
  return groups;
}

/** An edge from a group to one that must come before it, with the steps by which it was said. */
type Edges = ReadonlyMap<string, readonly { readonly to: string; readonly by: string }[]>;

function edgesOf(steps: readonly Step[], groups: ReadonlyMap<string, string>): Edges {
  const edges = new Map<string, { to: string; by: string }[]>();
  for (const { stepId, after } of steps) {
    const group = groups.get(stepId) ?? stepId;
    const before = after.map((one) => ({ to: groups.get(one) ?? one, by: stepId }));
    edges.set(group, [...(edges.get(group) ?? []), ...before]);
  }
  return edges;
}

interface Visit {
  readonly group: string;
  readonly by: string | undefined;
  next: number;
}

/** Depth first, with a stack of our own: a chain of 500 steps must not exhaust the program's. */
function circleIn(edges: Edges): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const path: Visit[] = done.has(start) ? [] : [{ group: start, by: undefined, next: 0 }];
    const onPath = new Set(path.map((one) => one.group));
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const edge = edges.get(visit.group)?.[visit.next];
      visit.next += 1;
      if (edge === undefined) {
        done.add(visit.group);
        onPath.delete(visit.group);
        path.pop();
      } else if (onPath.has(edge.to)) {
        const from = path.findIndex((one) => one.group === edge.to);
        return [...path.slice(from + 1).flatMap((one) => one.by ?? []), edge.by];
      } else if (!done.has(edge.to)) {
        path.push({ group: edge.to, by: edge.by, next: 0 });
        onPath.add(edge.to);
      }
    }
  }
  return undefined;
}

/** What is wrong with the order of the steps; undefined where they can be taken in some order, pairs together. */
export function graphFault(steps: readonly Step[]): GraphFault | undefined {
  const byId: ById = new Map(steps.map((one) => [one.stepId, one]));
  const fault = namingFault(steps, byId);
  if (fault !== undefined) return fault;
  const circle = circleIn(edgesOf(steps, groupsOf(steps)));
  return circle === undefined ? undefined : { kind: 'circle', stepIds: circle };
}
