import type * as client from '../../libs/client/index.js';

/** The package as tests see it that ask what it does: what it takes is asked by compiling the programs of its README. */
export interface Package extends Omit<typeof client, 'EntenteOf'> {
  readonly Entente: new (options: client.EntenteOptions) => LooseClient;
}

export interface LooseState {
  readonly id: string;
  readonly key: string;
  readonly stage: string;
  readonly revision: number;
  readonly [member: string]: unknown;
}

export interface LooseEntry {
  readonly id: string;
  readonly state: LooseState;
  readonly revision: number;
  act(name: string, body?: object, options?: object): Promise<client.Written<LooseState>>;
  reload(): Promise<LooseState>;
}

export interface LooseEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly dialogue: string;
  readonly data: { readonly envelope: { readonly id: string; readonly stream: string } };
}

export interface LooseClient {
  create(collection: string, body: object, options?: object): Promise<LooseEntry>;
  open(collection: string, idOrKey: string): Promise<LooseEntry>;
  list(path: string, options?: object): AsyncGenerator<LooseState>;
  feed(options?: object): AsyncGenerator<client.FeedItem<LooseEvent>>;
  readonly api: {
    GET(path: string, init?: object): Promise<{ data?: unknown; error?: unknown; response: Response }>;
  };
}
