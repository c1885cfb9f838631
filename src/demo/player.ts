import { call, Refused } from './call.js';
import { madeBy } from './made.js';
import type { Document } from './made.js';
import { Patience } from './patience.js';
import type { PatienceOptions } from './patience.js';
import type { Act, Collection, Create, Reference, Step, Upload, Value } from './step.js';

/** The server that steps are played on, and with whose keys. */
export interface Server extends PatienceOptions {
  readonly url: string;
  /** The API key of the principal that records where a step names none; a secretariat's for attributed acts. */
  readonly key: string;
  /** The keys of the principals that steps name. */
  readonly keys?: { readonly [principal: string]: string };
  /** Sends the requests; the runtime's own where it is left out. */
  readonly fetch?: typeof fetch;
}

interface Recorded {
  readonly id: string;
  readonly collection: Collection;
  /** What the step made, as the answer to it shows it. */
  readonly made: Document;
  /** By which the event that the step recorded is found in the history, should a later step name it. */
  readonly event: { readonly of: string; readonly revision: number };
}

interface Envelope {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

/** Plays one step after the other, and keeps what each of them made for those that refer to it. */
export class Player {
  recorded = 0;
  repeated = 0;
  readonly #known = new Map<string, Recorded>();
  readonly #patience: Patience;
  #position: string | undefined;

  constructor(
    private readonly server: Server,
    /** The first label tells one record's keys from another's. */
    private readonly record: string,
  ) {
    this.#patience = new Patience(server);
  }

  get ids(): ReadonlyMap<string, string> {
    return new Map([...this.#known].map(([label, { id }]) => [label, id]));
  }

  /** Whether the act had been recorded before. */
  async play(step: Step): Promise<boolean> {
    if (this.#known.has(step.as)) throw new Error(`Two steps are called "${step.as}".`);
    if ('upload' in step) return this.#upload(step);
    const isRepeat = 'create' in step ? await this.#create(step) : await this.#act(step);
    if (isRepeat) this.repeated += 1;
    else this.recorded += 1;
    return isRepeat;
  }

  /** Reactions follow the record: what they conclude from the last act is there once they have reached it. */
  async settle(): Promise<void> {
    if (this.#position === undefined) return;
    const path = `/readyz?minPosition=${encodeURIComponent(this.#position)}`;
    await this.#call('Waiting for the policies', path, this.server.key);
  }

  async #upload(step: Upload): Promise<boolean> {
    const { id } = this.#behind(step.of, step);
    const { text } = await this.#call(named(step), `/v1/dialogues/${id}/bytes`, this.#keyOf(step), {
      method: 'POST',
      body: new TextEncoder().encode(step.upload),
      headers: {
        'content-type': 'application/octet-stream',
        'idempotency-key': `${this.record}/${step.as}`,
      },
    });
    const made = JSON.parse(text) as Document;
    const event = { of: '', revision: 0 };
    this.#known.set(step.as, { id: String(made['bytesId']), collection: 'sources', made, event });
    return false;
  }

  async #create(step: Create): Promise<boolean> {
    const { document, isRepeat, revision } = await this.#post(step, `/v1/${step.create}`, {});
    const id = String(document['id']);
    const { made = document } = madeBy(step.create, document);
    this.#known.set(step.as, { id, collection: step.create, made, event: { of: id, revision } });
    return isRepeat;
  }

  async #act(step: Act): Promise<boolean> {
    const { id, collection } = this.#behind(step.on, step);
    const address = `/v1/${collection}/${id}`;
    const act = step.act.replace(/\{([^}]+)\}/g, (_, label: string) => this.#behind(label, step).id);
    const answer = await this.#patience.anew(async () => {
      const etag = await this.#etag(step, address);
      return this.#post(step, `${address}/${act}`, { 'if-match': etag });
    });
    const { made = answer.document, id: madeId = id } = madeBy(step.act, answer.document);
    const event = { of: id, revision: answer.revision };
    this.#known.set(step.as, { id: madeId, collection, made, event });
    return answer.isRepeat;
  }

  /** Reactions add to what is acted on, so each act is decided on a state that has all consequences of the one before. */
  async #etag(step: Step, address: string): Promise<string> {
    const waiting = this.#position === undefined ? '' : `?minPosition=${encodeURIComponent(this.#position)}`;
    return this.#patience.again(async () => {
      const { headers } = await this.#once(named(step), address + waiting, this.#keyOf(step));
      const etag = headers.get('etag');
      if (etag !== null) return etag;
      // Read without the store, whose revision nobody knows now.
      throw new Refused(`${named(step)} can't be decided on now.`, {
        code: '',
        status: 503,
        retryAfterMs: 1_000,
      });
    });
  }

  async #post(step: Create | Act, path: string, headers: Record<string, string>) {
    const body = await this.#resolved(step.body, step);
    const answer = await this.#call(named(step), path, this.#keyOf(step), {
      method: 'POST',
      body: JSON.stringify(body),
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
      revision: Number((answer.headers.get('etag') ?? '').replaceAll('"', '')),
    };
  }

  #call(what: string, path: string, key: string, request?: RequestInit) {
    return this.#patience.again(() => this.#once(what, path, key, request));
  }

  #once(what: string, path: string, key: string, request?: RequestInit) {
    return call(what, this.server.url + path, key, request, this.server.fetch);
  }

  #keyOf({ by, as }: Step): string {
    if (by === undefined) return this.server.key;
    const key = this.server.keys?.[by];
    if (key === undefined) throw new Error(`Step "${as}" is for ${by}, of which there is no key.`);
    return key;
  }

  #behind(label: string, step: Step): Recorded {
    const found = this.#known.get(label);
    if (found !== undefined) return found;
    throw new Error(`Step "${step.as}" refers to "${label}", which no earlier step records.`);
  }

  async #resolved(value: Value, step: Step): Promise<unknown> {
    if (typeof value !== 'object') return value;
    if (isList(value)) return Promise.all(value.map((one) => this.#resolved(one, step)));
    if (isReference(value)) return this.#referred(value, step);
    const fields = Object.entries<Value>(value).map(async ([name, one]): Promise<[string, unknown]> => [
      name,
      await this.#resolved(one, step),
    ]);
    return Object.fromEntries(await Promise.all(fields));
  }

  async #referred({ ref, field }: Reference, step: Step): Promise<unknown> {
    const found = this.#behind(ref, step);
    if (field === undefined) return found.id;
    const value = field === 'eventId' ? await this.#eventIdOf(found, step) : found.made[field];
    if (value !== undefined) return value;
    throw new Error(`Step "${step.as}" refers to the ${field} of "${ref}", which has none.`);
  }

  /** Answers show the state; which event brought it about is what the history is for. */
  async #eventIdOf({ collection, event }: Recorded, step: Step): Promise<string | undefined> {
    const path = `/v1/${collection}/${event.of}/history?limit=200`;
    const { text } = await this.#call(named(step), path, this.#keyOf(step));
    const { items } = JSON.parse(text) as { items: readonly { event: { envelope: Envelope } }[] };
    return items
      .map((one) => one.event.envelope)
      .find((one) => one.stream.endsWith(event.of) && one.revision === event.revision)?.id;
  }
}

function named({ as }: Step): string {
  return `Step "${as}"`;
}

/** `Array.isArray` does not narrow to a list that can't be written to. */
function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

function isReference(value: object): value is Reference {
  return typeof (value as Partial<Reference>).ref === 'string';
}
