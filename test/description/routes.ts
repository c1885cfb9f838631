import type { Type } from '@nestjs/common';
import { RequestMethod } from '@nestjs/common';
import { AppModule } from '../../src/app.module.js';
import { operationKey } from '../../src/platform/access/operation.js';

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
}

function read(key: string, of: object): unknown {
  return Reflect.getMetadata(key, of) as unknown;
}

function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  const base = String(read('path', controller));
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
    const operationId = handler === undefined ? undefined : read(operationKey, handler);
    if (handler === undefined || typeof operationId !== 'string') return [];
    const steps = `${base}/${String(read('path', handler))}`.split('/').filter((step) => step !== '');
    return [
      {
        method: String(RequestMethod[Number(read('method', handler))]).toLowerCase(),
        path: `/${steps.join('/')}`.replace(/:(\w+)/g, '{$1}'),
        operationId,
      },
    ];
  });
}

/** Every route of the server, read off its controllers: none of them needs a record for that. */
export function routesOfServer(): readonly Route[] {
  const { controllers = [] } = AppModule.of({} as Parameters<typeof AppModule.of>[0]);
  return controllers.flatMap(routesOf);
}
