import {
  type ArgumentMetadata,
  Injectable,
  type PipeTransform,
  UnsupportedMediaTypeException,
  ValidationPipe,
} from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { exactly, faultsOf, uuidPattern } from '@shuzheng/contracts';
import { Invalid, Missing } from '../problem.js';

class Validation extends ValidationPipe {
  /**
   * A file where a command is awaited, or the other way round, is no matter of its fields. Every refusal is
   * class-validator's: only what is clearly right goes past it.
   */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    const open = metatype === undefined || metatype === Object;
    if (type === 'body' && !open && Buffer.isBuffer(value) !== (metatype === Buffer))
      throw new UnsupportedMediaTypeException();
    if (type === 'body' && !open) {
      const command = exactly(metatype as new () => object, value);
      if (command) return command;
    }
    return super.transform(value, metadata);
  }
}

/** A field that is missing, or is of another kind, breaks every check that it has: only the cause is told. */
function plainly(error: ValidationError): ValidationError {
  const { constraints = {}, children = [] } = error;
  const cause =
    error.value === undefined && !('whitelistValidation' in constraints)
      ? 'required'
      : causes.find((one) => one in constraints);
  const told = Object.keys(constraints).length > 0 && cause ? { [cause]: '' } : constraints;
  return { ...error, constraints: told, children: children.map(plainly) };
}
const causes = ['isObject', 'isArray', 'isString', 'isInt', 'isNumber', 'isBoolean', 'isIso8601', 'isLength', 'isIn'];

/** Builds and checks the command or query a request carries. Unknown fields are told, not dropped. */
export const validation = () =>
  new Validation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false },
    exceptionFactory: (errors) => new Invalid(faultsOf(errors.map(plainly))),
  });

/** An id in a path. What is no id names nothing: it is answered like any id that does not exist. */
@Injectable()
export class Id implements PipeTransform<string, string> {
  transform(text: string) {
    if (!uuidPattern.test(text)) throw new Missing();
    return text;
  }
}
