import { Containment } from './containment.js';
import type { Gap, Schemas } from './containment.js';
import type { Contents, Contract, OperationContract, Schema } from './contract.js';

type Way = 'request' | 'answer';

/** Sets that grow with the record: who reads them leaves what he does not know (the guide on compatibility says so). */
const growing: ReadonlySet<string> = new Set(['TypedEvent', 'Problem/code']);

const shown = (values: readonly unknown[]) => values.map((one) => `“${String(one)}”`).join(', ');
const at = (place: string) => (place === '' ? '' : ` at ${place}`);

/** In words; nothing for what clients have to tolerate. */
function inWords({ place, kind }: Gap, way: Way, what: string): string | undefined {
  const where = `${what}${at(place)}`;
  const isRequest = way === 'request';
  switch (kind.is) {
    case 'value':
      return isRequest
        ? `${where} no longer takes ${shown(kind.values)}`
        : `${where} may now also be ${shown(kind.values)}`;
    case 'type':
      return isRequest ? `${where} no longer takes ${kind.type}` : `${where} may now also be ${kind.type}`;
    case 'bound':
      // How a text looks, nobody reads out of it.
      if (!isRequest && kind.keyword === 'pattern') return undefined;
      return isRequest ? `${where} is narrower by ${kind.keyword}` : `${where} is wider by ${kind.keyword}`;
    case 'missing':
      return isRequest
        ? `${where} now needs “${kind.member}”`
        : `${where} does not always give “${kind.member}” any more`;
    case 'unknown':
      return isRequest ? `${where} no longer takes “${kind.member}”` : undefined;
    case 'unsaid':
      return isRequest ? undefined : `${where} no longer gives “${kind.member}”`;
    case 'variant':
      return isRequest
        ? `${where} no longer takes one of its forms`
        : `${where} may now have a form that it had not`;
  }
}

const containmentOf = (way: Way) => new Containment((gap) => inWords(gap, way, '') === undefined);

/** Compares the last release with what is there now. */
class Comparison {
  readonly found: string[] = [];
  readonly #containment = { request: containmentOf('request'), answer: containmentOf('answer') };

  constructor(
    private readonly before: Contract,
    private readonly now: Contract,
  ) {}

  /** What is asked of before must be taken now; what is answered now must be of what was answered before. */
  schema(way: Way, before: Schema, now: Schema, what: string): void {
    const [old, young] = [
      { schema: before, schemas: this.before.schemas as Schemas },
      { schema: now, schemas: this.now.schemas as Schemas },
    ];
    const containment = this.#containment[way];
    const gaps = way === 'request' ? containment.gaps(old, young) : containment.gaps(young, old);
    for (const gap of gaps) {
      const words = inWords(gap, way, what);
      if (words !== undefined && !growing.has(`${what}${gap.place}`)) this.found.push(words);
    }
  }

  /** Each schema that both refer to by one name, once for each way in which it is used. */
  schemas(): void {
    for (const way of ['request', 'answer'] as const) {
      const done = new Set<string>();
      const { met } = this.#containment[way];
      for (let open = [...met]; open.length > 0; open = [...met].filter((one) => !done.has(one)))
        for (const name of open) {
          done.add(name);
          const what = way === 'request' ? `${name}, where it is sent,` : name;
          this.schema(way, this.before.schemas[name] ?? {}, this.now.schemas[name] ?? {}, what);
        }
    }
  }

  contents(way: Way, before: Contents, now: Contents, what: string): void {
    for (const [type, schema] of Object.entries(before)) {
      const other = now[type];
      if (other === undefined)
        this.found.push(`${what} no longer ${way === 'request' ? 'takes' : 'comes as'} ${type}`);
      else this.schema(way, schema, other, what);
    }
  }

  operation(name: string, before: OperationContract, now: OperationContract): void {
    const { found } = this;
    if (before.operationId !== now.operationId)
      found.push(`${name} is now called ${now.operationId}, and was ${before.operationId}`);
    if (before.open && !now.open) found.push(`${name} now needs a key`);
    this.#asked(name, before, now);
    for (const [status, answer] of Object.entries(before.answers)) {
      const other = now.answers[status];
      if (other === undefined) {
        found.push(`${name} no longer answers ${status}`);
        continue;
      }
      for (const header of answer.headers)
        if (!other.headers.includes(header))
          found.push(`${name} no longer answers with the header ${header}`);
      this.contents('answer', answer.content, other.content, `${name}, answer ${status},`);
    }
    for (const status of Object.keys(now.answers))
      if (before.answers[status] === undefined) found.push(`${name} may now also answer ${status}`);
    for (const [status, codes] of Object.entries(before.refusals)) {
      const other = now.refusals[status];
      if (other === undefined) found.push(`${name} no longer refuses with ${status}`);
      else
        for (const code of codes)
          if (!other.includes(code)) found.push(`${name} no longer refuses with the code ${code}`);
    }
  }

  #asked(name: string, before: OperationContract, now: OperationContract): void {
    for (const [place, { required, schema }] of Object.entries(before.parameters)) {
      const other = now.parameters[place];
      if (other === undefined) this.found.push(`${name} no longer takes the parameter ${place}`);
      else {
        if (other.required && !required) this.found.push(`${name} now needs the parameter ${place}`);
        this.schema('request', schema, other.schema, `${name}, parameter ${place},`);
      }
    }
    for (const [place, { required }] of Object.entries(now.parameters))
      if (required && before.parameters[place] === undefined)
        this.found.push(`${name} now needs the parameter ${place}`);
    if (now.body?.required === true && before.body?.required !== true)
      this.found.push(`${name} now needs a body`);
    if (before.body === undefined) return;
    if (now.body === undefined) this.found.push(`${name} no longer takes a body`);
    else this.contents('request', before.body.content, now.body.content, `${name}, body,`);
  }
}

/**
 * Each change by which a client that did right by the first may go wrong with the second, in a sentence. What clients have
 * to tolerate by the guide on compatibility is none.
 */
export function breakingChanges(before: Contract, now: Contract): readonly string[] {
  const comparison = new Comparison(before, now);
  for (const [name, operation] of Object.entries(before.operations)) {
    const other = now.operations[name];
    if (other === undefined) comparison.found.push(`${name} is gone`);
    else comparison.operation(name, operation, other);
  }
  comparison.schemas();
  return [...new Set(comparison.found)];
}
