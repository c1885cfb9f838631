import type { Causes } from './causes.js';
import type { Place } from './traceparent.js';

/** What is said of a span: names, kinds and counts, and never what somebody wrote or where somebody lives. */
export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface SpanOptions {
  readonly kind: 'server' | 'client' | 'consumer' | 'internal';
  /** The span that this one is a part of; absent: the one under way, if there is one. */
  readonly parent?: Place | undefined;
  /** It is no part of the one that is under way: without a parent a trace begins. */
  readonly isApart?: boolean;
  /** The trace that begins here, where no parent says which. */
  readonly traceId?: string;
  /** What it goes back to beside its parent. */
  readonly links?: readonly Place[];
  readonly attributes?: Attributes;
}

export interface Span {
  readonly place: Place;
  say(attributes: Attributes): void;
  /** `kind`: of what kind the fault is; its sentence may quote. */
  failed(kind: string): void;
  end(): void;
}

/** Where spans go. There is none where nobody asked for it, and then nothing is done. */
export interface Tracing {
  begin(name: string, options: SpanOptions): Span;
  /** What is done within it, however deep, belongs to the span. */
  within<T>(span: Span, work: () => T): T;
  /** The span under way. */
  readonly current: Place | undefined;
  /** By which span each of the latest events was recorded. */
  readonly causes: Causes;
  /** Sends what has ended, for as long as that may take, and takes nothing more. */
  end(): Promise<void>;
}

/** The kind of a fault, by the name of its class. */
export function kindOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

/** Work that is a span of its own, where spans are asked for. */
export async function spanned<T>(
  tracing: Tracing | undefined,
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  if (tracing === undefined) return work(undefined);
  const span = tracing.begin(name, options);
  try {
    return await tracing.within(span, () => work(span));
  } catch (error) {
    span.failed(kindOf(error));
    throw error;
  } finally {
    span.end();
  }
}
