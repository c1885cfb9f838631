export { OtlpTracing } from './otlp-tracing.js';
export type { OtlpOptions, SamplerName } from './options.js';
