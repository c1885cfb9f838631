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

function milestoneOf(type: string) {
  return (command: Milestone, irritant: Irritant): Decision<IrritantRefusal> => {
    if (isClosed(irritant)) {
      return refuse(
        'IRRITANT_CLOSED',
        `The irritant is ${stageOf(irritant)}; only an open one reaches a milestone.`,
      );
    }
    return accept(derive(type, command));
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
  NoteBreach: (command: Ask<'NoteBreach' | 'ClearBreach'>, irritant: Irritant): Decision<IrritantRefusal> =>
    irritant.breaches.includes(command.data.commitmentId) ? nothing : accept(derive('BreachNoted', command)),
  ClearBreach: (command: Ask<'NoteBreach' | 'ClearBreach'>, irritant: Irritant): Decision<IrritantRefusal> =>
    irritant.breaches.includes(command.data.commitmentId)
      ? accept(derive('BreachCleared', command))
      : nothing,
};
