/** What is known of a certificate's life, as days. */
export interface Life {
  readonly awardedOn: string;
  /** The day on which each version was made; the first version is number 1. */
  readonly versions: readonly string[];
  readonly suspensions: readonly { readonly from: string; readonly to: string | null }[];
  readonly revokedOn: string | null;
}

export const validities = ['valid', 'suspended', 'revoked', 'not-yet'] as const;

/**
 * Did it count on the day, and what did it say? What is done on a day holds from that day on: of a suspension and its
 * reinstatement the day of the reinstatement counts again.
 */
export function validOn({ awardedOn, versions, suspensions, revokedOn }: Life, day: string) {
  if (day < awardedOn) return { outcome: 'not-yet' as const, version: null };
  const version = Math.max(1, versions.filter((madeOn) => madeOn <= day).length);
  if (revokedOn !== null && revokedOn <= day) return { outcome: 'revoked' as const, version };
  const suspended = suspensions.some(({ from, to }) => from <= day && (to === null || day < to));
  return { outcome: suspended ? ('suspended' as const) : ('valid' as const), version };
}
