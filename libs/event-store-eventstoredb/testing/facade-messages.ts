import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, status } from '@grpc/grpc-js';

import type { Place } from '../layout.js';

import type { Stored } from './facade-log.js';

export function nameOf(identifier: shared.StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

/** A failure as the server sends it: the client tells failures apart by the metadata and not by the code. */
export function failure(code: status, exception: string, details: Record<string, string> = {}) {
  const metadata = new Metadata();
  metadata.set('exception', exception);
  for (const [key, value] of Object.entries(details)) metadata.set(key, value);
  return Object.assign(new Error(exception), { code, details: exception, metadata });
}

/** Of a stream that was deleted for good. */
export function streamDeleted(stream: string) {
  return failure(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream });
}

export function placeIn(position: { getCommitPosition(): string; getPreparePosition(): string }): Place {
  return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
}

export function responseOf(event: Stored): streams.ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new shared.UUID().setString(event.id));
  recorded.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(String(event.place.commit));
  recorded.setPreparePosition(String(event.place.prepare));
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', '0');
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded).setCommitPosition(String(event.place.commit));
  return new streams.ReadResp().setEvent(read);
}
