interface Answer {
  readonly headers: Headers;
  readonly text: string;
}

/** Reads every answer to its end: one that is left unread keeps its connection from being used again or closed. */
export async function call(
  what: string,
  address: string,
  key: string,
  request: RequestInit = {},
): Promise<Answer> {
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${key}`);
  const response = await fetch(address, { ...request, headers });
  const text = await response.text();
  if (response.ok) return { headers: response.headers, text };
  throw new Error(`${what} was refused (${response.status}). ${detailOf(text)}`);
}

/** An answer that is no problem document, as of a proxy in between, is shown as it came. */
function detailOf(text: string): string {
  try {
    const { code, detail, errors } = JSON.parse(text) as { code: string; detail: string; errors?: unknown };
    return `${code}: ${detail}${errors === undefined ? '' : ` ${JSON.stringify(errors)}`}`;
  } catch {
    return text;
  }
}
