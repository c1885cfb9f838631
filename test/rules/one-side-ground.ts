import { randomUUID } from 'node:crypto';
import { standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { principals } from '../support/desk.js';
import type { Desk, Document } from '../support/desk.js';

export const { RU, US, clerkOfRU, secretariat } = principals;
export const text = { en: 'Words.' };
const summary = [{ as: 'summary' }];

/** How it came about that both sides speak for themselves. */
export const beginnings = [
  'opened by a secretariat, and both joined',
  'opened by the attacker alone, and joined midway by the other side',
  'opened by the other side, and joined midway by the attacker',
] as const;
export type Beginning = (typeof beginnings)[number];

type Evidence = 'RU' | 'US' | 'press' | 'joint' | 'forged';
const slices: Readonly<Record<string, string>> = {
  dialogues: 'dialogue',
  irritants: 'irritant',
  rounds: 'round',
  exchanges: 'exchange',
  proposals: 'proposal',
  roadmaps: 'roadmap',
  commitments: 'commitment',
  assets: 'asset',
};

/** What stands once both have spoken, or ends what both had brought about. */
const jointStatuses = ['held', 'agreed', 'completed', 'discharged', 'waived', 'terminated', 'returned'];

let prefixes = 0;

/** A dialogue between RU, which uses all it may, and the US, which says only what it means. */
export class Ground {
  readonly #made = new Map<string, string[]>();

  private constructor(
    readonly desk: Desk,
    readonly dialogueId: string,
    readonly sources: { readonly [what in Evidence]: string },
  ) {}

  static async lay(desk: Desk, beginning: Beginning): Promise<Ground> {
    const opener = { secretariat, attacker: RU, other: US }[
      beginning.startsWith(beginnings[0]) ? 'secretariat' : beginning === beginnings[1] ? 'attacker' : 'other'
    ];
    const ground = await Ground.open(desk, opener);
    const missing = [RU, US].filter((side) => side !== opener);
    for (const side of missing) await ground.say(side, 'dialogues.JoinDialogue', ground.dialogueId);
    return ground.withForgery();
  }

  /** Opened and not joined by anybody else yet. */
  static async open(desk: Desk, opener: Principal): Promise<Ground> {
    prefixes += 1;
    const opening = { parties: ['RU', 'US'], keyPrefix: `OS${prefixes}`, name: { en: 'One side' } };
    const { id: dialogueId } = await desk.do(opener, 'dialogues.OpenDialogue', null, opening);
    const register = async (kind: string, issuers: readonly string[]) => {
      const cited = { lang: 'en', held: false, title: kind, citation: kind };
      const body = { dialogueId, kind, issuers, ...cited };
      return (await desk.do(opener, 'sources.RegisterSource', null, body)).id;
    };
    const sources = {
      RU: await register('statement', ['RU']),
      US: await register('note', ['US']),
      press: await register('press', []),
      joint: await register('joint-text', ['RU', 'US']),
      forged: '',
    };
    const ground = new Ground(desk, dialogueId, sources);
    ground.#made.set('dialogues', [dialogueId]);
    return ground;
  }

  /** A "statement of the US" that RU registered itself. */
  async withForgery(): Promise<Ground> {
    const cited = { lang: 'en', held: false, title: 'Statement', citation: 'Statement' };
    const body = { dialogueId: this.dialogueId, kind: 'statement', issuers: ['US'], ...cited };
    const { id: forged } = await this.desk.do(RU, 'sources.RegisterSource', null, body);
    const ground = new Ground(this.desk, this.dialogueId, { ...this.sources, forged });
    for (const [slice, ids] of this.#made) ground.#made.set(slice, ids);
    return ground;
  }

  async make(who: Principal, command: string, body: object): Promise<Document> {
    const [slice = ''] = command.split('.');
    const made = await this.desk.do(who, command, null, { dialogueId: this.dialogueId, ...body });
    this.#made.set(slice, [...(this.#made.get(slice) ?? []), made.id]);
    return made;
  }

  say(who: Principal, command: string, id: string, body: object = {}, path: object = {}): Promise<Document> {
    return this.desk.do(who, command, id, body, path);
  }

  /** What makes an act one in the name of the US, on this evidence. */
  forUS(evidence: Evidence): object {
    return { party: 'US', wording: summary, sources: [{ sourceId: this.sources[evidence] }] };
  }

  async eventsOf(slice: string, id: string): Promise<readonly Stored[]> {
    return this.desk.record.streams.events(`${slices[slice]}-${id}`);
  }

  /** The id of the last event of this type in that stream. */
  async last(slice: string, id: string, type: string): Promise<string> {
    const found = (await this.eventsOf(slice, id)).findLast((one) => one.type === type);
    if (found === undefined) throw new Error(`There is no ${type} in ${slice} ${id}.`);
    return found.id;
  }

  /** What is joint, and what is the other side's: nothing that one side does may change it. */
  async standing(): Promise<object> {
    await this.desk.settled();
    const all: object[] = [];
    for (const [slice, ids] of this.#made) {
      for (const id of ids) all.push(await this.#standingOf(slice, id));
    }
    return all;
  }

  async #standingOf(slice: string, id: string): Promise<object> {
    const shown = (await this.desk.read(slice, id)) as Record<string, unknown>;
    const events = await this.eventsOf(slice, id);
    const { dropped } = standingsIn(events);
    const counted = events.filter(({ act, id: eventId }) => act.party === 'US' && !dropped.has(eventId));
    const of = (member: string) => (shown[member] as { readonly US?: unknown } | undefined)?.US ?? null;
    const ofUS = (member: string) =>
      ((shown[member] ?? []) as { readonly party: string }[]).filter((one) => one.party === 'US');
    const listed = (member: string) => (shown[member] ?? []) as readonly Record<string, unknown>[];
    const byBoth = ['stage', 'basis', 'agreed', 'returnedTo', 'inForceFor', 'due', 'breaches', 'discharged'];
    return {
      is: `${slice} ${id}`,
      joint: Object.fromEntries(byBoth.map((one) => [one, shown[one] ?? null])),
      status: slice === 'assets' ? null : (jointStatuses.find((one) => one === shown['status']) ?? null),
      isRaisedByUS: (shown['raisers'] as string[] | undefined)?.includes('US') ?? false,
      waits: listed('resolutions').filter((one) => one['state'] === 'conditional'),
      linked: listed('linkages').flatMap(({ state }) =>
        ['accepted', 'ended'].includes(String(state)) ? [state] : [],
      ),
      position: of('positions'),
      designation: of('designations'),
      ofUS: Object.fromEntries(['names', 'heldBy', 'assents', 'waivers'].map((one) => [one, ofUS(one)])),
      saidByUS: counted.map((one) => one.id),
    };
  }
}

/** A step of the US, mandatory, that waits for nothing. */
export function aStepOf(responsible: 'RU' | 'US'): { readonly stepId: string } {
  const step = { stepId: randomUUID(), responsible, after: [], mandatory: true };
  return step;
}

/** One attempt: what it builds on, by what each side said itself, and then what RU does. */
export interface Attempt {
  readonly says: string;
  /** The code of the refusal; absent where it is recorded as RU's own word, and moves nothing. */
  readonly refused?: string;
  readonly prepare: (ground: Ground) => Promise<() => Promise<unknown>>;
}
