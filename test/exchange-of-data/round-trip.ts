import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import type { Api, PrincipalName } from '../support/api.js';
import { openTalks } from '../support/scene.js';
import { bringIn } from './bringing-in.js';
import { rowsSaid } from './rows-said.js';
import { actsOf, statesOf } from './same-states.js';

const jsonLines = 'application/x-ndjson';
/** A dialogue in which nothing was said, opened by the same desk as the one that goes out. */
async function emptyDialogue(api: Api, as: PrincipalName): Promise<string> {
  const { body } = await api.create(
    '/v1/dialogues',
    {
      parties: ['RU', 'US'],
      keyPrefix: `E${Math.random().toString(36).slice(2, 9).toUpperCase()}`,
      name: { en: 'Anew' },
    },
    as,
  );
  return String(body['id']);
}

/** The lines of exports that are not as the schema beside them says. */
async function unlikeTheirSchema(api: Api, dialogueId: string): Promise<readonly string[]> {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema((await api.get<object>('/openapi.json')).body, '/openapi.json');
  const unlike: string[] = [];
  for (const what of ['acts', 'events', 'states']) {
    const { body, headers } = await api.get<string>(`/v1/exports?what=${what}&dialogue=${dialogueId}`);
    const [, address = ''] = /^<([^>]+)>; rel="describedby"$/.exec(headers.get('link') ?? '') ?? [];
    const kept = /^[^]*?\n\{"entente":"dialogue","dialogueId":"[^"]+","kept":\{"by":/.test(body);
    if (kept !== (what !== 'states')) unlike.push(`${what}: how the dialogue is kept`);
    const isLike = ajv.compile((await api.get<object>(address)).body);
    unlike.push(
      ...body
        .trim()
        .split('\n')
        .filter((line) => !isLike(JSON.parse(line))),
    );
  }
  return unlike;
}

/** A refusal may name an event, which has another id each time that it is recorded. */
function outcome({ job, faults }: Awaited<ReturnType<typeof bringIn>>) {
  const told = faults.map((one) => ({
    ...one,
    detail: one.detail.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'),
  }));
  return { counts: job.counts, faults: told };
}

async function movedTo(api: Api, dialogueId: string, from: string, as: PrincipalName) {
  await api.settled();
  const acts = await actsOf(api, from, as);
  const to = { dialogue: dialogueId, type: jsonLines, as } as const;
  const tried = await bringIn(api, acts, { ...to, dryRun: 'true' });
  const moved = await bringIn(api, acts, to);
  expect(outcome(tried)).toEqual(outcome(moved));
  await api.settled();
  return { acts, moved };
}

/** The rules of what goes out and comes in again, on the server of a spec. */
export function whatComesInAgain(server: () => Api): void {
  describe('What was taken out and is brought into an empty record comes to the same', () => {
    it('of the Istanbul record, which a secretariat keeps: entries, claims, accounts and what followed from them', async () => {
      const api = server();
      const { ids } = await loadRecord(istanbulRecord, {
        url: api.server.url,
        key: api.keys['secretariat'] ?? '',
        keys: api.keys,
      });
      const istanbul = ids.get('missions-dialogue') ?? '';
      const anew = await emptyDialogue(api, 'secretariat');
      const { acts, moved } = await movedTo(api, anew, istanbul, 'secretariat');
      expect(moved.faults).toEqual([]);
      expect(moved.job.counts).toMatchObject({ refused: 0, unchanged: 0 });
      expect(moved.job.counts.recorded).toBeGreaterThan(60);
      expect(await statesOf(api, anew, 'secretariat')).toEqual(await statesOf(api, istanbul, 'secretariat'));
      const again = await bringIn(api, acts, { dialogue: anew, type: jsonLines, as: 'secretariat' });
      expect(again.job.counts).toMatchObject({
        recorded: 0,
        refused: 0,
        unchanged: moved.job.counts.recorded,
      });
      expect(await unlikeTheirSchema(api, istanbul)).toEqual([]);
      const home = await bringIn(api, acts, { dialogue: istanbul, type: jsonLines, as: 'secretariat' });
      expect(home.job.counts).toMatchObject({ recorded: 0, refused: 0 });
    });

    it('of whatever a side that keeps its record alone has said in it, of which a dry run says the same beforehand', async () => {
      const api = server();
      const moved = fc.asyncProperty(rowsSaid, async (rows) => {
        const { dialogueId } = await openTalks(api, { as: 'ru-negotiator' });
        const file = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
        const tried = await bringIn(api, file, { dialogue: dialogueId, type: jsonLines, dryRun: 'true' });
        const done = await bringIn(api, file, { dialogue: dialogueId, type: jsonLines });
        expect(outcome(tried)).toEqual(outcome(done));
        const anew = await emptyDialogue(api, 'ru-negotiator');
        const {
          moved: { faults },
        } = await movedTo(api, anew, dialogueId, 'ru-negotiator');
        expect(faults).toEqual([]);
        expect(await statesOf(api, anew, 'ru-negotiator')).toEqual(
          await statesOf(api, dialogueId, 'ru-negotiator'),
        );
      });
      await fc.assert(moved, { numRuns: 4 });
    });
  });

  describe('A direct act of somebody else', () => {
    it('is refused by name, with all that rests on it, and nothing of it is recorded as hearsay', async () => {
      const api = server();
      const { dialogueId } = await openTalks(api, { as: 'ru-negotiator' });
      const file =
        '{"act":"irritants","externalRef":"A","category":"visas","title":{"en":"Visas"},"raisers":["RU"],"respondents":["US"],"raisedBasis":"stated"}\n{"act":"positions","on":"A","stance":"seeks-action","text":{"en":"Act."}}\n';
      await bringIn(api, file, { dialogue: dialogueId, type: jsonLines });
      const anew = await emptyDialogue(api, 'us-negotiator');
      await api.settled();
      const acts = await actsOf(api, dialogueId, 'us-negotiator');
      expect(acts).toContain('Direct acts of others come back only with a backup');
      const { job, faults } = await bringIn(api, acts, {
        dialogue: anew,
        type: jsonLines,
        as: 'us-negotiator',
      });
      expect(job.counts.recorded).toBe(0);
      expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['direct-act-of-another']));
    });
  });
}
