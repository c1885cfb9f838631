import { resolve } from 'node:path';
import { LedgerFault } from '#libs/ledger';
import type { Policy } from '#libs/ledger';
import { parseHolding } from '../checking/claims.js';
import { compared } from '../checking/comparing.js';
import type { Comparison } from '../checking/comparing.js';
import { keepEvidence } from '../checking/evidence.js';
import { openedSource } from '../checking/source.js';
import type { Credential } from '../checking/source.js';
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
    const [first, second] = [await given(one, policy, key), await given(other, policy, key)];
    const fromThere = call.log === undefined ? [] : [openedSource(call.log, key)];
    const logs = [...fromThere, first.log, second.log].filter((log) => log !== undefined);
    const holding = call.proof === undefined ? {} : { holding: named(call.proof, parseHolding) };
    await tell(await compared(first, second, { logs, ...holding }), [first, second], call.evidence);
  } catch (error) {
    if (!(error instanceof NotComparable)) throw error;
    answer({ code: 2, lines: [`Nothing can be told: ${error.message}`, mendOf(error.fault)] });
  }
}

/** What lies at a place is nothing that the log of the policy has signed. */
class NotComparable extends Error {
  constructor(
    where: string,
    readonly fault: LedgerFault,
  ) {
    super(`${where}: ${fault.message}`);
  }
}

async function given(where: string, policy: Policy, key: Credential): Promise<Statement> {
  try {
    return await statementAt(where, policy, key);
  } catch (error) {
    throw error instanceof LedgerFault ? new NotComparable(where, error) : error;
  }
}

/** By what is wrong: another file, another policy, or neither, where it was forged or damaged. */
function mendOf({ code }: LedgerFault): string {
  switch (code) {
    case 'origin-wrong':
    case 'signature-missing':
    case 'key-ended':
      return 'Name a policy that has the key of the log.';
    case 'signature-wrong':
      return 'It bears the name of the key, and that key has not signed it: it was changed after it was signed, or is forged. Get it anew from where it came.';
    default:
      return 'Name a checkpoint or a receipt as the log signed it, a mirror, or the address of a log.';
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
