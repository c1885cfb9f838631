import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

const tellEveryMs = 60_000;
const success = 0;

type Done = Parameters<SpanExporter['export']>[1];

/** Says that spans are lost, seldom, and that they are no longer. */
export class TellingExporter implements SpanExporter {
  #lost = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly inner: SpanExporter,
    private readonly report: (words: string, lost: number) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  export(spans: ReadableSpan[], done: Done): void {
    this.inner.export(spans, (result) => {
      if (isSuccess(result)) this.#sent();
      else this.#failed(spans.length, result.error);
      // Told already, and nobody is there who could do anything about it.
      done({ code: success });
    });
  }

  #sent(): void {
    if (this.#lost > 0) this.report('tracing: the collector takes spans again', this.#lost);
    this.#lost = 0;
    this.#toldAt = Number.NEGATIVE_INFINITY;
  }

  #failed(count: number, error: unknown): void {
    this.#lost += count;
    if (this.now() - this.#toldAt < tellEveryMs) return;
    this.#toldAt = this.now();
    this.report(`tracing: the collector takes no spans (${reasonOf(error)})`, this.#lost);
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }

  forceFlush(): Promise<void> {
    return this.inner.forceFlush?.() ?? Promise.resolve();
  }
}

/** `ExportResultCode.SUCCESS` of `@opentelemetry/core`, which is not ours to import. */
function isSuccess({ code }: { readonly code: number }): boolean {
  return code === success;
}

/** A code or a status: sentences may hold the address, and addresses may hold passwords. */
function reasonOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  if (typeof code === 'number') return `it answers ${code}`;
  if (typeof code === 'string') return code;
  return cause === undefined ? 'no answer in time' : reasonOf(cause);
}
