import type { Act, Collection, Create, Reference, Step, Value } from './step.js';

export interface LoadOptions {
  readonly url: string;
  /** The API key of the principal that records; a secretariat's for a record of attributed acts. */
  readonly key: string;
  readonly onStep?: (step: Step, about: { readonly isRepeat: boolean }) => void;
}

export interface Loaded {
  /** Acts that this load added to the record. */
  readonly recorded: number;
  /** Acts that an earlier load had recorded already. */
  readonly repeated: number;
  /** What each label stands for. */
  readonly ids: ReadonlyMap<string, string>;
}

interface Recorded {
  readonly id: string;
  readonly collection: Collection;
}

interface Answer {
  readonly headers: Headers;
  readonly text: string;
}

type Document = Record<string, unknown>;

/** The acts that make something with an id of its own inside what they act on: the list it joins, and its id there. */
const inner: { readonly [act: string]: readonly [list: string, id: string] } = {
  'publish-account': ['accounts', 'accountId'],
  'record-account-point': ['points', 'pointId'],
  'name-delegate': ['delegates', 'personId'],
  claim: ['claims', 'claimId'],
  'request-access': ['accesses', 'accessId'],
};

/**
 * Plays the steps over HTTP in their order, as any client would. The idempotency keys are drawn from the labels, so
 * loading again repeats the stored answers and a load that broke off goes on where it stopped.
 */
export async function loadRecord(steps: readonly Step[], options: LoadOptions): Promise<Loaded> {
  const player = new Player(options, steps[0]?.as ?? '');
  for (const step of steps) {
    const isRepeat = await player.play(step);
    options.onStep?.(step, { isRepeat });
  }
  await player.settle();
  return { recorded: player.recorded, repeated: player.repeated, ids: player.ids };
}

class Player {
  recorded = 0;
  repeated = 0;
  readonly #known = new Map<string, Recorded>();
  #position: string | undefined;

  constructor(
    private readonly server: LoadOptions,
    /** The first label tells one record's keys from another's. */
    private readonly record: string,
  ) {}

  get ids(): ReadonlyMap<string, string> {
    return new Map([...this.#known].map(([label, { id }]) => [label, id]));
  }

  /** Whether the act had been recorded before. */
  async play(step: Step): Promise<boolean> {
    if (this.#known.has(step.as)) throw new Error(`Two steps are called "${step.as}".`);
    const isRepeat = 'create' in step ? await this.#create(step) : await this.#act(step);
    if (isRepeat) this.repeated += 1;
    else this.recorded += 1;
    return isRepeat;
  }

  /** Policies follow the record: what they conclude from the last act is there once they have reached it. */
  async settle(): Promise<void> {
    if (this.#position === undefined) return;
    await this.#call('Waiting for the policies', `/readyz?minPosition=${encodeURIComponent(this.#position)}`);
  }

  async #create(step: Create): Promise<boolean> {
    const { document, isRepeat } = await this.#post(step, `/v1/${step.create}`, {});
    this.#known.set(step.as, { id: String(document['id']), collection: step.create });
    return isRepeat;
  }

  async #act(step: Act): Promise<boolean> {
    const { id, collection } = this.#behind(step.on, step);
    const address = `/v1/${collection}/${id}`;
    const act = step.act.replace(/\{([^}]+)\}/g, (_, label: string) => this.#behind(label, step).id);
    const etag = await this.#etag(step, address);
    const { document, isRepeat } = await this.#post(step, `${address}/${act}`, { 'if-match': etag });
    this.#known.set(step.as, { id: madeBy(step, document) ?? id, collection });
    return isRepeat;
  }

  /** Policies add to what is acted on, so each act is decided on a state that has all consequences of the one before. */
  async #etag(step: Step, address: string): Promise<string> {
    const waiting = this.#position === undefined ? '' : `?minPosition=${encodeURIComponent(this.#position)}`;
    const { headers } = await this.#call(`Step "${step.as}"`, `${address}${waiting}`);
    return headers.get('etag') ?? '';
  }

  async #post(step: Step, path: string, headers: Record<string, string>) {
    const answer = await this.#call(`Step "${step.as}"`, path, {
      method: 'POST',
      body: JSON.stringify(this.#resolved(step.body, step)),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'idempotency-key': `${this.record}/${step.as}`,
      },
    });
    this.#position = answer.headers.get('event-position') ?? this.#position;
    return {
      document: JSON.parse(answer.text) as Document,
      isRepeat: answer.headers.get('idempotent-replayed') === 'true',
    };
  }

  /** Reads every answer to its end: one that is left unread keeps its connection from being used again or closed. */
  async #call(what: string, path: string, request: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${this.server.key}`);
    const response = await fetch(this.server.url + path, { ...request, headers });
    const text = await response.text();
    if (response.ok) return { headers: response.headers, text };
    throw new Error(`${what} was refused (${response.status}). ${detailOf(text)}`);
  }

  #behind(label: string, step: Step): Recorded {
    const found = this.#known.get(label);
    if (found !== undefined) return found;
    throw new Error(`Step "${step.as}" refers to "${label}", which no earlier step records.`);
  }

  #resolved(value: Value, step: Step): unknown {
    if (typeof value !== 'object') return value;
    if (isList(value)) return value.map((one) => this.#resolved(one, step));
    if (isReference(value)) return this.#behind(value.ref, step).id;
    return Object.fromEntries(
      Object.entries<Value>(value).map(([name, one]) => [name, this.#resolved(one, step)]),
    );
  }
}

/** `Array.isArray` does not narrow to a list that can't be written to. */
function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

function isReference(value: object): value is Reference {
  return typeof (value as Partial<Reference>).ref === 'string';
}

/** The answer is the state right after the act, so what the act made comes last in its list. */
function madeBy(step: Act, document: Document): string | undefined {
  const [list = '', id = ''] = inner[step.act] ?? [];
  const made = (document[list] as readonly Document[] | undefined)?.at(-1)?.[id];
  return typeof made === 'string' ? made : undefined;
}

/** An answer that is no problem document, as of a proxy in between, is shown as it came. */
function detailOf(text: string): string {
  try {
    const { code, detail, errors } = JSON.parse(text) as { code: string; detail: string; errors?: unknown };
    return `${code}: ${detail}${errors === undefined ? '' : ` ${JSON.stringify(errors)}`}`;
  } catch {
    return text;
  }
}
