/** A table of named rules: each entry says when the rule named by its key is broken. */
export type Rules<Facts> = Record<string, (facts: Facts) => boolean>;

/** The names of every rule these facts break, in the order the table lists them. */
export function broken<Facts, Name extends string>(
  rules: Record<Name, (facts: Facts) => boolean>,
  facts: Facts,
): Name[] {
  return (Object.keys(rules) as Name[]).filter((name) => rules[name](facts));
}
