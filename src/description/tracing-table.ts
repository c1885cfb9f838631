import type { TracingName } from '#config';
import type { Html } from '#libs/html';
import { captionedTable } from './captioned-table.js';

type Row = readonly [names: readonly TracingName[], withoutIt: string, meaning: string];

const rows: readonly Row[] = [
  [
    ['OTEL_EXPORTER_OTLP_ENDPOINT'],
    'no spans',
    'The collector’s base address; `/v1/traces` is put behind it.',
  ],
  [['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'], 'the one above', 'The address for spans, taken as it is.'],
  [
    ['OTEL_TRACES_EXPORTER'],
    '`otlp` where an address is set',
    '`otlp` or `none`. `otlp` without an address sends to `http://localhost:4318`.',
  ],
  [['OTEL_SDK_DISABLED'], '`false`', '`true` switches all of it off.'],
  [['OTEL_SERVICE_NAME'], '`entente`', 'Under which name the spans are found.'],
  [
    ['OTEL_RESOURCE_ATTRIBUTES'],
    'none',
    'What else is said of the server, such as `deployment.environment=staging`.',
  ],
  [
    ['OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'],
    '`parentbased_always_on`, `1`',
    'Which traces are kept: `always_on`, `always_off`, `traceidratio`, or these with `parentbased_` before them. With `traceidratio` the second says which part, from 0 to 1.',
  ],
  [
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'],
    '`http/json`',
    'Nothing else is spoken; collectors take it where they take `http/protobuf`, at port 4318.',
  ],
  [
    ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'],
    'none',
    'Headers for the collector, such as a key: `name=value`, with commas between them.',
  ],
  [
    ['OTEL_EXPORTER_OTLP_TIMEOUT', 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'],
    '`10000`',
    'Milliseconds for one batch, its retries included.',
  ],
  [
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION'],
    '`none`',
    '`gzip` or `none`.',
  ],
  [
    ['OTEL_EXPORTER_OTLP_CERTIFICATE', 'OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE'],
    'what the system trusts',
    'The file with the certificates, in PEM, of the authority of the collector.',
  ],
  [['OTEL_BSP_SCHEDULE_DELAY'], '`5000`', 'Milliseconds after which what has ended is sent.'],
  [
    ['OTEL_BSP_MAX_QUEUE_SIZE', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'],
    '`2048`, `512`',
    'How many spans wait at the most, and are sent at once; what comes on top is dropped.',
  ],
];

/** Those of OpenTelemetry that are obeyed. */
export function tracingTable(): Html {
  return captionedTable(
    'The settings of OpenTelemetry that are obeyed',
    ['Variable', 'Without it', 'What it is'],
    rows.map(
      ([names, withoutIt, meaning]) =>
        [names.map((name) => `\`${name}\``).join(' '), withoutIt, meaning] as const,
    ),
  );
}
