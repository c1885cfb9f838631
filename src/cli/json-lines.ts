import { CliFailure } from './cli-failure.js';

/**
 * The values of newline-delimited JSON as its bytes arrive. Only a line feed ends a line: other characters that end
 * lines elsewhere, such as U+2028, can stand in a JSON string as they are.
 *
 * Throws a `CliFailure` where the bytes end within a line.
 */
export async function* jsonLinesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let begun = '';
  for await (const chunk of bytes) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    begun += first;
    for (const next of others) {
      yield JSON.parse(begun) as unknown;
      begun = next;
    }
  }
  if (begun + decoder.decode() !== '') {
    throw new CliFailure('The server’s answer broke off in the middle. Ask again.');
  }
}
