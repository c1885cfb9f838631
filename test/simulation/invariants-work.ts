import type { Stored } from '../../src/platform/record/envelope.js';
import { owedOf } from './owed.js';
import type { Owed } from './owed.js';
import { countedBefore, expectSame, ofKind, shown } from './told.js';
import type { Entry, Reached, Told } from './told.js';

interface Step {
  readonly stepId: string;
  readonly responsible: string;
  readonly after: readonly string[];
  readonly mandatory: boolean;
}

interface Text {
  readonly steps: readonly Step[];
  readonly irritantIds: readonly string[];
}

/** The version agreed last before the place, as it was tabled. */
function agreedText(stream: readonly Entry[], seq: number): Text {
  const counted = countedBefore(stream, seq);
  const agreed = counted.findLast((one) => one.event.type === 'RoadmapVersionAgreed');
  const tabled = counted.findLast(
    ({ event }) =>
      event.type === 'RoadmapVersionTabled' &&
      event.data['version'] === agreed?.event.data['version'] &&
      event.data['contentHash'] === agreed?.event.data['contentHash'],
  );
  return (tabled?.event.data ?? { steps: [], irritantIds: [] }) as unknown as Text;
}

function agreedSteps(stream: readonly Entry[], seq: number): readonly Step[] {
  return agreedText(stream, seq).steps;
}

function isDone(counted: readonly Entry[], stepId: string): boolean {
  return counted.some(
    ({ event }) => ['StepAccepted', 'StepWaived'].includes(event.type) && event.data['stepId'] === stepId,
  );
}

/** No step is accepted by its own side, nor before those that it comes after, unless these are waived. */
export function noStepBeforeItsTime(told: Told): void {
  for (const stream of ofKind(told, 'roadmap')) {
    for (const one of stream.filter(({ event }) => event.type === 'StepAccepted')) {
      const counted = countedBefore(stream, one.seq);
      const { stepId } = one.event.data;
      const steps = agreedSteps(stream, one.seq);
      const step = steps.find((each) => each.stepId === stepId);
      const before = step?.after.filter((each) => !isDone(counted, each));
      expectSame(
        one,
        { before, isOwn: step?.responsible === one.event.act.party },
        { before: [], isOwn: false },
      );
      const reported = counted.some(
        ({ event }) => event.type === 'StepReportedDone' && event.data['stepId'] === stepId,
      );
      expectSame(one, { reported }, { reported: true });
    }
  }
}

/** The mandatory steps still open after the events before the place; a terminated roadmap asks for nothing more. */
function openSteps(stream: readonly Entry[], seq: number): readonly string[] {
  const counted = countedBefore(stream, seq);
  if (counted.some(({ event }) => event.type === 'RoadmapTerminated')) return [];
  return agreedSteps(stream, seq)
    .filter((one) => one.mandatory && !isDone(counted, one.stepId))
    .map((one) => one.stepId);
}

/** What counts of a commitment before the place; what its first act says stays, whoever is its author. */
function saidBefore(stream: readonly Entry[], seq: number): readonly Stored[] {
  const [first] = stream;
  const later = countedBefore(stream, seq).filter((one) => one !== first);
  return [...(first === undefined ? [] : [first]), ...later].map(({ event }) => event);
}

/** What a commitment owes and whether a breach stands is what its own words come to, whichever of them were retracted. */
export function debtsAreAsSaid(told: Told): void {
  for (const stream of ofKind(told, 'commitment')) {
    for (const one of stream) {
      const { ended, breachOpen, due, inForceFor } = one.folded.state as Owed;
      const owed = owedOf(saidBefore(stream, one.seq + 1));
      expectSame(one, { ended, breachOpen, due, inForceFor }, owed);
    }
  }
  for (const stream of ofKind(told, 'roadmap')) {
    for (const one of stream) {
      const { openMandatorySteps: steps } = one.folded.state as {
        openMandatorySteps: readonly { readonly stepId: string }[];
      };
      const openMandatorySteps = steps.map((each) => each.stepId);
      expectSame(one, openMandatorySteps, openSteps(stream, one.seq + 1));
    }
  }
}

/** An instrument linked to the irritant before the place is among those checked, as it stood then. */
function expectChecked(told: Told, stream: readonly Reached[], one: Reached): void {
  const { checked } = one.event.data as { checked: readonly { stream: string; revision: number }[] };
  const linked = countedBefore(stream, one.seq).filter(
    ({ event }) => event.type === 'InstrumentLinked' && event.data['kind'] !== 'irritant',
  );
  const names = linked.map(({ event: { data } }) => `${String(data['kind'])}-${String(data['id'])}`);
  const present = [...new Set(names)].map((name) => {
    const last = told.streams.get(name)?.findLast(({ seq }) => seq < one.seq);
    return { stream: name, revision: last?.event.revision };
  });
  // What is linked by both stands among them as well.
  const instruments = checked.filter((each) => !each.stream.startsWith('irritant-'));
  expectSame(one, { checked: instruments }, { checked: present });
}

/** None is resolved with a breach open, or a mandatory step agreed on it left, at the very revisions checked. */
export function resolvedMeansSettled(told: Told): void {
  for (const stream of ofKind(told, 'irritant')) {
    for (const one of stream.filter(({ event }) => event.type === 'ResolutionAccepted')) {
      expectChecked(told, stream, one);
      const { checked } = one.event.data as { checked: readonly { stream: string; revision: number }[] };
      const open = checked.flatMap(({ stream: name, revision }) => {
        const upTo = (told.streams.get(name) ?? []).slice(0, revision + 1);
        const end = (upTo.at(-1)?.seq ?? 0) + 1;
        if (name.startsWith('roadmap-')) {
          const isAgreedOn = agreedText(upTo, end).irritantIds.includes(one.folded.id);
          return isAgreedOn ? openSteps(upTo, end) : [];
        }
        if (!name.startsWith('commitment-')) return [];
        return owedOf(saidBefore(upTo, end)).breachOpen ? [name] : [];
      });
      expectSame(one, { open }, { open: [] });
    }
  }
}

/** Returned is what both sides, each by its last word, say was returned to the same party. */
export function returnsAreOfBoth(told: Told): void {
  for (const stream of ofKind(told, 'asset')) {
    for (const one of stream) {
      const words = countedBefore(stream, one.seq + 1).filter(({ event }) => event.type === 'AssetReturned');
      const lastOf = (party: string) =>
        words.findLast(({ event }) => event.act.party === party)?.event.data['to'];
      const [ru, us] = [lastOf('RU'), lastOf('US')];
      expectSame(one, shown(one)['returnedTo'], ru === us ? (ru ?? null) : null);
    }
  }
}

const versionTypes: readonly string[] = ['ProposalTabled', 'ProposalRevised', 'RoadmapVersionTabled'];

/** No assent survives a new version. */
export function noAssentSurvivesAVersion(told: Told): void {
  for (const stream of [...ofKind(told, 'proposal'), ...ofKind(told, 'roadmap')]) {
    for (const one of stream.filter(({ event }) => versionTypes.includes(event.type))) {
      const { assents } = one.folded.state as { assents: readonly object[] };
      expectSame(one, { assents }, { assents: [] });
    }
  }
}
