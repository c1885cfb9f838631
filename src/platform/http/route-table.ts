import { Injectable } from '@nestjs/common';

/** The routes that were registered, for telling an unknown address from a known one with a wrong method. */
@Injectable()
export class RouteTable {
  readonly #patterns = new Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>();

  add(url: string, methods: readonly string[]): void {
    const matches = new RegExp(
      `^${url
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/:\w+/g, '[^/]+')
        .replace('\\*', '.+')}$`,
    );
    const known = this.#patterns.get(url) ?? { matches, methods: new Set<string>() };
    for (const method of methods) known.methods.add(method);
    this.#patterns.set(url, known);
  }

  /** The methods that the address takes; none where no route has it. */
  methodsOf(path: string): readonly string[] {
    const found = [...this.#patterns.values()].filter((one) => one.matches.test(path));
    return [...new Set(found.flatMap((one) => [...one.methods]))].sort();
  }
}
