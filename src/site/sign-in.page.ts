import { html, written } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Html } from '#libs/html';
import type { IssuerShown } from '../platform/access/sign-in-issuers.js';

/** Asks for a key, and shows nothing of the record. `to` is where the reader wanted to go. */
export function signInPage({
  fault,
  to = '/',
  issuers = [],
}: {
  readonly fault?: string | undefined;
  readonly to?: string;
  readonly issuers?: readonly IssuerShown[];
}): string {
  const alert = fault === undefined ? '' : html`<p class="fault" id="fault" role="alert">${fault}</p>`;
  return layout({
    title: 'Sign in',
    main: html`<h1>Sign in</h1>
      <p>This server keeps a record of the irritants between two governments. ${howToRead(issuers)}</p>
      ${alert} ${issuerList(issuers, to)} ${keySection(issuers, keyForm(to, fault !== undefined))}
      <p class="quiet">
        A cookie of this browser names who has signed in. It can only read, and ends when you sign out or
        close the browser, after an hour in which nothing is read, and after twelve in any case.
      </p>`,
  });
}

function howToRead(issuers: readonly IssuerShown[]): string {
  return issuers.length === 0
    ? 'To read it, give your key.'
    : 'To read it, sign in where you are known, or give a key.';
}

/** Links and no forms: a browser would not follow a form to where an issuer is. */
function issuerList(issuers: readonly IssuerShown[], to: string): Html | undefined {
  if (issuers.length === 0) return undefined;
  return html`<section aria-labelledby="issuers">
    <h2 id="issuers">Where you are known</h2>
    <ul class="issuers">
      ${issuers.map((one) => html`<li>${issuerLink(one, to)}</li> `)}
    </ul>
  </section>`;
}

function issuerLink({ id, name, answers }: IssuerShown, to: string): Html {
  const address = `/sign-in/with/${id}${to === '/' ? '' : `?to=${encodeURIComponent(to)}`}`;
  const link = html`<a class="button" href="${address}">Sign in at ${written(name)}</a>`;
  if (answers) return link;
  return html`${link}
    <small>${written(name)} does not answer now. Try again in a moment, or give a key.</small>`;
}

function keySection(issuers: readonly IssuerShown[], form: Html): Html {
  if (issuers.length === 0) return form;
  return html`<section aria-labelledby="by-key">
    <h2 id="by-key">With a key</h2>
    ${form}
  </section>`;
}

function keyForm(to: string, hasFault: boolean): Html {
  return html`<form class="sign-in" method="post" action="/sign-in">
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
        aria-describedby="key-hint${hasFault ? ' fault' : ''}"
      />
      <small id="key-hint">
        The operator of this server makes keys and hands them out. A demonstration writes its own to the file
        of keys that it names when it starts.
      </small>
    </div>
    <button type="submit">Sign in</button>
  </form>`;
}

/** Signed out here, and not where the reader signed in. */
export function signedOutPage({
  issuer,
  there,
}: {
  readonly issuer: string;
  readonly there: string;
}): string {
  return layout({
    title: 'Signed out',
    main: html`<h1>Signed out</h1>
      <p>
        You are signed out here. At ${written(issuer)} you may still be signed in: whoever uses this browser
        next could sign in here as you.
      </p>
      <p><a class="button" href="${there}">Sign out at ${written(issuer)} too</a></p>
      <p><a href="/">Sign in again</a></p>`,
  });
}

/** Who reads, and the way out. */
export function signOutForm(reader: string): Html {
  return html`<form class="sign-out" method="post" action="/sign-out">
    <span>Signed in as <b>${written(reader)}</b></span> <button type="submit">Sign out</button>
  </form>`;
}
