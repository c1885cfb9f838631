import { done, made } from './acting.js';
import type { Api, Body } from './api.js';
import { join, openTalks, raising } from './scene.js';

type Made = Body & { readonly id: string };
type Irritant = Made & {
  readonly key: string;
  readonly raised: { readonly eventId: string };
  readonly positions: { readonly [party: string]: { readonly eventId: string } };
  readonly claims: readonly { readonly claimId: string; readonly eventId: string }[];
  readonly acknowledgements: readonly { readonly eventId: string }[];
};

export interface Voices {
  readonly dialogueId: string;
  readonly irritantId: string;
  readonly key: string;
  readonly roundId: string;
  readonly events: {
    readonly claim: string;
    readonly confirmation: string;
    readonly position: string;
    readonly acknowledgement: string;
  };
}

/**
 * Words of every kind: RU has not joined, so a secretariat records what it said, verbatim, translated and summed up; US
 * has joined and speaks for itself. RU endorses one act, which the secretariat then doubts, and disavows another, on which an answer of US rested; US
 * corrects one of its own and repudiates another.
 */
export async function speak(api: Api): Promise<Voices> {
  const { dialogueId, sources } = await openTalks(api);
  const evidence = { sources: [{ sourceId: sources.RU }], occurred: '2025-04-10' };
  const summary = [{ as: 'summary' }];
  const translated = [
    { as: 'verbatim', language: 'ru' },
    { as: 'translation', language: 'en', translationFrom: 'ru', by: 'the embassy' },
  ];
  const byRussia = { party: 'RU', ...evidence };
  const irritant = await made<Irritant>(api, 'irritants', 'secretariat', {
    ...raising(dialogueId),
    ...byRussia,
    statement: { en: 'A summary of why it was raised.' },
    designations: { RU: { en: 'The seized property' } },
    legalBasis: ['VCDR art. 22'],
    wording: summary,
  });
  const { id: irritantId, key } = irritant;
  const at = `irritants/${irritantId}`;
  const act = (name: string, as: 'secretariat' | 'us-negotiator' | 'ru-negotiator', body: Body = {}) =>
    done<Irritant>(api, `${at}/${name}`, as, body);
  const stated = await act('state-position', 'secretariat', {
    ...byRussia,
    stance: 'seeks-action',
    text: { ru: 'Требуем возврата.', en: 'We demand their return.' },
    wording: translated,
  });
  const claimed = await act('claim', 'secretariat', {
    ...byRussia,
    kind: 'roadmap-to-be-developed',
    text: { en: 'A summary of a roadmap that was agreed upon.' },
    wording: summary,
  });
  await join(api, dialogueId, 'US');
  await act(`claims/${claimed.claims[0]?.claimId}/confirm`, 'us-negotiator', {
    mode: 'own-words',
    text: { en: 'So it was agreed.' },
  });
  const acknowledged = await act('acknowledge', 'us-negotiator', {
    statement: { en: 'We are aware of it.' },
  });
  const position = await act('state-position', 'us-negotiator', {
    stance: 'contests',
    text: { en: 'They are not yours any more.' },
    legalBasis: ['VCDR art. 54'],
  });
  const round = await made<Made>(api, 'rounds', 'secretariat', {
    ...byRussia,
    dialogueId,
    startsAt: '2025-04-10',
  });
  await done(api, `dialogues/${dialogueId}/record-commentary`, 'secretariat', {
    sources: [{ sourceId: sources.press }],
    irritantId,
    speaker: 'A newspaper',
    quote: { en: 'A summary of what the newspaper wrote.' },
    wording: summary,
  });
  const { body } = await api.get<{ items: { event: { envelope: { id: string; type: string } } }[] }>(
    `/v1/${at}/history`,
  );
  const idOf = (type: string) =>
    body.items.find(({ event }) => event.envelope.type === type)?.event.envelope.id ?? '';
  const events = {
    claim: claimed.claims[0]?.eventId ?? '',
    confirmation: idOf('UnderstandingConfirmed'),
    position: stated.positions['RU']?.eventId ?? '',
    acknowledgement: acknowledged.acknowledgements[0]?.eventId ?? '',
  };
  await act('correct', 'us-negotiator', {
    target: position.positions['US']?.eventId,
    content: { text: { en: 'They are no longer yours.' }, legalBasis: ['VCDR art. 45'] },
  });
  await act('endorse', 'ru-negotiator', { target: events.position });
  await act('doubt', 'secretariat', {
    target: events.position,
    reason: { en: 'The rendering is disputed.' },
  });
  await act('disavow', 'ru-negotiator', { target: events.claim, ground: 'not-what-we-said' });
  await act('repudiate', 'us-negotiator', { target: events.acknowledgement });
  await api.settled();
  return { dialogueId, irritantId, key, roundId: round.id, events };
}
