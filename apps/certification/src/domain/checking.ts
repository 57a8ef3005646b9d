import { broken, type Rules } from '@shuzheng/platform/rules';

interface Checking {
  /** Undefined: the row is not in the sample. Null: nobody has looked at it. */
  readonly outcome: string | null | undefined;
  readonly repeated: boolean;
}

const checking = {
  'row-not-sampled': ({ outcome }) => outcome === undefined,
  'row-repeated': ({ repeated }) => repeated,
  'row-checked': ({ outcome }) => typeof outcome === 'string',
} satisfies Rules<Checking>;

/** Every rule that each check breaks. */
export function faultsOfChecks<Check extends { readonly rowId: string }>(
  checks: readonly Check[],
  sampled: ReadonlyMap<string, string | null>,
): { check: Check; rule: string }[] {
  const seen = new Set<string>();
  return checks.flatMap((check) => {
    const repeated = seen.has(check.rowId);
    seen.add(check.rowId);
    return broken(checking, { outcome: sampled.get(check.rowId), repeated }).map((rule) => ({ check, rule }));
  });
}
