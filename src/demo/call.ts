interface Answer {
  readonly headers: Headers;
  readonly text: string;
}

/** The server refused the request; `code` is that of the problem, empty where it answered with none. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

/** Reads every answer to its end: one that is left unread keeps its connection from being used again or closed. */
export async function call(
  what: string,
  address: string,
  key: string,
  request: RequestInit = {},
  send: typeof fetch = fetch,
): Promise<Answer> {
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${key}`);
  const response = await send(address, { ...request, headers });
  const text = await response.text();
  if (response.ok) return { headers: response.headers, text };
  const { code = '' } = problemIn(text) ?? {};
  throw new Refused(`${what} was refused (${response.status}). ${detailOf(text)}`, code);
}

interface ProblemDocument {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: unknown;
}

function problemIn(text: string): ProblemDocument | undefined {
  try {
    return JSON.parse(text) as ProblemDocument;
  } catch {
    return undefined;
  }
}

/** An answer that is no problem document, as of a proxy in between, is shown as it came. */
function detailOf(text: string): string {
  const problem = problemIn(text);
  if (problem === undefined) return text;
  const { code, detail, errors } = problem;
  return `${code}: ${detail}${errors === undefined ? '' : ` ${JSON.stringify(errors)}`}`;
}
