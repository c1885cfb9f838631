import { readFileSync } from 'node:fs';

/**
 * The settings of OpenTelemetry that are obeyed, under the names and with the meanings of its specification
 * ("Environment Variable Specification" and "OpenTelemetry Protocol Exporter"). Others of that kind are for programs
 * beside this one, and are passed over. Where it has a value pass with a warning, it is refused here, by name.
 */
export const tracingNames = [
  'OTEL_SDK_DISABLED',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_EXPORTER',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_BSP_SCHEDULE_DELAY',
  'OTEL_BSP_MAX_QUEUE_SIZE',
  'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT',
  'OTEL_EXPORTER_OTLP_COMPRESSION',
  'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
  'OTEL_EXPORTER_OTLP_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE',
] as const;

export type TracingName = (typeof tracingNames)[number];

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Where spans go, and which. */
export interface TracingSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly compression: 'gzip' | 'none';
  /** In PEM; undefined: what the system trusts. */
  readonly ca: string | undefined;
  readonly sampler: (typeof samplers)[number];
  readonly ratio: number;
  readonly resource: Readonly<Record<string, string>>;
  readonly queueMax: number;
  readonly batchMax: number;
  readonly delayMs: number;
}

type Given = Readonly<Record<string, string | undefined>>;
/** A fault is added, and what is read then is not used. */
type Fault = (name: TracingName, says: string) => undefined;

const pathOfTraces = 'v1/traces';
const queueMaxAtMost = 65_536;

/** The settings, none where nobody asks for spans, and what is wrong with them. An empty variable counts as not set. */
export function tracingFrom(variables: Given): {
  readonly tracing: TracingSettings | undefined;
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const fault: Fault = (name, says) => void faults.push(`${name} must be ${says}`);
  const given: Given = Object.fromEntries(
    tracingNames.flatMap((name) => (variables[name] === '' ? [] : [[name, variables[name]?.trim()]])),
  );
  // Where none are wanted here, what else is set is for other programs.
  const tracing = isWanted(given, fault) ? read(given, fault) : undefined;
  return { tracing: faults.length === 0 ? tracing : undefined, faults };
}

