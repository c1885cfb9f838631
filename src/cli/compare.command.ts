import { resolve } from 'node:path';
import { LedgerFault } from '#libs/ledger';
import { parseHolding } from '../checking/claims.js';
import { compared } from '../checking/comparing.js';
import type { Comparison } from '../checking/comparing.js';
import { keepEvidence } from '../checking/evidence.js';
import { openedSource } from '../checking/source.js';
import { statementAt } from '../checking/statements.js';
import type { Statement } from '../checking/statements.js';
import { named, trustFrom } from '../checking/trust-files.js';
import { answer, credentialFor } from './checking.js';

interface CompareCall {
  readonly policy: string;
  readonly log?: string;
  readonly proof?: string;
  readonly evidence: string;
}

/** Holds two statements of a log against each other: 0 they agree, 1 they prove two histories, 2 nothing can be told. */
export async function compare(one: string, other: string, call: CompareCall): Promise<void> {
  const { policy } = trustFrom(call);
  const key = await credentialFor(one, other, call.log);
  try {
    const [first, second] = [await statementAt(one, policy, key), await statementAt(other, policy, key)];
    const given = call.log === undefined ? [] : [openedSource(call.log, key)];
    const logs = [...given, first.log, second.log].filter((log) => log !== undefined);
    const holding = call.proof === undefined ? {} : { holding: named(call.proof, parseHolding) };
    await tell(await compared(first, second, { logs, ...holding }), [first, second], call.evidence);
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    answer({
      code: 2,
      lines: [`Nothing can be told: ${error.message}`, 'Name a policy that has the key of the log.'],
    });
  }
}

async function tell(
  said: Comparison,
  [one, other]: readonly [Statement, Statement],
  evidence: string,
): Promise<void> {
  const { line } = said;
  if (said.found === 'agreement') answer({ code: 0, lines: [`They agree: ${line}`] });
  else if (said.found === 'nothing') answer({ code: 2, lines: [`Nothing can be told: ${line}`] });
  else {
    const proof = said.proof === undefined ? {} : { proof: said.proof };
    await keepEvidence(resolve(evidence), { line, one: one.signed, other: other.signed, ...proof });
    answer({
      code: 1,
      lines: [
        `A split view: ${line}`,
        `The evidence, for anybody who has the key of the log, lies in ${evidence}.`,
      ],
    });
  }
}
