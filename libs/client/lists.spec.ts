import { describe, expect, it } from '@jest/globals';
import { itemsOf, nextOf } from './lists.js';
import { usualPatience } from './patience.js';
import { Connection } from './writing.js';

async function pages(links: readonly (string | undefined)[], url = 'http://h/entente/') {
  const asked: string[] = [];
  const connection = new Connection({
    url: new URL(url),
    key: 'k',
    patience: usualPatience,
    wait: async () => undefined,
    fetch: async (address) => {
      const link = links[asked.length];
      asked.push(address instanceof Request ? address.url : address.toString());
      const headers = { 'Content-Type': 'application/json', ...(link === undefined ? {} : { Link: link }) };
      return new Response(JSON.stringify({ items: [asked.length] }), { headers });
    },
  });
  const items: number[] = [];
  const read = (async () => {
    for await (const item of itemsOf<number>(connection, '/v1/irritants', { stage: ['raised', 'agreed'] }))
      items.push(item);
  })();
  return { asked, items, ended: await read.catch((error: unknown) => error) };
}

describe('A list over several pages', () => {
  it('is asked for page by page, by the link of each, under the address that was given', async () => {
    const { asked, items } = await pages(['</v1/irritants?cursor=2&knownAt=m1>; rel="next"']);
    expect(items).toEqual([1, 2]);
    expect(asked).toEqual([
      'http://h/entente/v1/irritants?stage=raised%2Cagreed',
      'http://h/entente/v1/irritants?cursor=2&knownAt=m1',
    ]);
  });

  it('takes the key nowhere else, whatever a link says', async () => {
    const { asked } = await pages(['<https://elsewhere.example/steal?cursor=2>; rel="next"']);
    expect(asked[1]).toBe('http://h/entente/v1/irritants?cursor=2');
  });

  it('is left where a page leads to itself', async () => {
    const link = '<?cursor=2>; rel="next"';
    const { items, ended } = await pages([link, link, link]);
    expect([items, String(ended)]).toEqual([[1, 2], expect.stringContaining('the next page is the same')]);
  });

  it.each([
    ['</v1/x?cursor=a>; rel="next"', '/v1/x?cursor=a'],
    ['</a>; rel="prev", </b>; rel=next', '/b'],
    ['</a>; rel="next"; title="x"', '/a'],
    ['</a>; rel="nextish"', undefined],
    [null, undefined],
  ])('finds the next one in %s', (link, next) => {
    expect(nextOf(link)).toBe(next);
  });
});
