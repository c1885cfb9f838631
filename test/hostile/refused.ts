import { expect } from '@jest/globals';
import type { Answer, Api } from '../support/api.js';

export interface Refused {
  readonly status: number;
  readonly code: string;
  /** One of the faulty fields, as a JSON Pointer. */
  readonly pointer?: string;
}

/** Where the store stood when a test began, so that of every refusal it can be said that it recorded nothing. */
export class Watch {
  #head: unknown;

  constructor(private readonly api: Api) {}

  /** From here on nothing may be recorded: what follows by itself from earlier acts has followed. */
  async begin(): Promise<void> {
    await this.api.settled();
    this.#head = await this.api.server.record.store.head();
  }

  async hasSeenNothing(): Promise<boolean> {
    return (await this.api.server.record.store.head()) === this.#head;
  }
}

/** Refused with this status and code, pointing at the field; and the store stands where it stood. */
export async function expectRefused(
  watch: Watch,
  { status, headers, body }: Answer,
  wanted: Refused,
): Promise<void> {
  expect(body).toMatchObject({
    status: wanted.status,
    code: wanted.code,
    type: `/problems/${wanted.code}`,
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/./),
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(status).toBe(wanted.status);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const { errors = [] } = body as { errors?: readonly { pointer?: string }[] };
  if (wanted.pointer !== undefined) expect(errors.map((one) => one.pointer)).toContain(wanted.pointer);
  expect(await watch.hasSeenNothing()).toBe(true);
}
