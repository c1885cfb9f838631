import { accept, nothing, refuse } from '#libs/decider';
import type { Decided, Decision } from '#libs/decider';
import type { Irritant } from './irritant.facts.js';
import { isClosed, stageOf } from './irritant-stage.facts.js';
import type { IrritantConsequence, IrritantRefusal } from './irritant-terms.decider.js';

type Ask<T extends IrritantConsequence['type']> = Extract<IrritantConsequence, { type: T }>;

function derive(type: string, command: IrritantConsequence, data: object = command.data): Decided {
  return { type, data, content: {}, derivedFrom: command.rests };
}

type Milestone = Ask<'BeginConsultation' | 'AgreeRoadmap' | 'BeginImplementation'>;

/** What was reached before a disavowal is for the review to judge; nothing new is built on a word that is disavowed. */
function milestoneOf(type: string) {
  return (command: Milestone, irritant: Irritant): Decision<IrritantRefusal> => {
    if (isClosed(irritant)) {
      return refuse(
        'IRRITANT_CLOSED',
        `The irritant is ${stageOf(irritant)}; only an open one reaches a milestone.`,
      );
    }
    const disavowed = command.data.restsOn.find((one) => irritant.disavowed.includes(one));
    return disavowed === undefined
      ? accept(derive(type, command))
      : refuse(
          'ACT_DISAVOWED',
          `It would rest on the event ${disavowed}, which was recorded in the name of a party that has disavowed it.`,
        );
  };
}

function isLinked(irritant: Irritant, { kind, id }: Ask<'LinkInstrument'>['data']): boolean {
  return kind === 'irritant'
    ? irritant.linkedFrom.includes(id)
    : irritant.instruments.some((one) => one.kind === kind && one.id === id);
}

export const consequenceRules = {
  BeginConsultation: milestoneOf('ConsultationBegan'),
  AgreeRoadmap: milestoneOf('RoadmapAgreed'),
  BeginImplementation: milestoneOf('ImplementationBegan'),
  LinkInstrument: (command: Ask<'LinkInstrument'>, irritant: Irritant): Decision<IrritantRefusal> =>
    isLinked(irritant, command.data) ? nothing : accept(derive('InstrumentLinked', command)),
  OpenStageReview: (command: Ask<'OpenStageReview'>, irritant: Irritant): Decision<IrritantRefusal> =>
    irritant.rested.includes(command.data.target)
      ? accept(derive('StageReviewOpened', command, { cause: command.data.cause }))
      : nothing,
  NoteBreach: (command: Ask<'NoteBreach' | 'ClearBreach'>, irritant: Irritant): Decision<IrritantRefusal> =>
    irritant.breaches.includes(command.data.commitmentId) ? nothing : accept(derive('BreachNoted', command)),
  ClearBreach: (command: Ask<'NoteBreach' | 'ClearBreach'>, irritant: Irritant): Decision<IrritantRefusal> =>
    irritant.breaches.includes(command.data.commitmentId)
      ? accept(derive('BreachCleared', command))
      : nothing,
};
