import { sourceEvents } from './source.events.js';
import { described, object, orNull, parties, plainText, ref, said } from '../platform/shapes/json-schema.js';
import { optionalOf, required } from '../platform/shapes/fields.js';
import { everywhere } from '../platform/shapes/said-shapes.js';

const { bytesId: _bytesId, ...sourceData } = sourceEvents.SourceRegistered.data;
export const sourceRepresentation = object(
  {
    ...everywhere,
    ...required(sourceData),
    title: orNull(plainText),
    citation: orNull(plainText),
    issuerName: orNull(plainText),
    sha256: described(orNull(ref('Sha256')), 'The hash of the bytes that are held; it is erased with them.'),
    barredBy: described(parties, 'The parties that have said that the source is not theirs.'),
    registered: said,
  },
  optionalOf(sourceData),
);
