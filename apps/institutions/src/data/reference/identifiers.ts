import { createHash } from 'node:crypto';

/** The organisation that runs the registry; its people administer, it takes no part. */
export const OPERATOR = '00000000-0000-4000-8000-000000000001';

/** The human resources office of a division: its id follows from the division code. */
export const officeId = (divisionCode: string) => `00000000-0000-4000-8000-000000${divisionCode}`;

export interface RuleKey {
  readonly rule: string;
  readonly scope: string;
  readonly edition: string | null;
  readonly level: string | null;
  readonly from: string;
}

/** The id of a rule record follows from what it is about and from when: loading it again finds the same one. */
export function ruleIdOf({ rule, scope, edition, level, from }: RuleKey) {
  const hash = createHash('sha256').update(JSON.stringify([rule, scope, edition, level, from]));
  const hex = hash.digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(18, 20),
    hex.slice(20, 32),
  ].join('-');
}
