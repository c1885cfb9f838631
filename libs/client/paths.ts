/**
 * What can be asked of a server, read from the types that `openapi-typescript` makes of its description. Everything here is
 * of types alone: a collection, an act or a list that the description does not have does not compile.
 */

type Operation<P, Path, Method extends string> = Path extends keyof P
  ? P[Path] extends { readonly [M in Method]: infer O }
    ? O
    : never
  : never;

type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never;

type AnswerOf<O> = O extends { responses: infer R }
  ? { [Status in keyof R]: Status extends 200 | 201 ? Json<R[Status]> : never }[keyof R]
  : never;

type BodyOf<O> = O extends { requestBody?: infer R } ? Json<NonNullable<R>> : never;

type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;

/** What each entry answers at least. */
export interface Representation {
  readonly id: string;
  readonly revision: number;
}

/** `irritants`, `rounds` and so on: whatever is made by a POST and has a history. */
export type Collection<P> = {
  [Path in keyof P]: Path extends `/v1/${infer Name}/{id}/history` ? Name : never;
}[keyof P] &
  string;

export type StateOf<P, C extends string> = AnswerOf<Operation<P, `/v1/${C}/{id}`, 'get'>>;

export type NewOf<P, C extends string> = BodyOf<Operation<P, `/v1/${C}`, 'post'>>;

/** `acknowledge`, `claims/{claimId}/confirm` and so on: each POST that answers the representation. */
export type Act<P, C extends string> = {
  [Path in keyof P]: Path extends `/v1/${C}/{id}/${infer Name}`
    ? AnswerOf<Operation<P, Path, 'post'>> extends never
      ? never
      : AnswerOf<Operation<P, Path, 'post'>> extends Representation
        ? Name
        : never
    : never;
}[keyof P] &
  string;

export type ActBody<P, C extends string, A extends string> = BodyOf<
  Operation<P, `/v1/${C}/{id}/${A}`, 'post'>
>;

/** The parts of an act's path that stand in braces. */
export type Named<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Named<Rest>
  : never;

type GoesOn<Query> = [Query] extends [never]
  ? false
  : 'cursor' | 'minPosition' extends keyof Query
    ? true
    : false;

/** Lists that go on from page to page, and wait for what one has written oneself. */
export type ListPath<P> = {
  [Path in keyof P]: GoesOn<QueryOf<Operation<P, Path, 'get'>>> extends true ? Path : never;
}[keyof P] &
  string;

export type ListQuery<P, Path extends string> = Omit<QueryOf<Operation<P, Path, 'get'>>, 'cursor'>;

export type ItemOf<P, Path extends string> =
  AnswerOf<Operation<P, Path, 'get'>> extends { items: readonly (infer Item)[] } ? Item : never;

export type FeedEventOf<P> = ItemOf<P, '/v1/feed'>;
