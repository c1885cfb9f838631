import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Span as OtelSpan, SpanContext, Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { IdGenerator, Sampler } from '@opentelemetry/sdk-trace';
import { Causes } from '#libs/tracing';
import type { Attributes, Place, Span, SpanOptions, Tracing } from '#libs/tracing';
import type { OtlpOptions } from './options.js';
import { TellingExporter } from './telling-exporter.js';

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};
/** Ending waits no longer for a collector that does not answer. */
const endMs = 2_000;
const attributeCharactersMax = 256;
const linksMax = 32;

/** Spans sent as OTLP over HTTP, in JSON, by the packages of OpenTelemetry; nothing of it is global to the process. */
export class OtlpTracing implements Tracing {
  readonly causes = new Causes();
  readonly #contexts = new AsyncLocalStorageContextManager().enable();
  readonly #ids = new GivenIds();
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;

  constructor(options: OtlpOptions) {
    const { url, headers, timeoutMs, compression, ca, resource, report } = options;
    const exporter = new OTLPTraceExporter({
      url,
      headers,
      timeoutMillis: timeoutMs,
      compression: compression as never,
      httpAgentOptions: { keepAlive: true, ...(ca === undefined ? {} : { ca }) },
    });
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes(resource),
      sampler: samplerOf(options),
      idGenerator: this.#ids,
      spanLimits: { attributeValueLengthLimit: attributeCharactersMax, linkCountLimit: linksMax },
      spanProcessors: [
        new BatchSpanProcessor({
          exporter: new TellingExporter(exporter, report),
          maxQueueSize: options.queueMax,
          maxExportBatchSize: options.batchMax,
          scheduledDelayMillis: options.delayMs,
          exportTimeoutMillis: timeoutMs,
        }),
      ],
    });
    this.#tracer = this.#provider.getTracer('entente');
  }

  begin(name: string, { kind, parent, isApart = false, traceId, links, attributes }: SpanOptions): Span {
    this.#ids.next = traceId;
    const options = {
      kind: kinds[kind],
      ...(attributes === undefined ? {} : { attributes: mutable(attributes) }),
      ...(links === undefined ? {} : { links: links.map((one) => ({ context: contextOf(one) })) }),
    };
    return new OtlpSpan(this.#tracer.startSpan(name, options, this.#under(parent, isApart)));
  }

  within<T>(span: Span, work: () => T): T {
    const context = span instanceof OtlpSpan ? trace.setSpan(ROOT_CONTEXT, span.inner) : ROOT_CONTEXT;
    return this.#contexts.with(context, work);
  }

  get current(): Place | undefined {
    const found = trace.getSpanContext(this.#contexts.active());
    return found === undefined ? undefined : placeOf(found);
  }

  async end(): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, endMs);
    await Promise.race([this.#provider.shutdown().catch(() => undefined), late.promise]);
    clearTimeout(timer);
    this.#contexts.disable();
  }

  #under(parent: Place | undefined, isApart: boolean): Context {
    if (parent !== undefined) return trace.setSpanContext(ROOT_CONTEXT, contextOf(parent));
    return isApart ? ROOT_CONTEXT : this.#contexts.active();
  }
}

class OtlpSpan implements Span {
  constructor(readonly inner: OtelSpan) {}

  get place(): Place {
    return placeOf(this.inner.spanContext());
  }

  say(attributes: Attributes): void {
    this.inner.setAttributes(mutable(attributes));
  }

  failed(kind: string): void {
    this.inner.setAttribute('error.type', kind).setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.inner.end();
  }
}

/** The trace that begins with a request has the name under which its answer and the log know it. */
class GivenIds implements IdGenerator {
  next: string | undefined;
  readonly #random = new RandomIdGenerator();

  generateTraceId(): string {
    return this.next ?? this.#random.generateTraceId();
  }

  generateSpanId(): string {
    return this.#random.generateSpanId();
  }
}

function samplerOf({ sampler, ratio }: OtlpOptions): Sampler {
  const isBased = sampler.startsWith('parentbased_');
  const root = { always_on: AlwaysOnSampler, always_off: AlwaysOffSampler }[
    sampler.replace('parentbased_', '')
  ];
  const made = root === undefined ? new TraceIdRatioBasedSampler(ratio) : new root();
  return isBased ? new ParentBasedSampler({ root: made }) : made;
}

function placeOf({ traceId, spanId, traceFlags }: SpanContext): Place {
  return { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
}

function contextOf({ traceId, spanId, isSampled }: Place): SpanContext {
  return {
    traceId,
    spanId,
    traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  };
}

/** Its types have lists that may be changed. */
function mutable(attributes: Attributes): Record<string, string | number | boolean | string[]> {
  return attributes as never;
}
