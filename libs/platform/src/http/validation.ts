import {
  type ArgumentMetadata,
  Injectable,
  type PipeTransform,
  UnsupportedMediaTypeException,
  ValidationPipe,
} from '@nestjs/common';
import { faultsOf, uuidPattern } from '@shuzheng/contracts';
import { Invalid, Missing } from '../problem.js';

class Validation extends ValidationPipe {
  /** A file where a command is awaited, or the other way round, is no matter of its fields. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    const open = metatype === undefined || metatype === Object;
    if (type === 'body' && !open && Buffer.isBuffer(value) !== (metatype === Buffer))
      throw new UnsupportedMediaTypeException();
    return super.transform(value, metadata);
  }
}

/** Builds and checks the command or query a request carries. Unknown fields are told, not dropped. */
export const validation = () =>
  new Validation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new Invalid(faultsOf(errors)),
  });

/** An id in a path. What is no id names nothing: it is answered like any id that does not exist. */
@Injectable()
export class Id implements PipeTransform<string, string> {
  transform(text: string) {
    if (!uuidPattern.test(text)) throw new Missing();
    return text;
  }
}
