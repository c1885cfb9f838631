import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  status,
  type Metadata,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js';

import { keyStreams } from '../key-streams.js';

import type { FacadeDatabase } from './facade-database.js';
import { maxAppendSize, type AppendResult, type ExpectedAtServer, type Proposed } from './facade-log.js';
import { failure, nameOf, streamDeleted } from './facade-messages.js';
import type { FacadeNode } from './facade-node.js';

/** `Streams.Append`: the options first, then one message for each event, and one answer. */
export function append(
  call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
  reply: sendUnaryData<streams.AppendResp>,
  database: FacadeDatabase,
  node: FacadeNode,
): void {
  const { faults } = database;
  const events: Proposed[] = [];
  let options: streams.AppendReq.Options | undefined;
  call.on('error', () => undefined);
  call.on('data', (request: streams.AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message !== undefined) events.push(proposedFrom(message));
    if (message !== undefined && events.length === faults.cutsAppendAfter) {
      faults.cutsAppendAfter = undefined;
      faults.cut();
    }
  });
  const end = async () => {
    await node.awake();
    // A leader that slept has nobody who follows it: what it takes is never answered.
    if (
      options === undefined ||
      call.cancelled ||
      faults.isDead(call.getPeer()) ||
      !node.hears(call.getPeer()) ||
      node.sleptAt !== undefined
    )
      return;
    const refusal = refusalOf(call, database, node);
    if (refusal !== undefined) return reply(refusal);
    const stream = nameOf(options.getStreamIdentifier());
    if (database.log.tombstoned.has(stream)) return reply(streamDeleted(stream));
    const result = database.log.append(stream, expectedBy(options), events);
    if (faults.losesReply && !stream.startsWith(keyStreams)) {
      faults.losesReply = false;
      faults.away = faults.awayAfterLostReply;
      return faults.cut();
    }
    void faults.reply().then(() => answer(result, faults.forgetsPositions, reply));
  };
  // What was cut off ends too, and only a moment later is known to be cancelled.
  call.on('end', () => setImmediate(() => void end()));
}

/** `Streams.Tombstone`: the stream is deleted for good. */
export async function tombstone(
  call: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
  reply: sendUnaryData<streams.TombstoneResp>,
  database: FacadeDatabase,
  node: FacadeNode,
): Promise<void> {
  await node.awake();
  const { faults, log } = database;
  if (faults.isDead(call.getPeer()) || !node.hears(call.getPeer()) || node.sleptAt !== undefined) return;
  const refusal = refusalOf(call, database, node);
  if (refusal !== undefined) return reply(refusal);
  if (faults.deniesDeletes) return reply(failure(status.PERMISSION_DENIED, 'access-denied'));
  const options = call.request.getOptions();
  const stream = nameOf(options?.getStreamIdentifier());
  if (log.tombstoned.has(stream)) return reply(streamDeleted(stream));
  if (options?.hasAny() !== true) return reply(wrongRevision(stream, options?.getRevision()));
  log.tombstone(stream);
  if (faults.losesDeleteReply) {
    faults.losesDeleteReply = false;
    return faults.cut();
  }
  await faults.reply();
  reply(null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
}

/** The tests delete at any revision, or try whether they might at one that no stream reaches. */
function wrongRevision(stream: string, expected = '0'): ReturnType<typeof failure> {
  const details = { 'stream-name': stream, 'expected-version': expected };
  return failure(status.FAILED_PRECONDITION, 'wrong-expected-version', details);
}

/** Why nothing is written for this call now. */
function refusalOf(
  call: { getHost(): string; metadata: Metadata },
  { faults }: FacadeDatabase,
  node: FacadeNode,
): ReturnType<typeof failure> | undefined {
  faults.away = false;
  if (faults.refusesCredentials) return failure(status.UNAUTHENTICATED, 'not-authenticated');
  if (faults.deniesWrites) return failure(status.PERMISSION_DENIED, 'access-denied');
  const refusal = node.refusal(call.metadata);
  if (refusal !== undefined || faults.notLeader === 0) return refusal;
  faults.notLeader -= 1;
  return notLeader(call);
}

function answer(
  result: AppendResult,
  forgetsPositions: boolean,
  reply: sendUnaryData<streams.AppendResp>,
): void {
  const response = new streams.AppendResp();
  if (result.kind === 'too large') {
    return reply(
      failure(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', {
        'maximum-append-size': String(maxAppendSize),
      }),
    );
  }
  if (result.kind === 'wrong version') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (result.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(result.current));
    return reply(null, response.setWrongExpectedVersion(wrong));
  }
  const success = new streams.AppendResp.Success();
  success.setCurrentRevision(String(result.revision));
  if (result.again && forgetsPositions) success.setNoPosition(new shared.Empty());
  else {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(result.place.commit));
    position.setPreparePosition(String(result.place.prepare));
    success.setPosition(position);
  }
  return reply(null, response.setSuccess(success));
}

/** The leader that the answer names is this same façade, which takes the next append. */
function notLeader(call: { getHost(): string }): ReturnType<typeof failure> {
  const [host = '', port = ''] = call.getHost().split(':');
  return failure(status.NOT_FOUND, 'not-leader', {
    'leader-endpoint-host': host,
    'leader-endpoint-port': port,
  });
}

function expectedBy(options: streams.AppendReq.Options): ExpectedAtServer {
  if (options.hasNoStream()) return 'no_stream';
  return options.hasRevision() ? BigInt(options.getRevision()) : 'any';
}

function proposedFrom(message: streams.AppendReq.ProposedMessage): Proposed {
  const described = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: described.get('type') ?? '',
    contentType: described.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}
