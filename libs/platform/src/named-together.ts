import { BadConfiguration } from './bad-configuration.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a value that must be there and fit; the advice says how to write it. */
export type Said<Name extends string> = (name: Name, fits: (value: string) => boolean, advice: string) => string;

/** Variables that are named together or not at all: how to read them where any is named. */
export function namedTogether<Name extends string>(env: Environment, names: readonly Name[]): Said<Name> | undefined {
  const first = names.find((name) => env[name]);
  if (!first) return undefined;
  return (name, fits, advice) => {
    const value = env[name];
    if (!value) throw new BadConfiguration(name, `set it together with ${first}`);
    if (!fits(value)) throw new BadConfiguration(name, advice);
    return value;
  };
}
