/** A page as a browser came to it. */
export interface Visited {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser without script, as far as signing in needs one: it keeps cookies for each origin and follows redirections. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Goes there and on; `until` says of an address to which it is sent that it does not go there. */
  async visit(
    url: string,
    { until, form }: { until?: (url: string) => boolean; form?: Record<string, string> } = {},
  ): Promise<Visited> {
    let at = url;
    let body = form === undefined ? undefined : new URLSearchParams(form);
    for (let sent = 0; sent < 10; sent += 1) {
      const { origin } = new URL(at);
      const response = await fetch(at, {
        redirect: 'manual',
        headers: {
          Cookie: this.cookiesOf(origin),
          'Sec-Fetch-Site': body === undefined ? 'none' : 'same-origin',
        },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      this.#keep(origin, response.headers);
      body = undefined;
      const text = await response.text();
      const to = response.headers.get('location');
      const next = to === null ? undefined : new URL(to, at).href;
      if (next === undefined || until?.(next) === true)
        return { url: next ?? at, status: response.status, headers: response.headers, text };
      at = next;
    }
    throw new Error(`Sent on and on from ${url}.`);
  }

  cookiesOf(origin: string): string {
    return [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  cookie(origin: string, name: string): string | undefined {
    return this.#cookies.get(origin)?.get(name);
  }

  setCookie(origin: string, name: string, value: string): void {
    const held = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, held.set(name, value));
  }

  #keep(origin: string, headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const isGone = /max-age=0|expires=thu, 01 jan 1970/i.test(line);
      if (isGone) this.#cookies.get(origin)?.delete(name);
      else this.setCookie(origin, name, value);
    }
  }
}
