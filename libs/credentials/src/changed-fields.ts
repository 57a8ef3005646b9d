/** The JSON Pointers at which two documents differ, so that a verifier can name the field somebody changed. */
export function changedFields(expected: unknown, found: unknown, path = ''): string[] {
  if (Object.is(expected, found)) return [];
  if (!isContainer(expected) || !isContainer(found) || Array.isArray(expected) !== Array.isArray(found)) return [path];
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...keys].flatMap((key) => changedFields(own(expected, key), own(found, key), `${path}/${escaped(key)}`));
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const own = (container: Record<string, unknown>, key: string) =>
  Object.hasOwn(container, key) ? container[key] : undefined;

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
