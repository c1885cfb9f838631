import { describe, expect, it } from '@jest/globals';
import type { WordingRow } from '#libs/decider';
import { forUs, US } from '#libs/decider/testing';
import { requestOf } from '../../../test/support/requests.js';
import { refuseUnsaidWording } from './wording.js';

const text = { en: 'Words.' };
const position = (wording?: readonly WordingRow[]) =>
  requestOf('irritants', 'StatePosition', { content: { text }, wording });
const refusing = (request: ReturnType<typeof position>, act = forUs) => {
  try {
    refuseUnsaidWording(request, act);
  } catch (error) {
    const { kind, detail, errors } = error as { kind: { code: string }; detail: string; errors: unknown };
    return { code: kind.code, detail, errors };
  }
  return undefined;
};

describe('Words that are recorded for somebody else', () => {
  it('say whose they are', () => {
    expect(refusing(position())).toMatchObject({
      code: 'WORDING_REQUIRED',
      errors: [{ pointer: '/wording' }],
    });
    const rows: readonly WordingRow[] = [
      { as: 'verbatim' },
      { as: 'summary' },
      { as: 'translation', translationFrom: 'ru' },
    ];
    for (const row of rows) expect(refusing(position([row]))).toBeUndefined();
  });

  it('say so of each field that holds any, by one row for all or by a row of its own', () => {
    expect(refusing(position([{ as: 'verbatim', field: 'text' }]))).toBeUndefined();
    const raising = (wording: readonly WordingRow[]) =>
      requestOf('irritants', 'RaiseIrritant', { content: { title: text, statement: text }, wording });
    expect(refusing(raising([]))).toMatchObject({ detail: expect.stringContaining('statement') });
    expect(refusing(raising([{ as: 'summary', field: 'statement' }]))).toBeUndefined();
  });

  it('are never said to be own: those only a party has, in an act that it records itself', () => {
    expect(refusing(position([{ as: 'own' }]))).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ pointer: '/wording/0/as' }],
    });
    expect(refusing(position([{ as: 'own' }]), US)).toBeUndefined();
  });

  it('need nothing said of them where they are labels, such as a title, or where there are none', () => {
    expect(refusing(requestOf('irritants', 'RaiseIrritant', { content: { title: text } }))).toBeUndefined();
    expect(refusing(requestOf('irritants', 'ContestIrritant'))).toBeUndefined();
  });
});

describe('What is said of words', () => {
  it('names from what they are translated, where they are, and nowhere else', () => {
    const at = { errors: [{ pointer: '/wording/0/translationFrom' }] };
    expect(refusing(position([{ as: 'translation' }]))).toMatchObject(at);
    expect(refusing(position([{ as: 'summary', translationFrom: 'ru' }]))).toMatchObject(at);
  });

  it('names words that the act has', () => {
    expect(refusing(position([{ as: 'summary' }, { as: 'verbatim', field: 'title' }]))).toMatchObject({
      errors: [{ pointer: '/wording/1/field', detail: expect.stringContaining('text') }],
    });
  });

  it('is left out by a party that records its own act: its words are its own', () => {
    expect(refusing(position(), US)).toBeUndefined();
  });
});
