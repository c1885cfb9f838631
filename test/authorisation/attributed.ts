import type { Api, Body } from '../support/api.js';
import { raising } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { begun, inTheNameOf, told } from '../support/sides.js';
import type { Side } from '../support/sides.js';

/** By slice: an entry, and an event in it that was recorded in the name of each side. */
export type Attributed = Readonly<
  Record<string, { readonly id: string; readonly RU: string; readonly US: string }>
>;

type Talks = Pick<Scene, 'dialogueId' | 'sources'>;

/** For each slice in which both can be said something of: the entry, and an act that either may be said to have done. */
function entriesOf(
  { dialogueId }: Talks,
  irritantIds: readonly string[],
): readonly { slice: string; body: Body; act: string; of: Body }[] {
  const text = { en: 'Words.' };
  const owned = { owner: 'RU', tenure: 'owned', holder: 'US', name: text, irritantIds };
  return [
    {
      slice: 'irritants',
      body: raising(dialogueId),
      act: 'state-position',
      of: { stance: 'contests', text },
    },
    { slice: 'rounds', body: { dialogueId }, act: 'indicate-next-round', of: { text } },
    { slice: 'exchanges', body: { dialogueId }, act: 'assert-legal-character', of: { character: 'binding' } },
    { slice: 'assets', body: { dialogueId, ...owned }, act: 'assert-ownership', of: owned },
  ];
}

async function lastOf(api: Api, slice: string, id: string): Promise<string> {
  const { prefix } = api.server.record.registry.get(slice);
  return (await api.server.record.streams.events(`${prefix}-${id}`)).at(-1)?.id ?? '';
}

/** A secretariat records something in the name of each side, which has not joined yet. */
export async function layAttributed(api: Api, talks: Talks): Promise<Attributed> {
  const { dialogueId, sources } = talks;
  const voice = (side: Side) => ({ as: 'secretariat', beside: inTheNameOf(side, sources[side]) });
  const recorded: Record<string, { id: string; RU: string; US: string }> = {};
  const sayIn = async (slice: string, id: string, act: string, of: Body) => {
    const said = async (side: Side) => {
      await told(api, `${slice}/${id}/${act}`, voice(side), of);
      return lastOf(api, slice, id);
    };
    recorded[slice] = { id, RU: await said('RU'), US: await said('US') };
  };
  await sayIn('dialogues', dialogueId, 'name-party', { name: { en: 'As it calls itself' } });
  const raised = await begun<{ id: string }>(api, 'irritants', voice('RU'), raising(dialogueId));
  await sayIn('irritants', raised.id, 'state-position', { stance: 'contests', text: { en: 'Words.' } });
  for (const { slice, body, act, of } of entriesOf(talks, [raised.id])) {
    const { id } = await begun<{ id: string }>(api, slice, voice('RU'), body);
    await sayIn(slice, id, act, of);
  }
  return recorded;
}
