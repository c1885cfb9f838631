export { Causes } from './causes.js';
export { formatTraceparent, parseTraceparent } from './traceparent.js';
export type { Place } from './traceparent.js';
export { kindOf, spanned } from './tracing.js';
export type { Attributes, Span, SpanOptions, Tracing } from './tracing.js';
