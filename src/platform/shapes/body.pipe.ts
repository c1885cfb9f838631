import { Body, Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { Shape } from '#libs/decider';
import { classOf, isDrawn } from './body-class.js';
import { validated } from './validation.js';

const parameterTypes = 'design:paramtypes';

/** A parameter of a handler: the body, as the shape has it. Throws the problem that names what is wrong with it. */
export function Sent(shape: Shape) {
  return (controller: object, handler: string | symbol, index: number): void => {
    Body()(controller, handler, index);
    const known = (Reflect.getMetadata(parameterTypes, controller, handler) ?? []) as readonly unknown[];
    const types = Object.assign([...known], { [index]: classOf(shape) });
    Reflect.defineMetadata(parameterTypes, types, controller, handler);
  };
}

/**
 * Stands before every handler, and lets no body pass that no shape describes. Nest's own pipe builds what it checks with
 * class-transformer, which leaves out keys named like inherited functions, so this one checks what `sent.ts` built.
 */
@Injectable()
export class BodyPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'body') return value;
    if (metatype === undefined || !isDrawn(metatype)) throw new Error('A handler takes a body of no shape.');
    return validated(metatype, value);
  }
}
