/** An element of an XML document, as far as a test looks at it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const references: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (/[<]/.test(text)) throw new Error(`A < stands in the text ${JSON.stringify(text)}.`);
  return text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    const known =
      references[name] ?? (/^#\d+$/.test(name) ? String.fromCodePoint(Number(name.slice(1))) : undefined);
    if (known === undefined || !whole.endsWith(';')) throw new Error(`${whole} is no reference of XML.`);
    return known;
  });
}

/** Throws where the text is not well-formed, as far as what we write goes: no comments, no sections, no document type. */
export function parseXml(text: string): XmlElement {
  // Characters that XML 1.0 has not (§2.2).
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text))
    throw new Error('A character that XML has not.');
  const body = text.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\s*/, '');
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] =
    [];
  let root: XmlElement | undefined;
  const close = () => {
    const ended = open.pop();
    if (ended === undefined) throw new Error('Something is closed that is not open.');
    const above = open.at(-1);
    if (above === undefined) root = ended;
    else above.children.push(ended);
    return ended.name;
  };
  for (const [, tag, between = ''] of body.matchAll(/<([^>]*)>([^<]*)/g)) {
    const [, slash, name = '', rest = '', empty] =
      /^(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)$/.exec(tag ?? '') ?? [];
    if (name === '' || root !== undefined) throw new Error(`<${tag}> is no tag of this document.`);
    if (slash === '/') {
      if (close() !== name) throw new Error(`</${name}> closes what is not open.`);
    } else {
      const attributes = [...rest.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, of = '', value = '']) => [
        of,
        unescaped(value),
      ]);
      open.push({
        name,
        attributes: Object.fromEntries(attributes) as Record<string, string>,
        children: [],
        text: '',
      });
      if (empty === '/') close();
    }
    const now = open.at(-1);
    if (now !== undefined) now.text += unescaped(between);
    else if (between.trim() !== '') throw new Error('Something stands outside of all elements.');
  }
  if (root === undefined || open.length > 0) throw new Error('An element is not closed.');
  return root;
}
