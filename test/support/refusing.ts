import { describe, expect, it } from '@jest/globals';
import { problemSlug } from '#libs/problem-details';
import type { Answer, Api } from './api.js';

type Meet = () => Promise<Answer>;

/** For each refusal of a slice, the acts that meet it. */
export type Meeting = { readonly [code: string]: Meet | readonly Meet[] };

/** The last act of a case is the one refused; what it recorded is what lies after its answer's traceId. */
async function eventsAfter(api: Api, meet: Meet): Promise<{ answer: Answer; recorded: number }> {
  const answer = await meet();
  await api.settled();
  const events = api.server.record.projections.record.after(-1, 100_000);
  const recorded = events.filter((one) => one.event.meta['correlationId'] === answer.body['traceId']).length;
  return { answer, recorded };
}

/**
 * Every refusal that the slice declares is met over HTTP: with its code, its page, and nothing recorded; but for those
 * that only a consequence meets, or an act in the moment before one is drawn.
 */
export function describeRefusals(
  api: () => Api,
  slice: string,
  meeting: Meeting,
  ofConsequences: readonly string[] = [],
): void {
  describeMeeting(`A rule of ${slice}`, api, meeting, () =>
    Object.keys(api().server.record.registry.get(slice).refusals).filter(
      (one) => !ofConsequences.includes(one),
    ),
  );
}

/** Each refusal of these is met over HTTP, and there is no other. */
export function describeMeeting(
  whose: string,
  api: () => Api,
  meeting: Meeting,
  all: () => readonly string[],
): void {
  describe(`${whose}, met over HTTP`, () => {
    const cases = Object.entries(meeting).flatMap(([code, meets]) =>
      [meets].flat().map((meet) => [code, meet] as const),
    );
    it.each(cases)('%s is refused with its own code, its page and a way to mend it', async (code, meet) => {
      const { answer, recorded } = await eventsAfter(api(), meet);
      expect(answer).toMatchObject({
        status: 409,
        body: { code: problemSlug(code), type: `/problems/${problemSlug(code)}` },
      });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body['detail']).toMatch(/\.$/);
      expect(recorded).toBe(0);
      const page = await api().ask('GET', String(answer.body['type']), { as: 'nobody' });
      expect(page.status).toBe(200);
    });

    it('has no refusal beside these', () => {
      expect(Object.keys(meeting).toSorted()).toEqual([...all()].toSorted());
    });
  });
}
