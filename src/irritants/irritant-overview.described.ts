import { asOf, waiting } from '../platform/http/query.js';
import { readEntry } from '../platform/http/reading-entry.js';
import { schemaName } from '../platform/record/schema-names.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { worked } from '../platform/shapes/entry.js';
import { all, array, described, object, only, ref } from '../platform/shapes/json-schema.js';
import { IncomingLinkage } from './irritant-linkages.view.js';

/** An irritant with what is linked to it, each as its own slice represents it. */
export const irritantOverview = (own: Slice, slices: readonly Slice[]): Described => ({
  entries: [
    readEntry(own, {
      operationId: 'getIrritantOverview',
      path: `/v1/${own.name}/{id}/overview`,
      summary: 'Read an irritant with what its instruments say',
      does: 'The irritant, and under `linked` its rounds, exchanges, assets, proposals, roadmaps and commitments as they stand; `incomingLinkages` has the linkages that are asserted on other irritants. Drawn from read models, so it has no ETag.',
      query: { ...asOf, ...waiting },
      description: 'The overview, and the moment that it is of.',
      content: [worked('Overview')],
    }),
  ],
  schemas: {
    Overview: all(
      ref(schemaName(own)),
      ref('Moment'),
      object({
        incomingLinkages: described(
          array(IncomingLinkage),
          'Linkages with this irritant that are asserted on another one, as they stand there.',
        ),
        linked: array({
          oneOf: slices
            .filter(({ isInstrument }) => isInstrument === true)
            .map((slice) => all(object({ kind: only(slice.prefix) }), ref(schemaName(slice)))),
        }),
      }),
    ),
  },
  examples: ({ document, moment }) => ({
    Overview: {
      ...document(own.prefix),
      incomingLinkages: [],
      linked: [{ kind: 'round', ...document('round') }],
      ...moment,
      foldVersion: own.foldVersion,
    },
  }),
});
