import { NotUnderstood } from './problems.js';

/** An event of a stream of server-sent events (HTML, section 9.2.6), or a place without one. */
export interface StreamEvent {
  readonly type: string;
  /** Undefined where only a comment or an id came. */
  readonly data: string | undefined;
  readonly id: string | undefined;
}

/** The largest event of the record is a fraction of that. */
const lineCharactersMax = 8 * 1024 * 1024;

const endless = (what: string) => new NotUnderstood('A stream', 200, `${what} of it has no end.`);

/** Each line without its end, which is CR, LF or both; what is not ended is no line. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    rest += chunk;
    // A CR at the end may be half of an end.
    for (let end = /\r\n|\n|\r(?!$)/.exec(rest); end !== null; end = /\r\n|\n|\r(?!$)/.exec(rest)) {
      yield rest.slice(0, end.index);
      rest = rest.slice(end.index + end[0].length);
    }
    if (rest.length > lineCharactersMax) throw endless('A line');
  }
}

/**
 * The events of a stream, and beside them each sign of life: what a comment or an id alone says is given with no data. What
 * was cut off in the middle is not given.
 */
export async function* eventsOf(chunks: AsyncIterable<string>): AsyncGenerator<StreamEvent> {
  let type = 'message';
  let data: string[] = [];
  let id: string | undefined;
  for await (const line of linesOf(chunks)) {
    if (line === '') {
      yield { type, data: data.length === 0 ? undefined : data.join('\n'), id };
      [type, data, id] = ['message', [], undefined];
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line.replace(/^\uFEFF/, '')) ?? [];
    if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
    if (data.reduce((sum, one) => sum + one.length, 0) > lineCharactersMax) throw endless('An event');
  }
}
