import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pointer, Problem, problemDocument, type ProblemKind } from './index.js';

const stale: ProblemKind = {
  code: 'STALE_REVISION',
  status: 412,
  title: 'The record has moved on',
  meaning: 'Somebody appended after you read.',
  mend: 'Read again and repeat the call with the new revision.',
};
const at = { typeBase: '/problems/', traceId: '4bf92f35' };

describe('a problem document', () => {
  it('names its kind in kebab-case, as the code and in the address of its page', () => {
    expect(problemDocument(new Problem(stale, { detail: 'Revision 3 was expected, 5 found.' }), at)).toEqual({
      type: '/problems/stale-revision',
      title: 'The record has moved on',
      status: 412,
      detail: 'Revision 3 was expected, 5 found.',
      code: 'stale-revision',
      traceId: '4bf92f35',
    });
    const kebab = new Problem({ ...stale, code: 'not-yet' }, { detail: 'Later.' });
    expect(problemDocument(kebab, at)).toMatchObject({ type: '/problems/not-yet', code: 'not-yet' });
  });

  it('carries the faulty fields and the extension members, and never the headers', () => {
    const problem = new Problem(stale, {
      detail: 'Two faults.',
      errors: [
        { pointer: '/title', detail: 'It is empty.' },
        { parameter: 'limit', detail: 'It is above 200.' },
      ],
      members: { between: [{ seq: 7 }] },
      headers: { 'Retry-After': '2' },
    });
    const document = problemDocument(problem, at);
    expect(document.errors).toEqual([
      { pointer: '/title', detail: 'It is empty.' },
      { parameter: 'limit', detail: 'It is above 200.' },
    ]);
    expect(document['between']).toEqual([{ seq: 7 }]);
    expect(JSON.stringify(document)).not.toContain('Retry-After');
    expect(problem.headers).toEqual({ 'Retry-After': '2' });
  });

  it('does not let an extension member take the place of a standard one', () => {
    expect(() => new Problem(stale, { detail: 'No.', members: { status: 200, code: 'OK' } })).toThrow(
      "The problem STALE_REVISION can't have extension members called status, code.",
    );
  });

  it('is an error that logs say something about, and keeps its cause', () => {
    const cause = new Error('below');
    const problem = new Problem(stale, { detail: 'Too late.', cause });
    expect(problem).toBeInstanceOf(Error);
    expect(problem.message).toBe('STALE_REVISION: Too late.');
    expect(problem.cause).toBe(cause);
  });
});

describe('a JSON Pointer', () => {
  // The examples of RFC 6901 §5.
  it.each([
    [[], ''],
    [['foo'], '/foo'],
    [['foo', 0], '/foo/0'],
    [[''], '/'],
    [['a/b'], '/a~1b'],
    [['c%d'], '/c%d'],
    [['k"l'], '/k"l'],
    [[' '], '/ '],
    [['m~n'], '/m~0n'],
    [['~1'], '/~01'],
  ])('writes %j as %j', (path, expected) => {
    expect(pointer(path)).toBe(expected);
  });

  it('can be read back to the same path, whatever the names are', () => {
    const read = (text: string) =>
      text === ''
        ? []
        : text
            .slice(1)
            .split('/')
            .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'é') })), (path) => {
        expect(read(pointer(path))).toEqual(path);
      }),
    );
  });
});
