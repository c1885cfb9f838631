import type { Entry } from '../platform/shapes/entry.js';

/** Stands for every id in an address. */
const madeUp = '01960b3a-0000-7000-8000-000000000001';
const exampleRequired: { readonly [parameter: string]: string } = { from: 'r0', to: 'r1' };

function addressOf({ path, parameters }: Entry): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const { schema = {} } = parameters.find((one) => one.in === 'path' && one.name === name) ?? {};
    return schema['format'] === 'uuid' ? madeUp : 'RUUS-1';
  });
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name, example }) => `${name}=${exampleRequired[name] ?? (example as string)}`);
  return `"$ENTENTE${filled}${query.length === 0 ? '' : `?${query.join('&')}`}"`;
}

/** In single quotes, as a shell takes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The operation as one would try it in a shell, with the address in `$ENTENTE` and the key in `$KEY`. */
export function curl(entry: Entry, needsKey: boolean): string {
  const { method, parameters, body, answer } = entry;
  const headers = parameters
    .filter((one) => one.in === 'header' && one.required)
    .map(({ name, example }) => `-H ${quoted(`${name}: ${String(example)}`)}`);
  const sent =
    body === undefined
      ? []
      : [
          `-H ${quoted(`Content-Type: ${body.mediaType}`)}`,
          body.example === undefined
            ? '--data-binary @note.pdf'
            : `-d ${quoted(JSON.stringify(body.example))}`,
        ];
  const isStream = answer.content.some(({ mediaType }) => mediaType === 'text/event-stream');
  return [
    `curl -sS${method === 'post' ? ' -X POST' : ''}${isStream ? ' -N' : ''} ${addressOf(entry)}`,
    ...(needsKey ? ['-H "Authorization: Bearer $KEY"'] : []),
    ...headers,
    ...sent,
  ].join(' \\\n  ');
}
