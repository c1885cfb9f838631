export type SamplerName =
  | 'always_on'
  | 'always_off'
  | 'traceidratio'
  | 'parentbased_always_on'
  | 'parentbased_always_off'
  | 'parentbased_traceidratio';

/** All of it, so that nothing is read from the environment behind whoever reads that. */
export interface OtlpOptions {
  /** The address itself, path included. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long one attempt to send may take, its retries included. */
  readonly timeoutMs: number;
  readonly compression: 'gzip' | 'none';
  /** The certificates of the collector's authority, in PEM; undefined: those that the system trusts. */
  readonly ca: string | undefined;
  readonly sampler: SamplerName;
  /** Of the two samplers that take a part: which, from 0 to 1. */
  readonly ratio: number;
  /** Who it is that sends; `service.name` among them. */
  readonly resource: Readonly<Record<string, string>>;
  /** Spans that wait to be sent at the most; what comes on top of them is lost. */
  readonly queueMax: number;
  readonly batchMax: number;
  readonly delayMs: number;
  /** Told that the collector takes nothing, and why, at the most once a minute; and that it takes spans again. */
  readonly report: (words: string, lost: number) => void;
}
