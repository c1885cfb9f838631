import { demonstrationPrincipals, syntheticPrincipals } from './principals.js';
import type { Role } from '../platform/record/principal.js';
import type { Described } from '../platform/shapes/described.js';

const allowed: { readonly [role in Role]: string } = {
  registrar:
    'Reads; keeps the record of its party, and records its statements. What binds its party it never records.',
  negotiator:
    'Reads; records whatever its party says, what binds it included. Only a negotiator joins, and endorses, disavows or repudiates what stands under the name of its party.',
  secretariat:
    'Reads; acts for no party, so it records what parties that have not joined said, each time from a source, and what third parties and the press say. Can ask that words be erased.',
  reader: 'Reads, and writes nothing.',
  auditor: 'Reads, and writes nothing; for whoever examines the record.',
  operator: 'Makes and revokes keys and reads the metrics; neither reads nor writes what is recorded.',
};

const principals = [...demonstrationPrincipals, ...syntheticPrincipals];

/** What the guide on operating shows of the demonstration. */
export const demonstrationDescribed: Described = {
  tables: {
    principals: {
      caption: 'The principals of the demonstration',
      columns: ['Principal', 'Acts for', 'What its role allows'],
      rows: principals.map(
        ({ name, party, roles }) =>
          [`\`${name}\``, party ?? 'no party', roles.map((role) => allowed[role]).join(' ')] as const,
      ),
    },
  },
};
