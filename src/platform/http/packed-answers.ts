import { pipeline, Readable } from 'node:stream';
import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Newest } from '#libs/newest';
import { isRead } from '../record/reading.js';

/** In the order in which we would rather use them. */
const codings = ['br', 'gzip'] as const;

type Coding = (typeof codings)[number];

/** What fits into one packet arrives no sooner for being smaller. */
const bytesMin = 1_400;
/** How many texts that are the same for everybody are kept packed. */
const keptMax = 64;

/** Server-sent events are left as they are: each must arrive by itself, through whatever passes them on. */
const packable = /^(?:text\/(?!event-stream)|application\/(?:[a-z.+-]+\+json|json|x-ndjson))/;
/** Made once, and asked for by anybody: packing it each time would let strangers keep our processors busy. */
const fixed = [
  '/openapi.json',
  '/v1/event-types',
  '/style.css',
  '/docs',
  '/docs/:page',
  '/problems',
  '/problems/:code',
];

/** The coding that a client would have, by `Accept-Encoding`; a star names none, and whoever takes anything takes it plain. */
export function codingFor(accepted: string | undefined): Coding | undefined {
  const weights = new Map(
    (accepted ?? '').split(',').map((one) => {
      const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((part) => part.startsWith('q='))?.slice(2) ?? '1';
      return [name === 'x-gzip' ? 'gzip' : name, Number(weight) || 0] as const;
    }),
  );
  const weightOf = (name: string) => weights.get(name) ?? 0;
  const [best] = codings.toSorted((one, other) => weightOf(other) - weightOf(one));
  if (best === undefined || weightOf(best) === 0 || weightOf(best) < weightOf('identity')) return undefined;
  return best;
}

const packers = { br: promisify(brotliCompress), gzip: promisify(gzip) };

function optionsOf(coding: Coding, isFixed: boolean, length: number) {
  if (coding === 'gzip') return { level: isFixed ? 9 : 6 };
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: isFixed ? 9 : 4,
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
    },
  };
}

/** Each chunk goes out as soon as it is there, since a reader may show frame by frame. */
function streamOf(coding: Coding): Transform {
  return coding === 'gzip'
    ? createGzip({ flush: constants.Z_SYNC_FLUSH })
    : createBrotliCompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
      });
}

/** Packed forms of texts that do not change; those that nobody asked for of late go. */
class Kept {
  readonly #packed = { br: new Newest<Promise<Buffer>>(keptMax), gzip: new Newest<Promise<Buffer>>(keptMax) };

  of(text: string, coding: Coding): Promise<Buffer> {
    const packed = this.#packed[coding];
    const known = packed.get(text);
    if (known !== undefined) return known;
    const made = packers[coding](text, optionsOf(coding, true, text.length));
    packed.set(text, made);
    return made;
  }
}

/**
 * From the length of a packed answer somebody who makes us repeat their words beside a secret, and watches the line,
 * can guess the secret (BREACH): so nothing about keys is packed, nor a page of the record that repeats what its
 * address asks, since whoever sent the link chose that. To a stranger only what is the same for everybody goes out
 * packed, and nothing that lets somebody in. That leaves out the probes as well, which answer whatever hangs: packing
 * may wait for a thread behind a disk that does.
 */
function isSafe({ headers, url, principal, routeOptions }: FastifyRequest): boolean {
  const route = routeOptions.url ?? '';
  if (fixed.includes(route)) return true;
  const repeatsWhatWasAsked = headers.cookie !== undefined && url.includes('?');
  return principal !== undefined && !route.startsWith('/v1/keys') && !repeatsWhatWasAsked;
}

function mayBePacked(request: FastifyRequest, reply: FastifyReply): boolean {
  const type = String(reply.getHeader('content-type') ?? '');
  // Acts are answered as they are: their answers are short, and packing one takes a tenth of what recording it takes.
  return isRead(request) && isSafe(request) && packable.test(type) && !reply.hasHeader('content-encoding');
}

/**
 * What is read is packed for those who take it so. The strong `ETag` of an entry stays: it names a revision of the record,
 * not bytes, and what is packed unpacks to the same. Nothing here answers to ranges, which alone could mix the two.
 */
export function packAnswers(fastify: FastifyInstance): void {
  const kept = new Kept();
  fastify.addHook('onSend', (request, reply, payload: unknown, done) => {
    const coding = codingOf(request, reply, payload);
    if (coding === undefined) return done(null, payload);
    void reply.header('Content-Encoding', coding).removeHeader('Content-Length');
    if (payload instanceof Readable)
      return done(
        null,
        pipeline(payload, streamOf(coding), () => undefined),
      );
    const text = payload as string;
    const isFixed = fixed.includes(request.routeOptions.url ?? '') && reply.statusCode === 200;
    const packed = isFixed
      ? kept.of(text, coding)
      : packers[coding](text, optionsOf(coding, false, Buffer.byteLength(text)));
    packed.then((bytes) => done(null, bytes), done);
  });
}

/** How the answer is to be packed; undefined where it goes out as it is. What could be packed says so to caches. */
function codingOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): Coding | undefined {
  const isStream = payload instanceof Readable;
  if (!isStream && typeof payload !== 'string') return undefined;
  if (!isStream && !isWorthPacking(payload)) return undefined;
  if (!mayBePacked(request, reply)) return undefined;
  varyByCoding(reply);
  const accepted = request.headers['accept-encoding'];
  return accepted === undefined ? undefined : codingFor(accepted);
}

/** Where a read is not sent because its reader has it: the answer says all the same by what its form would be chosen. */
export function sayForm(request: FastifyRequest, reply: FastifyReply, text: string): void {
  if (isWorthPacking(text) && isSafe(request)) varyByCoding(reply);
}

function varyByCoding(reply: FastifyReply): void {
  const varies = reply.getHeader('vary');
  void reply.header('Vary', varies === undefined ? 'Accept-Encoding' : `${String(varies)}, Accept-Encoding`);
}

/** A text has at least as many bytes as characters, and counting those of a long one takes a while. */
function isWorthPacking(text: string): boolean {
  return text.length >= bytesMin || (text.length * 3 >= bytesMin && Buffer.byteLength(text) >= bytesMin);
}
