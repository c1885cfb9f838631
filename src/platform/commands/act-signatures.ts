import type { JsonObject, NewEvent } from '#libs/event-store';
import {
  actField,
  isOfKeys,
  isSeen,
  LedgerFault,
  nodeCrypto,
  parseParameters,
  parseSeen,
  publicKeyOf,
  signedText,
  skewSeconds,
} from '#libs/ledger';
import type { ActSignature, Parameters } from '#libs/ledger';
import { Problem } from '#libs/problem-details';
import type { PlatformCode } from '../problems/platform.problems.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { Clock } from '../record/clock.js';
import type { DialogueLogs } from '../record/dialogue-logs.js';
import type { SigningKey, Talks } from '../record/evidence.js';
import type { Ready } from './deciding.js';
import type { CommandRequest } from './request.js';
import { signedObject } from './signed-object.js';

export function changesKeys({ declaration }: Pick<CommandRequest, 'declaration'>): boolean {
  return isOfKeys(declaration.event);
}

function refuse(code: PlatformCode, detail: string, members: JsonObject = {}): never {
  throw new Problem(platformProblems[code], { detail, members });
}

/** What a signature is read by throws faults of the ledger; to whoever sent it they are a request that is not understood. */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof LedgerFault) return refuse('SIGNATURE_MALFORMED', error.message);
    throw error;
  }
}

/**
 * Whether the act counts only signed: its party has asked for that, or it changes the keys of a party that has one. What
 * is nobody's act, is recorded in somebody's name, or follows from others, no party signs.
 */
function isNeeded(request: CommandRequest, { acting: { act }, talks }: Ready['judged']): boolean {
  const { party, capacity } = act;
  if (party === null || capacity !== 'direct' || talks === undefined) return false;
  return (
    talks.signing?.includes(party) === true || (changesKeys(request) && actKeysOf(talks, party).length > 0)
  );
}

function actKeysOf({ keys = [] }: Pick<Talks, 'keys'>, party: string): readonly SigningKey[] {
  return keys.filter((one) => one.purpose === 'act' && one.party === party);
}

/** Judges the signature of an act before it is recorded. */
export class ActSignatures {
  constructor(
    private readonly logs: DialogueLogs,
    private readonly clock: Clock,
  ) {}

  /** Whether there is one where one is needed, and it holds now, by a key in force, of a signer that has seen this log. */
  refuseWithout(request: CommandRequest, { judged, before }: Ready): void {
    const { signature, idempotencyKey, salt } = request;
    if (signature === undefined) {
      if (!isNeeded(request, judged)) return;
      refuse(
        'SIGNATURE_MISSING',
        `This act of ${judged.acting.act.party} is taken only signed, by one of its keys that are in force.`,
      );
    }
    if (idempotencyKey === undefined)
      refuse('IDEMPOTENCY_KEY_MISSING', 'An act that is signed needs the header Idempotency-Key.');
    if (salt === undefined)
      refuse(
        'SIGNATURE_MALFORMED',
        'An act that is signed needs the header Entente-Salt: it is in what is signed.',
      );
    const parameters = understood(() => parseParameters(signature.input));
    this.#refuseKey(signature, parameters, judged);
    this.#refuseTime(parameters, before.events.at(-1)?.recordedAt);
    this.#refuseUnseen(signature, judged.talks as Talks);
  }

  #refuseKey(
    signature: ActSignature,
    { keyid }: Parameters,
    { acting: { act }, talks }: Ready['judged'],
  ): void {
    const { party, capacity } = act;
    const own = party === null || capacity !== 'direct' || talks === undefined ? [] : actKeysOf(talks, party);
    const key = own.find(({ thumbprint }) => thumbprint === keyid);
    if (key === undefined)
      return refuse(
        'KEY_NOT_IN_FORCE',
        capacity === 'direct' && party !== null
          ? `${keyid} is no key in force by which ${party} signs acts in this dialogue.`
          : 'A party signs only what it says itself, and this is no such act.',
      );
    const publicKey = publicKeyOf({ crv: 'Ed25519', kty: 'OKP', x: key.x });
    const bytes = Buffer.from(signature.signature, 'base64');
    if (!nodeCrypto.verify('ed25519', publicKey, Buffer.from(signedText(signature)), bytes))
      refuse(
        'SIGNATURE_WRONG',
        `It does not verify with the key ${keyid} over the fields and parameters that were sent.`,
      );
  }

  /** No event is recorded earlier than the one before it, so a clock that was set back is of no account. */
  #refuseTime({ created, expires }: Parameters, lastRecordedAt: string | undefined): void {
    const last = lastRecordedAt === undefined ? 0 : Date.parse(lastRecordedAt);
    const now = Math.max(this.clock.now(), last) / 1000;
    const said = `It holds from ${instant(created)} to ${instant(expires)}, and it is ${instant(now)}`;
    if (now > expires) refuse('SIGNATURE_EXPIRED', `${said}.`);
    if (now < created - skewSeconds)
      refuse('SIGNATURE_EXPIRED', `${said}: the clock of the signer is more than ${skewSeconds} s ahead.`);
  }

  #refuseUnseen({ seen }: ActSignature, { dialogueId }: Talks): void {
    const { size, root } = understood(() => parseSeen(seen));
    const present = this.logs.rootAt(dialogueId, size);
    if (present !== undefined && isSeen({ size, root }, present)) return;
    refuse(
      'SEEN_ANOTHER_LOG',
      present === undefined
        ? `The signer has seen ${size} leaves, and the log of this dialogue has not so many.`
        : `The signer has seen a log of ${size} leaves with another root: not the beginning of the log of this dialogue.`,
    );
  }

  /** Whether what was signed is the event that is about to be stored; answers the event with its signature. */
  signed(
    { signature }: CommandRequest,
    { judged, stream, before }: Ready,
    [first, ...others]: readonly [NewEvent, ...NewEvent[]],
  ): [NewEvent, ...NewEvent[]] {
    const isDirect = ({ meta }: NewEvent) => (meta['act'] as { capacity?: unknown }).capacity === 'direct';
    if (signature === undefined) return [first, ...others];
    if (others.some(isDirect))
      throw new Error(`With a ${first.type} another act is stored that nobody signs.`);
    const { dialogueId } = judged.talks as Talks;
    const object = signedObject(first, {
      origin: this.logs.originOf(dialogueId),
      stream,
      revision: before.events.length,
    });
    if (signature.act !== actField(nodeCrypto, object)) this.#refuseOther(signature, before);
    return [{ ...first, meta: { ...first.meta, signature: { ...signature } } }, ...others];
  }

  #refuseOther({ act }: ActSignature, { events }: Ready['before']): never {
    const earlier = events.find((one) => one.signature?.act === act);
    if (earlier !== undefined)
      refuse('SIGNATURE_REPLAYED', `It is that of the ${earlier.type} ${earlier.id}, which is recorded.`, {
        eventId: earlier.id,
      });
    return refuse(
      'SIGNATURE_OF_ANOTHER_ACT',
      'Entente-Act is not the hash of what would be recorded. Ask for that with ?dryRun=true, the same Idempotency-Key, Entente-Salt and If-Match, and sign it.',
    );
  }
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString();
}
