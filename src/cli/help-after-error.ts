import type { Command } from 'commander';

/** Whoever left out what one command needs is helped by what that command takes, not by the list of all. */
export function pointEachToItsHelp(of: Command, path: string): void {
  for (const one of of.commands) {
    const name = `${path} ${one.name()}`;
    const says = one.commands.length > 0 ? 'lists its commands' : 'says what it takes';
    one.showHelpAfterError(`(${name} --help ${says})`);
    pointEachToItsHelp(one, name);
  }
}
