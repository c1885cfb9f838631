import { connect } from 'node:net';
import { backstopMs } from '../support/pace.js';

export interface Reply {
  readonly status: number;
  /** Names in lower case; a repeated one keeps its last value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends bytes as they are, for what no HTTP client agrees to send. Undefined where the server only closed the
 * connection. `isHalf` also ends our side, as a client does that breaks off.
 */
export function sendBytes(
  port: number,
  bytes: Buffer | string,
  { isHalf = false }: { readonly isHalf?: boolean } = {},
): Promise<Reply | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(backstopMs, () => {
      socket.destroy();
      reject(new Error(`No answer in ${backstopMs} ms.`));
    });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A server may close while we still send; what it has said until then is its answer.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(read(Buffer.concat(chunks))));
    socket.write(bytes);
    if (isHalf) socket.end();
  });
}

function read(bytes: Buffer): Reply | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const rest = bytes.subarray(end + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? joined(rest) : rest;
  return { status: Number(statusLine.split(' ')[1]), headers, body: body.toString('utf8') };
}

/** The chunks of a chunked body (RFC 9112 §7.1), joined. */
function joined(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (!(size > 0)) break;
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}

export interface Request {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
}

/** The request on the wire; nothing in it is repaired. */
export function bytesOf({ method, target, headers, body }: Request): Buffer {
  const length = body === undefined ? [] : [['Content-Length', String(body.length)] as const];
  const lines = [['Host', 'localhost'] as const, ['Connection', 'close'] as const, ...length, ...headers];
  const head = `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'utf8'), body ?? Buffer.alloc(0)]);
}
