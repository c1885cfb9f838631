import { valueComponents } from './value-components.js';

const published = '#/components/schemas/';
const within = '#/$defs/';

/** The values that the shapes name, and those that these name. */
function namedIn(text: string, known = new Set<string>()): ReadonlySet<string> {
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (known.has(name)) continue;
    known.add(name);
    namedIn(JSON.stringify(valueComponents[name]), known);
  }
  return known;
}

/** As a JSON document of its own (JSON Schema 2020-12): what its shapes name stands beside them, under `$defs`. */
export function standingAlone(document: object): string {
  const named = [...namedIn(JSON.stringify(document))].toSorted();
  const $defs = Object.fromEntries(named.map((name) => [name, valueComponents[name]]));
  return JSON.stringify({ ...document, $defs }).replaceAll(`"${published}`, `"${within}`);
}
