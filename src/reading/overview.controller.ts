import { Controller, Get, Param, Query as QueryParam } from '@nestjs/common';
import type { Irritant } from '../irritants/irritant.facts.js';
import type { irritantView } from '../irritants/irritant.view.js';
import { represent } from '../platform/record/fold.js';
import type { Folded } from '../platform/record/fold.js';
import { sliceOfKind } from '../platform/record/links.js';
import { Operation } from '../platform/access/operation.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { foldAt, named, stateAsOf } from './as-of.js';
import type { Moment } from './as-of.js';
import { dialogueIn, keptAt } from './keeping.js';
import { askedFor, readParameters } from './reads.controller.js';
import type { Query } from '../platform/http/query.js';

interface Linked {
  readonly instruments?: readonly { readonly kind: string; readonly id: string }[];
}

/** The instruments of an irritant as they stood at the moment; those that had not happened yet are left out. */
export function instrumentsAt(record: RecordRead, state: unknown, moment: Moment) {
  const { instruments = [] } = state as Linked;
  return instruments.flatMap(({ kind, id }) => {
    const slice = sliceOfKind(record.registry, kind);
    const folded = slice === undefined ? undefined : foldAt(record, slice, id, moment);
    return folded === undefined ? [] : [{ kind, ...represent(folded) }];
  });
}

/** What other irritants' streams say at the moment of their linkage with this one. */
export function incomingLinkages(record: RecordRead, slice: Slice, { id, state }: Folded, moment: Moment) {
  return (state as Irritant).linkedFrom.flatMap((from) => {
    const folded = foldAt(record, slice, from, moment);
    if (folded === undefined) return [];
    const { key, title, linkages } = represent(folded) as unknown as ReturnType<typeof irritantView>;
    return linkages.flatMap((one) =>
      one.direction === 'outgoing' && one.irritantId === id
        ? [{ ...one, direction: 'incoming' as const, irritantId: from, key, title }]
        : [],
    );
  });
}

export function overviewOf(record: RecordRead, slice: Slice, id: string, query: Query) {
  const { folded, moment } = stateAsOf(record, slice, id, query);
  return {
    ...represent(folded),
    incomingLinkages: incomingLinkages(record, slice, folded, moment),
    linked: instrumentsAt(record, folded.state, moment),
    kept: keptAt(record, dialogueIn(folded), moment.knownOrdinal),
    asOfSeq: moment.knownSeq ?? -1,
    ...named(moment, slice),
  };
}

@Controller('v1/irritants')
export class OverviewController {
  @Get(':id/overview')
  @Operation('getIrritantOverview')
  async overview(@Reading() record: RecordRead, @Param('id') idOrKey: string, @QueryParam() raw: unknown) {
    const slice = record.registry.get('irritants');
    const { query, id } = await askedFor(record, slice, readParameters.get, idOrKey, raw);
    return overviewOf(record, slice, id, query);
  }
}
