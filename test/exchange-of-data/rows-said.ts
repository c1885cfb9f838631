import fc from 'fast-check';

const words = fc
  .constantFrom('Visas.', 'Две стороны', 'A note; "quoted", with\nlines', '=1+1', '  spaced')
  .map((en) => ({ en }));
const day = fc.constantFrom('2016-12', '2019-03-04', '../2021-05-01', '2020-06-01/2020-06-30', undefined);
const ref = fc.integer({ min: 1, max: 6 });

function raising(number: number) {
  return fc
    .record({ title: words, occurred: day, category: fc.constantFrom('visas', 'property') })
    .map((row) => ({
      act: 'irritants',
      externalRef: `M-${number}`,
      ...row,
      ...{ raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated' },
    }));
}

const later = fc.oneof(
  fc
    .record({ on: ref, stance: fc.constantFrom('seeks-action', 'contests'), text: words, occurred: day })
    .map(({ on, ...row }) => ({
      act: 'positions',
      irritant: `M-${on}`,
      ...row,
    })),
  fc
    .record({ on: ref, text: words })
    .map(({ on, text }) => ({ act: 'claims', irritant: `M-${on}`, kind: 'agreement', text })),
  fc
    .record({ on: ref, reason: words })
    .map(({ on, reason }) => ({ act: 'suspendIrritant', irritant: `M-${on}`, reason })),
  fc.record({ from: ref, to: ref, number: fc.integer({ min: 1, max: 99 }) }).map(({ from, to, number }) => ({
    act: 'assertLinkage',
    externalRef: `L-${number}`,
    on: `M-${from}`,
    irritantId: `M-${to}`,
    condition: 'together',
  })),
  fc
    .record({ number: fc.integer({ min: 1, max: 9 }), startsAt: fc.constantFrom('2021-01-02', '2022') })
    .map((row) => ({ act: 'rounds', ...row })),
  fc.record({ number: ref, text: words }).map(({ number, text }) => ({
    act: 'commitments',
    ...{ obligors: ['US'], beneficiaries: ['RU'], mode: 'once', irritantIds: [`M-${number}`], text },
  })),
);

/** Rows as another system might have them: some rest on others, some repeat, some are refused. */
export const rowsSaid = fc
  .tuple(fc.tuple(...[1, 2, 3, 4].map(raising)), fc.array(later, { minLength: 6, maxLength: 14 }))
  .map(([raised, more]) => [...raised, ...more].map((row) => JSON.parse(JSON.stringify(row)) as object));
