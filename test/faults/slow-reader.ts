import type { IncomingMessage } from 'node:http';
import type { Client } from './client.js';

/** An answer whose head has come and whose body nobody reads yet; the server can't have sent all of a long one. */
export class SlowReader {
  private constructor(private readonly answer: IncomingMessage) {}

  static async open(client: Client, path: string, accept: string): Promise<SlowReader> {
    const answer = await client.begin('GET', path, { headers: { Accept: accept } });
    if ('kind' in answer || answer.statusCode !== 200) throw new Error('The answer did not begin.');
    return new SlowReader(answer.pause());
  }

  /** Everything up to its end; throws if the server breaks it off. */
  async rest(): Promise<string> {
    let text = '';
    for await (const chunk of this.answer.setEncoding('utf8')) text += String(chunk);
    return text;
  }

  leave(): void {
    this.answer.destroy();
  }
}

/** The frames of a whole stream in either form; throws where one of them is not whole. */
export function framesOf(text: string): readonly { readonly seq: number }[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const isSse = lines[0]?.startsWith('id: ') === true;
  if (isSse && !text.endsWith('event: end\ndata: {}\n\n')) throw new Error('The stream has no end.');
  const documents = isSse
    ? lines.filter((line) => line.startsWith('data: {"')).map((line) => line.slice(6))
    : lines;
  return documents.map((one) => JSON.parse(one) as { seq: number });
}
