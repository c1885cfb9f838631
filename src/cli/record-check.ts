import { shownOnOneLine } from '#libs/characters';
import type { OpenRecord } from '../platform/record.js';
import { finding } from './finding.js';
import type { Finding } from './finding.js';
import { shown, written } from './shown.js';

const waitMs = 30_000;
const expiresSoonMs = 30 * 86_400_000;

type Parts = Pick<OpenRecord, 'projections' | 'clock' | 'credentials'>;

/** Builds what the record's events make, apart from the folder, and so finds an event that can't be applied. */
export async function inspect(record: Parts): Promise<Finding[]> {
  const waited = await record.projections.settled({ timeoutMs: waitMs });
  const parts = record.projections.status();
  const halted = parts.filter((one) => one.state === 'halted');
  const events = record.projections.record.headOrdinal + 1;
  const reasons = halted.map(
    (one) => `${one.name} at event ${one.error?.ordinal} of the record (${one.error?.message})`,
  );
  const projections =
    halted.length > 0
      ? finding('ill', 'projections', `can't be built: ${reasons.join('; ')}. Report the message`)
      : waited === 'reached'
        ? finding('well', 'projections', `${parts.length} can be built from ${events} event(s)`)
        : finding(
            'note',
            'projections',
            `${events} event(s) were applied in ${waitMs / 1_000} seconds, and more wait`,
          );
  return [projections, await keys(record)];
}

async function keys(record: Parts): Promise<Finding> {
  const now = record.clock.now();
  const valid = (await record.credentials.list()).filter(
    (one) => one.revokedAt === null && Date.parse(one.expiresAt) > now,
  );
  if (valid.length === 0) return finding('note', 'keys', 'none is valid: make some with "entente keys make"');
  const soon = valid.filter((one) => Date.parse(one.expiresAt) - now < expiresSoonMs);
  return soon.length === 0
    ? finding('well', 'keys', `${valid.length} valid`)
    : finding(
        'note',
        'keys',
        shown`${soon.map(({ name }, index) => [index === 0 ? '' : ', ', written(shownOnOneLine(name))])} expire within 30 days: make new ones`,
      );
}
