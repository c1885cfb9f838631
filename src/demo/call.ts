interface Answer {
  readonly headers: Headers;
  readonly text: string;
}

/** The server refused the request; `code` is that of the problem, empty where it answered with none. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  /** How long it asks to be left alone; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, about: Pick<Refused, 'code' | 'status' | 'retryAfterMs'>) {
    super(message);
    this.name = 'Refused';
    ({ code: this.code, status: this.status, retryAfterMs: this.retryAfterMs } = about);
  }
}

/** The connection broke off before an answer came: nobody knows what became of the request. */
export class NoAnswer extends Error {
  constructor(what: string, options: ErrorOptions) {
    super(`${what} got no answer.`, options);
    this.name = 'NoAnswer';
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
  const { response, text } = await answered(what, () => send(address, { ...request, headers }));
  if (response.ok) return { headers: response.headers, text };
  const { code = '' } = problemIn(text) ?? {};
  const { status } = response;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : undefined;
  throw new Refused(`${what} was refused (${status}). ${detailOf(text)}`, { code, status, retryAfterMs });
}

async function answered(what: string, send: () => Promise<Response>) {
  try {
    const response = await send();
    return { response, text: await response.text() };
  } catch (error) {
    // What fetch throws where no answer comes; anything else is of whoever sends.
    if (!(error instanceof TypeError)) throw error;
    throw new NoAnswer(what, { cause: error });
  }
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
