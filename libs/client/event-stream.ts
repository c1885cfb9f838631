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
/** And the server gives each on one line. */
const linesMax = 65_536;

const endless = (what: string) => new NotUnderstood('A stream', 200, `${what} of it has no end.`);

/**
 * Each line without its end, which is CR, LF or both; what is not ended is no line. Each character is looked at once,
 * however small the pieces are in which it comes.
 */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  let size = 0;
  let endedByCr = false;
  for await (const chunk of chunks) {
    let from = 0;
    for (const { index, 0: end } of chunk.matchAll(/\r\n|\n|\r/g)) {
      // The second half of an end that came in two pieces.
      if (!(endedByCr && index === 0 && end === '\n')) {
        yield parts.join('') + chunk.slice(from, index);
        [parts, size] = [[], 0];
      }
      from = index + end.length;
    }
    if (chunk !== '') endedByCr = chunk.endsWith('\r');
    if (from === chunk.length) continue;
    parts.push(chunk.slice(from));
    size += chunk.length - from;
    if (size > lineCharactersMax) throw endless('A line');
  }
}

/**
 * The events of a stream, and beside them each sign of life: what a comment or an id alone says is given with no data. What
 * was cut off in the middle is not given.
 */
export async function* eventsOf(chunks: AsyncIterable<string>): AsyncGenerator<StreamEvent> {
  let type = 'message';
  let data: string[] = [];
  let size = 0;
  let id: string | undefined;
  for await (const line of linesOf(chunks)) {
    if (line === '') {
      yield { type, data: data.length === 0 ? undefined : data.join('\n'), id };
      [type, data, size, id] = ['message', [], 0, undefined];
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line.replace(/^\uFEFF/, '')) ?? [];
    if (field === 'event') type = value;
    else if (field === 'data') {
      data.push(value);
      size += value.length;
    } else if (field === 'id' && !value.includes('\0')) id = value;
    if (size > lineCharactersMax || data.length > linesMax) throw endless('An event');
  }
}
