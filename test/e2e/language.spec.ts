import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { designedTerms } from '../support/design.js';
import { loadInvented } from '../support/invented.js';
import type { Invented } from '../support/invented.js';
import { of, terms } from './terms.js';

let api: Api;
let invented: Invented;

beforeAll(async () => {
  api = await Api.start();
  invented = await loadInvented(api, 'one a side');
});
afterAll(() => api.stop());

/** Shown by who recorded the events, which the spec of the whole life looks at, and by the last test here. */
const roles = 'registrar / negotiator / secretariat';

describe('The language of the record', () => {
  it('has every term of the design, and no other', () => {
    expect(new Set([...terms.map(([term]) => term), roles])).toEqual(new Set(designedTerms));
  });

  it.each(terms)('has %s as acts of the two sides made it', async (_term, shows, shown) => {
    expect(await shows({ api, invented })).toMatchObject(shown);
  });

  it('has a source whose bytes are held and come back as they were sent', async () => {
    const source = await of('sources', 'brevia-note')({ api, invented });
    const { status, body } = await api.get<string>(`/v1/sources/${source.id}/bytes`);
    expect(status).toBe(200);
    expect(body).toContain('Note verbale n° 17/2024');
    expect(createHash('sha256').update(body).digest('hex')).toBe(source['sha256']);
  });

  it('has registrars, who record for their party and bind it in nothing', async () => {
    const path = `/v1/irritants/${invented.idOf('staff')}`;
    const etag = (await api.get(path)).headers.get('etag') ?? '';
    const headers = { Authorization: `Bearer ${invented.keys['brevia-registrar']}`, 'If-Match': etag };
    const ask = (act: string, body: object) =>
      api.ask('POST', `${path}/${act}`, { as: 'nobody', body, headers });
    expect(await ask('acknowledge', {})).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const stated = await ask('state-position', { stance: 'contests', text: { en: 'As before.' } });
    expect(stated).toMatchObject({ status: 200, body: { positions: { BREVIA: { capacity: 'direct' } } } });
  });
});
