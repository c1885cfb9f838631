import type { Settings } from '#config';
import type { Tracing } from '#libs/tracing';
import type { Ids } from '../record/ids.js';
import type { Log } from './log.js';
import { programVersion } from './program-version.js';

/** Where the settings ask for spans, the packages for them are loaded now, and nowhere else. */
export async function tracingFrom(
  { tracing }: Pick<Settings, 'tracing'>,
  { log, ids }: { readonly log: Log; readonly ids: Ids },
): Promise<Tracing | undefined> {
  if (tracing === undefined) return undefined;
  const { OtlpTracing } = await import('#libs/tracing-otlp');
  return new OtlpTracing({
    ...tracing,
    resource: {
      'service.version': programVersion,
      'service.instance.id': ids.random(),
      ...tracing.resource,
    },
    report: (words, lost) => log.warn({ spans: lost }, words),
  });
}
