const voids = ['meta', 'link', 'input', 'br', 'img', 'hr'];
const tag = /<(\/?)([a-z0-9]+)((?:[^>"]|"[^"]*")*?)\/?>/g;

interface Element {
  readonly name: string;
  readonly attributes: string;
}

export interface TextNode {
  readonly text: string;
  /** Whatever direction it runs in, it moves nothing outside of the element that keeps it apart. */
  readonly isKeptApart: boolean;
  readonly within: string;
}

/** The text nodes of a page of ours, in which every element is closed and every attribute in double quotes. */
export function textNodesOf(html: string): readonly TextNode[] {
  const nodes: TextNode[] = [];
  const open: Element[] = [];
  let from = 0;
  for (const match of html.matchAll(tag)) {
    const [whole, slash, name = '', attributes = ''] = match;
    nodes.push({
      text: html.slice(from, match.index),
      isKeptApart: open.some((one) => one.name === 'bdi' || one.attributes.includes('dir="auto"')),
      within: open.map((one) => one.name).join(' '),
    });
    from = match.index + whole.length;
    if (slash === '/') {
      const closed = open.pop();
      if (closed?.name !== name) throw new Error(`</${name}> closes <${closed?.name}>.`);
    } else if (!voids.includes(name)) open.push({ name, attributes });
  }
  return nodes.filter(({ text }) => text.trim() !== '');
}
