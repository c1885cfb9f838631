export { pointer } from './pointer.js';
export { Problem, problemDocument, problemMediaType, problemSlug } from './problem.js';
export type {
  DocumentOptions,
  FieldError,
  JsonObject,
  JsonValue,
  ProblemDocument,
  ProblemKind,
  ProblemOptions,
} from './problem.js';
