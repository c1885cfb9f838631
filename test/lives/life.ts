import { readFileSync, writeFileSync } from 'node:fs';
import type { Api, Body, PrincipalName } from '../support/api.js';
import { draws } from '../support/runs.js';
import { raising } from '../support/scene.js';

interface Irritant extends Body {
  readonly stage: string;
  readonly basis: string;
  readonly awaiting: readonly { readonly what: string; readonly from: string }[];
}

/** A life of one irritant, walked act by act over HTTP: each line says who did what, and what the record then shows. */
export class Life {
  readonly #lines: string[] = [];
  #irritantId = '';

  constructor(
    readonly api: Api,
    readonly dialogueId: string,
  ) {}

  get irritantId(): string {
    return this.#irritantId;
  }

  async raise(as: PrincipalName, body: Body = {}): Promise<void> {
    const answer = await this.api.create<Body & { id: string }>(
      '/v1/irritants',
      { ...raising(this.dialogueId), ...body },
      as,
    );
    this.#irritantId = answer.body.id;
    await this.#told(as, 'raise', answer);
  }

  /** On the irritant unless the path names something else, such as `dialogues/…/join`. */
  async act<T extends Body = Body>(as: PrincipalName, path: string, body: Body = {}): Promise<T> {
    const at = /^(dialogues|roadmaps)\//.test(path) ? path : `irritants/${this.#irritantId}/${path}`;
    const answer = await this.api.act<T>(`/v1/${at}`, body, as);
    await this.#told(
      as,
      at.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/^irritants\/…\//, ''),
      answer,
    );
    return answer.body;
  }

  join(as: PrincipalName): Promise<Body> {
    return this.act(as, `dialogues/${this.dialogueId}/join`);
  }

  /** The last event of the irritant, as what a later act is about. */
  async last(type: string): Promise<string> {
    const events = await this.api.server.record.streams.events(`irritant-${this.#irritantId}`);
    return events.findLast((one) => one.type === type)?.id ?? '';
  }

  say(line: string): void {
    this.#lines.push(line);
  }

  async shown(): Promise<string> {
    await this.api.settled();
    if (this.#irritantId === '') return '';
    const { body } = await this.api.ask<Irritant>('GET', `/v1/irritants/${this.#irritantId}`);
    const awaited = body.awaiting.map(({ what, from }) => `${what} from ${from}`).join(', ');
    return `${body.stage} (${body.basis})${awaited === '' ? '' : `; awaits ${awaited}`}`;
  }

  async #told(
    as: string,
    act: string,
    { status, body, headers }: { status: number; body: Body; headers: Headers },
  ) {
    const result =
      status < 300 ? (headers.get('act-recorded') === 'false' ? 'again' : 'recorded') : String(body['code']);
    this.#lines.push(`${as}: ${act} → ${result} · ${await this.shown()}`);
  }

  get text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

/** The text that is kept for a life; `DRAW=1` writes it anew, to be read before it is kept. */
export function goldenOf(name: string, text: string): string {
  const file = new URL(`../golden/lives/${name}.txt`, import.meta.url);
  if (draws) writeFileSync(file, text);
  return readFileSync(file, 'utf8');
}
