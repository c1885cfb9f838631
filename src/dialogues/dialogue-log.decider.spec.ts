import { describe, expect, it } from '@jest/globals';
import { fact, RU, specification } from '#libs/decider/testing';
import type { Act } from '#libs/decider';
import { dialogueDecider } from './dialogue.decider.js';

const { given } = specification(dialogueDecider, 'dialogue-1');
const service: Act = { party: null, capacity: 'direct', recordedBy: 'entente', recorderParty: null };
const opened = fact('DialogueOpened', RU, { parties: ['RU', 'US'], keyPrefix: 'RUUS' });
const key = (id: string) => `entente.example.org/one+${id}+AQ`;
const root = 'XBy7Jd0GDV37BeIK0cqUGMLvnYvFTdo4e0eUkF0H31k=';

describe('What a log says of itself', () => {
  const rotate = (keys: readonly string[], before: readonly string[]) =>
    ({ type: 'RotateLogKey', act: service, keys: keys.map(key), before }) as const;
  const both = { keys: ['b', 'a'].map(key), ended: [] };

  it('is that its key was changed, once, and which one signs no more', () => {
    given([opened], rotate(['b', 'a'], ['a'])).records({ type: 'LogKeyRotated', data: both });
    const rotated = [opened, fact('LogKeyRotated', service, both)];
    given(rotated, rotate(['b', 'a'], ['a'])).changesNothing();
    const ended = { keys: [key('b')], ended: ['a'] };
    given(rotated, rotate(['b'], ['b', 'a'])).records({ type: 'LogKeyRotated', data: ended });
  });

  it('is that a guard file was lost, once for what the store knew', () => {
    const accept = { type: 'AcceptGuardLoss', act: service, size: 7, root } as const;
    given([opened], accept).records({ type: 'GuardLossAccepted', data: { size: 7, root } });
    given([opened, fact('GuardLossAccepted', service, { size: 7, root })], accept).changesNothing();
  });

  it('is that it began anew, once from each name; and nobody has recorded for a side by it', () => {
    const begin = (origin: string) =>
      ({ type: 'BeginLogAnew', act: service, origin, size: 7, root, reason: 'A disk.' }) as const;
    const data = { origin: 'one', size: 7, root };
    given([opened], begin('one')).records({ type: 'LogBegunAnew', data });
    const begun = [opened, fact('LogBegunAnew', service, data)];
    given(begun, begin('one')).changesNothing();
    given(begun, begin('one/2')).records('LogBegunAnew');
    expect(given(begun).existing.hasSecretariat).toBe(false);
  });
});
