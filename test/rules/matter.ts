import { standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { isProblem, principals } from '../support/desk.js';
import type { Desk, Document } from '../support/desk.js';

export const { RU, US, secretariat } = principals;
/** Of the same party as the negotiator, and records what binds nobody. */
export const ruRegistrar: Principal = {
  id: 'p-ru-registrar',
  name: 'ru-registrar',
  party: 'RU',
  roles: ['registrar'],
};
export const otherSecretariat: Principal = { ...secretariat, id: 'p-other', name: 'other-secretariat' };

export const reason = { en: 'Entered in error.' };
export const words = { en: 'Words.' };
/** The words in attributed acts are the recorder's summary. */
export const wording = [{ as: 'summary' }];

let prefixes = 0;

/** Where it is open, and who keeps it. */
interface Opening {
  /** Who opens the dialogue; a negotiator joins it with that. */
  readonly by?: Principal;
  readonly joined?: readonly Principal[];
}

/** A dialogue with a statement of each side and an irritant of RU, and short ways to act on it and look at it. */
export class Matter {
  private constructor(
    readonly desk: Desk,
    readonly dialogueId: string,
    readonly statements: { readonly RU: string; readonly US: string },
    readonly irritantId: string,
  ) {}

  static async open(desk: Desk, { by = secretariat, joined = [] }: Opening = {}): Promise<Matter> {
    prefixes += 1;
    const opening = { parties: ['RU', 'US'], keyPrefix: `MA${prefixes}`, name: { en: 'A matter' } };
    const dialogueId = (await desk.do(by, 'dialogues.OpenDialogue', null, opening)).id;
    const statement = async (issuer: string) => {
      const cited = { lang: 'en', held: false, title: 'Statement', citation: 'Statement' };
      const body = { dialogueId, kind: 'statement', issuers: [issuer], ...cited };
      return (await desk.do(by, 'sources.RegisterSource', null, body)).id;
    };
    const statements = { RU: await statement('RU'), US: await statement('US') };
    for (const one of joined) await desk.do(one, 'dialogues.JoinDialogue', dialogueId, {});
    const isItself = by === RU || joined.includes(RU);
    const raised = await desk.do(isItself ? RU : secretariat, 'irritants.RaiseIrritant', null, {
      dialogueId,
      raisers: ['RU'],
      respondents: ['US'],
      raisedBasis: 'stated',
      category: 'visas',
      title: { en: 'Visas' },
      ...(isItself ? {} : { party: 'RU', sources: [{ sourceId: statements.RU }] }),
    });
    return new Matter(desk, dialogueId, statements, raised.id);
  }

  /** What a secretariat says beside an act that it records in the name of that side. */
  inTheNameOf(party: 'RU' | 'US'): object {
    return { party, sources: [{ sourceId: this.statements[party] }], wording };
  }

  /** On the irritant. */
  act(who: Principal, command: string, body: object = {}, path: object = {}): Promise<Document> {
    return this.desk.do(who, `irritants.${command}`, this.irritantId, body, path);
  }

  join(who: Principal): Promise<Document> {
    return this.desk.do(who, 'dialogues.JoinDialogue', this.dialogueId, {});
  }

  /** An entry of another slice of the same dialogue. */
  async begin(who: Principal, command: string, body: object = {}): Promise<string> {
    return (await this.desk.do(who, command, null, { dialogueId: this.dialogueId, ...body })).id;
  }

  events(stream = `irritant-${this.irritantId}`): Promise<readonly Stored[]> {
    return this.desk.record.streams.events(stream);
  }

  async lastId(stream?: string): Promise<string> {
    return (await this.events(stream)).at(-1)?.id ?? '';
  }

  /** The last event of that type. */
  async idOf(type: string, stream?: string): Promise<string> {
    return (await this.events(stream)).findLast((one) => one.type === type)?.id ?? '';
  }

  async types(stream?: string): Promise<readonly string[]> {
    return (await this.events(stream)).map((one) => one.type);
  }

  async present(): Promise<Document> {
    await this.desk.settled();
    return this.desk.read('irritants', this.irritantId);
  }

  /** An understanding that this side claims; the id of the claim. */
  async claim(who: Principal, kind = 'roadmap-to-be-developed', beside: object = {}): Promise<string> {
    const { claims } = await this.act(who, 'ClaimUnderstanding', { kind, text: words, ...beside });
    return (claims as { claimId: string }[]).at(-1)?.claimId ?? '';
  }

  /** The US claims one understanding and then another, and both are confirmed in the name of RU, which joins after that. */
  async understoodForRU(): Promise<string> {
    const confirmation = { mode: 'same-text', ...this.inTheNameOf('RU') };
    const claimIds: string[] = [];
    for (const kind of ['roadmap-to-be-developed', 'agreement']) {
      const claimId = await this.claim(US, kind);
      await this.act(secretariat, 'ConfirmUnderstanding', confirmation, { claimId });
      claimIds.push(claimId);
    }
    await this.join(RU);
    return claimIds[1] ?? '';
  }

  /** The party disavows that event of that entry, and all that follows from it has followed. */
  async disavow(who: Principal, slice: string, id: string, target: string): Promise<void> {
    await this.desk.settled();
    await this.desk.do(who, `${slice}.DisavowAttribution`, id, { target, ground: 'not-what-we-said' });
    await this.desk.settled();
  }

  /** Whether the last event of that type, of that party's own word, still counts. */
  async isCounted(stream: string, type: string, party: string): Promise<boolean> {
    await this.desk.settled();
    const events = await this.events(stream);
    const found = events.findLast(
      (one) => one.type === type && one.act.party === party && one.act.capacity === 'direct',
    );
    return found !== undefined && !standingsIn(events).dropped.has(found.id);
  }
}

/** `recorded`, or the code of the problem that it is refused with. */
export async function tried(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'recorded';
  } catch (error) {
    if (isProblem(error)) return error.kind.code;
    throw error;
  }
}
