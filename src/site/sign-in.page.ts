import { html, written } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Html } from '#libs/html';

/** Asks for a key, and shows nothing of the record. `to` is where the reader wanted to go. */
export function signInPage({
  fault,
  to = '/',
}: {
  readonly fault?: string | undefined;
  readonly to?: string;
}): string {
  const alert = fault === undefined ? '' : html`<p class="fault" id="fault" role="alert">${fault}</p>`;
  return layout({
    title: 'Sign in',
    main: html`<h1>Sign in</h1>
      <p>This server keeps a record of the irritants between two governments. To read it, give your key.</p>
      ${alert}
      <form class="sign-in" method="post" action="/sign-in">
        <input type="hidden" name="to" value="${to}" />
        <div class="field">
          <label for="key">Key</label>
          <input
            id="key"
            name="key"
            type="password"
            required
            maxlength="200"
            autocomplete="current-password"
            spellcheck="false"
            aria-describedby="key-hint${fault === undefined ? '' : ' fault'}"
          />
          <small id="key-hint">
            The operator of this server makes keys and hands them out. A demonstration writes its own to the
            file of keys that it names when it starts.
          </small>
        </div>
        <button type="submit">Sign in</button>
      </form>
      <p class="quiet">
        The key stays in a cookie of this browser, which can only read, until you sign out or close it.
      </p>`,
  });
}

/** Who reads, and the way out. */
export function signOutForm(reader: string): Html {
  return html`<form class="sign-out" method="post" action="/sign-out">
    <span>Signed in as <b>${written(reader)}</b></span> <button type="submit">Sign out</button>
  </form>`;
}