function isWanted(given: Given, fault: Fault): boolean {
  const disabled = oneOf(given, 'OTEL_SDK_DISABLED', ['true', 'false'], fault, (text) => text.toLowerCase());
  const exporter = oneOf(given, 'OTEL_TRACES_EXPORTER', ['otlp', 'none'], fault);
  const hasAddress =
    given['OTEL_EXPORTER_OTLP_ENDPOINT'] !== undefined ||
    given['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] !== undefined;
  return disabled !== 'true' && exporter !== 'none' && (exporter === 'otlp' || hasAddress);
}

function read(given: Given, fault: Fault): TracingSettings {
  ofTraces(given, 'PROTOCOL', (name) => oneOf(given, name, ['http/json'], fault));
  const sampler = oneOf(given, 'OTEL_TRACES_SAMPLER', samplers, fault) ?? 'parentbased_always_on';
  const queueMax = whole(given, 'OTEL_BSP_MAX_QUEUE_SIZE', queueMaxAtMost, fault) ?? 2_048;
  const batchMax = whole(given, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', queueMaxAtMost, fault) ?? 512;
  if (batchMax > queueMax) fault('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'no more than OTEL_BSP_MAX_QUEUE_SIZE');
  return {
    url: addressIn(given, fault),
    headers: {
      ...pairs(given, 'OTEL_EXPORTER_OTLP_HEADERS', fault, isHeaderName),
      ...pairs(given, 'OTEL_EXPORTER_OTLP_TRACES_HEADERS', fault, isHeaderName),
    },
    timeoutMs: ofTraces(given, 'TIMEOUT', (name) => whole(given, name, 600_000, fault)) ?? 10_000,
    compression:
      ofTraces(given, 'COMPRESSION', (name) => oneOf(given, name, ['gzip', 'none'] as const, fault)) ??
      'none',
    ca: ofTraces(given, 'CERTIFICATE', (name) => fileIn(given, name, fault)),
    sampler,
    ratio: ratioIn(given, sampler, fault),
    resource: {
      'service.name': 'entente',
      ...pairs(given, 'OTEL_RESOURCE_ATTRIBUTES', fault),
      ...(given['OTEL_SERVICE_NAME'] === undefined ? {} : { 'service.name': given['OTEL_SERVICE_NAME'] }),
    },
    queueMax,
    batchMax,
    delayMs: whole(given, 'OTEL_BSP_SCHEDULE_DELAY', 600_000, fault) ?? 5_000,
  };
}

/** What is said of traces goes before what is said of all; both are looked at. */
function ofTraces<T>(
  given: Given,
  what: 'PROTOCOL' | 'TIMEOUT' | 'COMPRESSION' | 'CERTIFICATE',
  read: (name: TracingName) => T | undefined,
): T | undefined {
  const all = read(`OTEL_EXPORTER_OTLP_${what}`);
  const own = read(`OTEL_EXPORTER_OTLP_TRACES_${what}`);
  return given[`OTEL_EXPORTER_OTLP_TRACES_${what}`] === undefined ? all : own;
}

function oneOf<Word extends string>(
  given: Given,
  name: TracingName,
  words: readonly Word[],
  fault: Fault,
  spelt: (text: string) => string = (text) => text,
): Word | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  return (
    words.find((one) => one === spelt(text)) ?? fault(name, words.join(', ').replace(/, ([^,]*)$/, ' or $1'))
  );
}

function whole(given: Given, name: TracingName, most: number, fault: Fault): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= 1 && value <= most ? value : fault(name, `a whole number from 1 to ${most}`);
}

function ratioIn(given: Given, sampler: string, fault: Fault): number {
  const text = given['OTEL_TRACES_SAMPLER_ARG'];
  if (text === undefined || !sampler.endsWith('traceidratio')) return 1;
  const value = /^\d?(\.\d{1,20})?$/.test(text) && text !== '' ? Number(text) : Number.NaN;
  return value >= 0 && value <= 1 ? value : (fault('OTEL_TRACES_SAMPLER_ARG', 'a number from 0 to 1') ?? 1);
}

/** The address of all signals is a base, that of traces is taken as it is. */
function addressIn(given: Given, fault: Fault): string {
  const says = 'an http or https address';
  const own = addressOf(given['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);
  const base = addressOf(given['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? 'http://localhost:4318');
  if (own === null) fault('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', says);
  if (base === null) fault('OTEL_EXPORTER_OTLP_ENDPOINT', says);
  if (own) return own.href;
  if (!base) return '';
  base.pathname = `${base.pathname.replace(/\/$/, '')}/${pathOfTraces}`;
  return base.href;
}

/** Null where it is none. */
function addressOf(text: string | undefined): URL | null | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

const isHeaderName = (name: string) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name);

/** `name=value` with commas between them, percent-encoded as in W3C Baggage. */
function pairs(
  given: Given,
  name: TracingName,
  fault: Fault,
  isName: (text: string) => boolean = (text) => text !== '',
): Readonly<Record<string, string>> {
  const says = 'name=value, with commas between them and percent-encoding where it is needed';
  const found = (given[name] ?? '').split(',').map((one) => one.trim());
  const read = found
    .filter((one) => one !== '')
    .map((one) => {
      const [, key = '', value = ''] = /^([^=]*?)\s*=\s*(.*)$/.exec(one) ?? [];
      const decoded = decodedFrom(value);
      return isName(key) && decoded !== undefined ? ([key, decoded] as const) : undefined;
    });
  if (read.includes(undefined)) fault(name, says);
  return Object.fromEntries(read.flatMap((one) => (one === undefined ? [] : [one])));
}

function decodedFrom(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    return /^[\x20-\x7e\x80-\u{10ffff}]*$/u.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function fileIn(given: Given, name: TracingName, fault: Fault): string | undefined {
  const path = given[name];
  if (path === undefined) return undefined;
  try {
    const pem = readFileSync(path, 'utf8');
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  } catch {
    // Said below: what the system says of it holds the path.
  }
  return fault(name, 'the path of a readable file with certificates in PEM');
}
