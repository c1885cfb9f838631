import { ref } from './step.js';
import type { Act, Collection, Create, Fields } from './step.js';

export const dialogue = 'consultations';

/** What one principal records: `keeps` for the keeping of the record, which has no time of its own. */
export interface Desk {
  creates(create: Collection, as: string, occurred: string, body: Fields): Create;
  does(on: string, act: string, occurred: string, body?: Fields, as?: string): Act;
  keeps(on: string, act: string, as: string, body: Fields): Act;
}

function desk(by: string): Desk {
  return {
    creates: (create, as, occurred, body) => ({
      as,
      by,
      create,
      body: { occurred, dialogueId: ref(dialogue), ...body },
    }),
    does: (on, act, occurred, body = {}, as = `${on}/${act}/${by}/${occurred}`) => ({
      as,
      by,
      on,
      act,
      body: { occurred, ...body },
    }),
    keeps: (on, act, as, body) => ({ as, by, on, act, body }),
  };
}

export const aldor = desk('aldor-negotiator');
export const brevia = desk('brevia-negotiator');
export const aldorRegistrar = desk('aldor-registrar');
export const breviaRegistrar = desk('brevia-registrar');
