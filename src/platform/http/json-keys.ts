export interface Keys {
  readonly isTooDeep: boolean;
  /** A key that stands twice in one object; `JSON.parse` would keep the last and say nothing. */
  readonly twice: string | undefined;
  /** Each key of the text once. */
  readonly all: readonly string[];
}

/** A quoted string as it stands in JSON, from its first quote on. */
const quoted = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const beforeColon = /[ \t\r\n]*:/y;

/** The key as it means, whichever way its characters are escaped; the text as it stands where it is no JSON. */
function meaningOf(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

/**
 * The keys of a JSON text, found without recursion and before anything else walks it. Of a text that is no JSON it may
 * say anything: whoever asks parses it as well.
 */
export function keysIn(text: string, depthMax: number): Keys {
  const all = new Set<string>();
  // Most objects of a hostile body are empty, and a set for each would cost more than all the rest.
  const open: (Set<string> | undefined)[] = [];
  let twice: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '{' || character === '[') {
      if (open.length === depthMax) return { isTooDeep: true, twice, all: [...all] };
      open.push(undefined);
    } else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      quoted.lastIndex = index;
      const literal = quoted.exec(text)?.[0];
      if (literal === undefined) break;
      index += literal.length - 1;
      beforeColon.lastIndex = index + 1;
      if (!beforeColon.test(text)) continue;
      const key = meaningOf(literal);
      const inThisObject = (open[open.length - 1] ??= new Set());
      if (inThisObject.has(key)) twice ??= key;
      inThisObject.add(key);
      all.add(key);
    }
  }
  return { isTooDeep: false, twice, all: [...all] };
}
