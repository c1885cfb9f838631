/** Where a span is, as others name it. */
export interface Place {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Whether whoever began the trace keeps it. */
  readonly isSampled: boolean;
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const lengthMax = 512;

/**
 * The header `traceparent` of W3C Trace Context, §3.2; undefined where it is not one, for then the trace begins here
 * (§4.3). A version that is not known yet is read as far as version 00 goes.
 */
export function parseTraceparent(text: string | readonly string[] | undefined): Place | undefined {
  if (typeof text !== 'string' || text.length > lengthMax) return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = form.exec(text) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function formatTraceparent({ traceId, spanId, isSampled }: Place): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}
