import { randomUUID } from 'node:crypto';
import type { Principal } from '../../src/platform/record/principal.js';
import { isProblem } from '../support/desk.js';
import type { Document } from '../support/desk.js';
import type { Matter } from './matter.js';
import { RU, US, words } from './matter.js';

type Settle = () => Promise<void>;

/** What both sides do in a matter of RU; what follows is drawn after each act that `isDrawnAfter` names by its number. */
export class Race {
  readonly answers: string[] = [];
  #acts = 0;

  constructor(
    readonly matter: Matter,
    private readonly settle: Settle,
    private readonly isDrawnAfter: (act: number) => boolean,
  ) {}

  get irritantIds(): readonly string[] {
    return [this.matter.irritantId];
  }

  /** Recorded or refused: what a side may do is part of what it finds. */
  async say(
    who: Principal,
    command: string,
    id: string | null,
    body: object = {},
    path: object = {},
  ): Promise<Document> {
    try {
      return await this.matter.desk.do(who, command, id, body, path);
    } catch (error) {
      if (!isProblem(error)) throw error;
      this.answers.push(`${command} ${error.kind.code}`);
      return { id: '', revision: 0 };
    } finally {
      this.#acts += 1;
      if (this.isDrawnAfter(this.#acts - 1)) await this.settle();
    }
  }

  on(who: Principal, command: string, body: object = {}, path: object = {}): Promise<Document> {
    return this.say(who, `irritants.${command}`, this.matter.irritantId, body, path);
  }

  async begin(who: Principal, command: string, body: object): Promise<string> {
    return (await this.say(who, command, null, { dialogueId: this.matter.dialogueId, ...body })).id;
  }

  /** A text of RU to which both assent, US last. */
  async agreed(): Promise<string> {
    const body = { form: 'proposal', irritantIds: this.irritantIds, title: words, texts: words };
    const id = await this.begin(RU, 'proposals.TableProposal', body);
    await this.#assent('proposals.AssentToProposal', await this.matter.desk.read('proposals', id));
    return id;
  }

  /** A roadmap with one mandatory step of that side, to which both assent, US last; with what else it holds. */
  async roadmap(
    responsible: string,
    beside: object = {},
  ): Promise<{ readonly id: string; readonly stepId: string }> {
    const { irritantIds } = this;
    const id = await this.begin(RU, 'roadmaps.DraftRoadmap', { irritantIds });
    const stepId = randomUUID();
    const steps = [{ stepId, responsible, after: [], mandatory: true }];
    const body = { irritantIds, steps, texts: { [stepId]: words }, ...beside };
    await this.#assent(
      'roadmaps.AssentToRoadmap',
      await this.say(RU, 'roadmaps.TableRoadmapVersion', id, body),
    );
    return { id, stepId };
  }

  async #assent(command: string, text: Document): Promise<void> {
    const { version, contentHash } = (
      text['versions'] as { readonly version: number; readonly contentHash: string }[]
    )[0]!;
    for (const who of [RU, US]) {
      await this.say(who, command, text.id, { version, contentHash, adReferendum: false });
    }
  }

  /** An exchange that both have reported, and of which both say that it covers the matter. */
  async covered(): Promise<string> {
    const [irritantId] = this.irritantIds;
    const id = await this.begin(RU, 'exchanges.OpenExchange', {});
    await this.say(US, 'exchanges.ReportExchange', id);
    for (const who of [RU, US]) await this.say(who, 'exchanges.AssertCoverage', id, { irritantId });
    return id;
  }

  /** What RU owes US by its own word. */
  async owed(): Promise<string> {
    const debt = { obligors: ['RU'], beneficiaries: ['US'], mode: 'once', text: words };
    const id = await this.begin(RU, 'commitments.AssertCommitment', {
      ...debt,
      irritantIds: this.irritantIds,
    });
    await this.say(RU, 'commitments.UndertakeCommitment', id);
    return id;
  }

  /** Terms of that side, as the other accepts them. */
  async terms(who: Principal): Promise<{ readonly resolutionId: string; readonly termsHash: string }> {
    const { resolutions } = await this.on(who, 'ProposeResolution', { terms: words });
    const { resolutionId, termsHash } = (
      resolutions as { readonly resolutionId: string; readonly termsHash: string }[]
    ).at(-1)!;
    return { resolutionId, termsHash };
  }

  async resolve(proposer: Principal, accepter: Principal): Promise<void> {
    await this.on(accepter, 'AcceptResolution', await this.terms(proposer));
  }

  async reopen(who: Principal): Promise<void> {
    const closing = (await this.matter.events()).findLast(({ type }) =>
      ['IrritantResolved', 'IrritantWithdrawn', 'IrritantMadeDormant', 'WithdrawalAccepted'].includes(type),
    );
    await this.on(who, 'ReopenIrritant', { closingEventId: closing?.id, reason: words });
  }

  async review(stage: string): Promise<void> {
    await this.on(US, 'OpenStageReview', { stage });
    for (const who of [RU, US]) await this.on(who, 'ConcludeStageReview', { stage });
  }

  async stands(): Promise<{ readonly stage: unknown; readonly awaiting: unknown }> {
    await this.settle();
    const { stage, awaiting } = await this.matter.desk.read('irritants', this.matter.irritantId);
    const owed = awaiting as readonly { readonly what: string; readonly from: string }[];
    return { stage, awaiting: owed.map(({ what, from }) => `${what} from ${from}`).toSorted() };
  }
}
