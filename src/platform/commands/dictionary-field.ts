const label = /^[a-z*][a-z0-9_.*-]*$/;

/** The pieces between commas, of which those within parentheses or quotes part nothing; undefined where one is left open. */
function piecesOf(field: string): readonly string[] | undefined {
  const pieces: string[] = [];
  let begin = 0;
  let isQuoted = false;
  let isList = false;
  for (let at = 0; at < field.length; at += 1) {
    const one = field[at];
    if (isQuoted) {
      if (one === '\\') at += 1;
      else if (one === '"') isQuoted = false;
    } else if (one === '"') isQuoted = true;
    else if (one === '(' || one === ')') {
      // A list holds no other list.
      if (isList === (one === '(')) return undefined;
      isList = !isList;
    } else if (one === ',' && !isList) {
      pieces.push(field.slice(begin, at));
      begin = at + 1;
    }
  }
  return isQuoted || isList ? undefined : [...pieces, field.slice(begin)];
}

/**
 * The members of a Dictionary of RFC 9651, as they are written; undefined where it is none, where a label comes twice or
 * has no value. Looks at each character once, since it is read before anybody knows who has signed.
 */
export function membersOf(field: string): ReadonlyMap<string, string> | undefined {
  const members = new Map<string, string>();
  if (field.trim() === '') return members;
  for (const piece of piecesOf(field) ?? ['']) {
    const at = piece.indexOf('=');
    const name = piece.slice(0, Math.max(at, 0)).trim();
    if (!label.test(name) || members.has(name)) return undefined;
    members.set(name, piece.slice(at + 1).trim());
  }
  return members;
}
