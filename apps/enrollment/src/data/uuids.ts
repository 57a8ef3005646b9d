import { uuidPattern } from '@shuzheng/contracts';
import { Invalid } from '@shuzheng/platform';

/** The ids of a list, each of which must look like one. */
export function uuidsOf(field: string, texts: readonly string[]): readonly string[] {
  const faults = texts.flatMap((text, i) =>
    uuidPattern.test(text) ? [] : [{ field: `${field}.${i}`, check: 'matches' }],
  );
  if (faults.length > 0) throw new Invalid(faults);
  return texts;
}
