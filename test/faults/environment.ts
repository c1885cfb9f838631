/** How often the program is killed; the long form is `FAULT_KILLS=25 npm test -- test/faults/kill.spec.ts`. */
export function killsWanted(unlessTold = 3): number {
  return Number(process.env['FAULT_KILLS'] ?? unlessTold);
}

/** What the system needs to start a program, and none of our settings that the one who runs the tests has made. */
export function environmentOf(settings: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ENTENTE_|EVENTSTORE_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...settings };
}

/** How many generated shapes of stored events are met, and from which seed. */
export const unreadableRuns = Number(process.env['UNREADABLE_RUNS'] ?? 60);
export const unreadableSeed = Number(process.env['UNREADABLE_SEED'] ?? 20_261_128);

/**
 * At which commits `entente ledger resume` is killed, run after run; the long form is
 * `RESUME_KILLS=before-1,after-1,before-2 npm test -- test/ledger/restored`.
 */
export const resumeKills = (process.env['RESUME_KILLS'] ?? 'after-2,before-2').split(',');
