import { IncomingLinkage } from '../irritants/irritant-closing.representation.js';
import type { Slice } from '../platform/record/slice.js';
import { all, array, described, object, only, ref } from '../platform/shapes/json-schema.js';
import type { Schema } from '../platform/shapes/json-schema.js';
import { schemaName } from './schema-names.js';

/** An irritant with what is linked to it, each as its own slice represents it. */
export function overviewOf(slices: readonly Slice[]): Schema {
  const linked = slices.filter(({ isInstrument }) => isInstrument === true);
  return all(
    ref('Irritant'),
    ref('Moment'),
    object({
      incomingLinkages: described(
        array(IncomingLinkage),
        'Linkages with this irritant that are asserted on another one, as they stand there.',
      ),
      linked: array({
        oneOf: linked.map((slice) => all(object({ kind: only(slice.prefix) }), ref(schemaName(slice)))),
      }),
    }),
  );
}
