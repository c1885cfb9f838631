import { expect } from '@jest/globals';
import type { Api, Body, PrincipalName } from './api.js';

/** One act that must be recorded; answers the new representation. */
export async function done<T extends Body>(
  api: Api,
  path: string,
  as: PrincipalName,
  body: Body = {},
): Promise<T> {
  const answer = await api.act<T>(`/v1/${path}`, body, as);
  const { status } = answer;
  expect({ path, status, problem: status === 200 ? undefined : answer.body }).toEqual({
    path,
    status: 200,
    problem: undefined,
  });
  return answer.body;
}

/** A create that must be recorded; answers the new representation. */
export async function made<T extends Body>(
  api: Api,
  slice: string,
  as: PrincipalName,
  body: Body,
): Promise<T> {
  const answer = await api.create<T>(`/v1/${slice}`, body, as);
  const { status } = answer;
  expect({ slice, status, problem: status === 201 ? undefined : answer.body }).toEqual({
    slice,
    status: 201,
    problem: undefined,
  });
  return answer.body;
}
