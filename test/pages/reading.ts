import type { Api } from '../support/api.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks as a browser without script would: redirects are looked at, not followed. */
export async function browse(
  url: string,
  path: string,
  { cookie, form, headers = {} }: { cookie?: string; form?: object; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    redirect: 'manual',
    headers: { ...(cookie === undefined ? {} : { Cookie: cookie }), ...headers },
    ...(form === undefined
      ? {}
      : { method: 'POST', body: new URLSearchParams(form as Record<string, string>) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function cookieOf(api: Api, principal: string): string {
  return api.cookieFor(api.keys[principal]!);
}

function all(text: string, pattern: RegExp): RegExpMatchArray[] {
  return [...text.matchAll(pattern)];
}

/** What a page lacks for a reader with a keyboard or a screen reader; nothing where it lacks nothing. */
export function shortcomings(text: string): readonly string[] {
  const ids = all(text, /\sid="([^"]*)"/g).map(([, id]) => id ?? '');
  const labels = new Set(all(text, /<label for="([^"]*)"/g).map(([, id]) => id));
  const fields = all(text, /<(?:input|select)(?![^>]*type="hidden")[^>]*>/g).map(([tag]) => tag);
  const pointed = all(text, /aria-(?:labelledby|describedby)="([^"]*)"/g).flatMap(([, to]) =>
    (to ?? '').split(' '),
  );
  const anchors = all(text, /href="#([^"]*)"/g).map(([, to]) => to ?? '');
  return [
    ...(text.startsWith('<!doctype html>') ? [] : ['no doctype']),
    ...(/<html lang="en">/.test(text) ? [] : ['no language']),
    ...(/<title>[^<]+<\/title>/.test(text) ? [] : ['no title']),
    ...(all(text, /<h1[ >]/g).length === 1 ? [] : ['not one h1']),
    ...(all(text, /<main[ >]/g).length === 1 ? [] : ['not one main']),
    ...(/<(script|style)\b|\sstyle="|\son\w+="/.test(text) ? ['script or inline style'] : []),
    ...fields.filter((tag) => !labels.has(/\sid="([^"]*)"/.exec(tag)?.[1])).map((tag) => `no label: ${tag}`),
    ...all(text, /<th\b(?![^>]*\bscope=)[^>]*>/g).map(([tag]) => `no scope: ${tag}`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`),
    ...[...pointed, ...anchors].filter((id) => !ids.includes(id)).map((id) => `points at nothing: ${id}`),
    ...(/undefined|\[object|NaN/.test(text) ? ['a value that is none'] : []),
  ];
}
