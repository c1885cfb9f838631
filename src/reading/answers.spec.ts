import { describe, expect, it } from '@jest/globals';
import { eventsOf, keptStreams } from '../../test/golden/kept.js';
import { slices } from '../slices.js';
import { answersIn } from './answers.js';

/** Each kind of answer in the streams that are kept of every slice. */
function pairs(): readonly string[] {
  const found = slices.flatMap((slice) =>
    keptStreams(slice).flatMap(({ lines }) => {
      const events = eventsOf(lines);
      const { of } = answersIn(slice, events);
      return events.flatMap((one) => (of.has(one.id) ? `${one.type} → ${of.get(one.id)?.type}` : []));
    }),
  );
  return [...new Set(found)].toSorted();
}

describe('What an event answers', () => {
  it('is the word of the other side that it takes up: a claim, a note, a version, a request, an allegation', () => {
    expect(pairs()).toEqual([
      'AccessDenied → AccessRequested',
      'AccessGranted → AccessRequested',
      'AssentGiven → ProposalTabled',
      'BreachAnswered → BreachAlleged',
      'DamageDisputed → DamageAssessed',
      'DialogueUnderstandingConfirmed → DialogueUnderstandingClaimed',
      'DialogueUnderstandingDenied → DialogueUnderstandingClaimed',
      'DivergenceReconciled → DivergenceNoted',
      'DormancyDeclined → DormancyProposed',
      'FulfilmentAcknowledged → FulfilmentReported',
      'FulfilmentDisputed → FulfilmentReported',
      'InspectionConducted → AccessGranted',
      'IrritantAcknowledged → IrritantRaised',
      'IrritantMadeDormant → DormancyProposed',
      'LinkageAccepted → LinkageAsserted',
      'LinkageRejected → LinkageAsserted',
      'NoteReceived → NotePresented',
      'NoteReplied → NotePresented',
      'ProposalDeclined → ProposalTabled',
      'ResolutionAccepted → ResolutionProposed',
      'ResolutionRejected → ResolutionProposed',
      'RoadmapAssentConfirmed → RoadmapVersionTabled',
      'RoadmapAssentGiven → RoadmapVersionTabled',
      'StepAccepted → StepReportedDone',
      'StepRejected → StepReportedDone',
      'UnderstandingConfirmed → UnderstandingClaimed',
      'UnderstandingDenied → UnderstandingClaimed',
    ]);
  });

  it('comes before it, in the same stream, from another party; and is answered by nothing else', () => {
    for (const slice of slices)
      for (const { lines } of keptStreams(slice)) {
        const events = eventsOf(lines);
        const { of, by } = answersIn(slice, events);
        for (const event of events) {
          const answered = of.get(event.id);
          if (answered === undefined) continue;
          expect(answered.revision).toBeLessThan(event.revision);
          expect([null, event.act.party]).not.toContain(answered.act.party);
          expect(by.get(answered.id)).toContain(event);
        }
        expect([...by.values()].flat()).toHaveLength(of.size);
      }
  });
});
