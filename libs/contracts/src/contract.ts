import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { quickly } from './quick.js';

/** An event class: its fields are the payload, `aggregate` names the field whose events keep their order. */
export interface Contract<E extends object = object> {
  readonly type: string;
  readonly aggregate: keyof E & string;
  new (): E;
}

/** One thing that is wrong with the shape of some data. It never carries the value. */
export interface ShapeFault {
  /** Where, as a path: `rows.3.theory`. */
  readonly field: string;
  /** Which check failed, as class-validator names it. */
  readonly check: string;
  /** What may stand there, where the check has a message of ours. */
  readonly advice?: string;
}

/** Data that are not what their contract says. */
export class Malformed extends Error {
  constructor(
    what: string,
    readonly faults: readonly ShapeFault[],
  ) {
    super(`${what}: ${faults.map(({ field, check }) => `${field} ${check}`).join(', ')}`);
  }
}

/** The event these data are, or `Malformed` naming every field at fault. Unknown fields are dropped: a newer writer may add some. */
export const parse = <E extends object>(contract: Contract<E>, data: object): E =>
  quickly(contract, data) ?? parseSlowly(contract, data);

/** What `parse` means. The quick way answers only what this would answer, and leaves every refusal to it. */
export function parseSlowly<E extends object>(contract: Contract<E>, data: object): E {
  const event = plainToInstance(contract, data);
  const faults = validateSync(event, {
    whitelist: true,
    forbidUnknownValues: true,
    validationError: { target: false },
  });
  if (faults.length > 0) throw new Malformed(contract.type, faultsOf(faults));
  return event;
}

/** Flattens class-validator's tree into paths. */
export function faultsOf(errors: readonly ValidationError[], path = ''): ShapeFault[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const field = path + property;
    const own = Object.entries(constraints ?? {}).map(([check, said]) => ({
      ...{ field, check },
      // Our checks have names with a dash. What class-validator itself says of its own quotes what was sent.
      ...(check.includes('-') && said ? { advice: said } : {}),
    }));
    return [...own, ...faultsOf(children ?? [], `${field}.`)];
  });
}
