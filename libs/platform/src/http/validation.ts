import { Injectable, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { faultsOf, uuidPattern } from '@shuzheng/contracts';
import { Invalid, Missing } from '../problem.js';

/** Builds and checks the command or query a request carries. Unknown fields are told, not dropped. */
export const validation = () =>
  new ValidationPipe({
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
