import { RequestMethod } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import type { Shape } from '#libs/decider';
import { AppModule } from '../app.module.js';
import type { AppOptions } from '../app.module.js';
import { operationKey } from '../platform/access/operation.js';
import { probeRoutes } from '../platform/http/probes.js';
import { isDrawn, shapeOf } from '../platform/shapes/body-class.js';

export interface ServedRoute {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  /** The fields of what is sent; none where nothing is, or no JSON. */
  readonly body: Shape;
}

function read(key: string, of: object): unknown {
  return Reflect.getMetadata(key, of) as unknown;
}

/** The controllers of a module and of those that it imports. */
function controllersOf(module: DynamicModule | Type): readonly Type[] {
  const { controllers, imports } =
    'module' in module
      ? module
      : {
          controllers: read('controllers', module) as Type[] | undefined,
          imports: read('imports', module) as (DynamicModule | Type)[] | undefined,
        };
  return [
    ...(controllers ?? []),
    ...((imports ?? []) as readonly (DynamicModule | Type)[]).flatMap(controllersOf),
  ];
}

function bodyOf(prototype: object, handler: string): Shape {
  const types = (Reflect.getMetadata('design:paramtypes', prototype, handler) ?? []) as readonly Type[];
  const drawn = types.find((one) => typeof one === 'function' && isDrawn(one));
  return drawn === undefined ? {} : shapeOf(drawn);
}

/** The methods of a class, and those that it inherits: what is read of one slice alone stands in a class of its own. */
function methodsOf(prototype: object): readonly (readonly [name: string, method: object | undefined])[] {
  const above = Object.getPrototypeOf(prototype) as object;
  const own = Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(
    ([name, { value }]) => [name, value as object | undefined] as const,
  );
  return above === Object.prototype ? own : [...own, ...methodsOf(above)];
}

function routesOf(controller: Type): ServedRoute[] {
  const prototype = controller.prototype as object;
  const base = String(read('path', controller));
  return methodsOf(prototype).flatMap(([name, handler]) => {
    const operationId = handler === undefined ? undefined : read(operationKey, handler);
    if (handler === undefined || typeof operationId !== 'string') return [];
    const steps = `${base}/${String(read('path', handler))}`.split('/').filter((step) => step !== '');
    return [
      {
        method: String(RequestMethod[Number(read('method', handler))]).toLowerCase(),
        path: `/${steps.join('/')}`.replace(/:(\w+)/g, '{$1}').replace('*', '{place}'),
        operationId,
        body: bodyOf(prototype, name),
      },
    ];
  });
}

/** Every route of the server, read off its modules: nothing is opened for that. */
export function servedRoutes(): readonly ServedRoute[] {
  const nothing = {
    record: () => Promise.reject(new Error('Nothing is opened.')),
    settings: {},
    ledger: { settings: {} },
    feed: { settings: {} },
  } as AppOptions;
  const probes = probeRoutes.map((route) => ({ ...route, body: {} }));
  return [...controllersOf(AppModule.of(nothing)).flatMap(routesOf), ...probes];
}
