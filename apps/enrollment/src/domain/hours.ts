/** Hours as they were taught, by where and how. */
export interface Attended {
  readonly onlineTheory: number;
  readonly onlinePractice: number;
  readonly offlineTheory: number;
  readonly offlinePractice: number;
  /** Brought along from another class. */
  readonly carried: number;
}

/** What the standard asks for, each part only where its record says so. */
export interface StandardHours {
  readonly total?: number;
  readonly theory?: number;
  readonly practice?: number;
  /** At least so many in person. */
  readonly offline?: number;
  /** At most so many online. */
  readonly onlineMaximum?: number;
}

export const shortages = ['total', 'theory', 'practice', 'offline', 'online-maximum'] as const;
export type Shortage = (typeof shortages)[number];

export const totalOf = (hours: Attended): number =>
  hours.onlineTheory + hours.onlinePractice + hours.offlineTheory + hours.offlinePractice + hours.carried;

/**
 * Where somebody is short of the standard; null while it is not known. Of hours that were brought along it is not known
 * here how they were taught: they count towards each part, and against none.
 */
export function shortOf(standard: StandardHours | null, hours: Attended): Shortage[] | null {
  if (standard === null) return null;
  const theory = hours.onlineTheory + hours.offlineTheory + hours.carried;
  const practice = hours.onlinePractice + hours.offlinePractice + hours.carried;
  const offline = hours.offlineTheory + hours.offlinePractice + hours.carried;
  const online = hours.onlineTheory + hours.onlinePractice;
  const below = (wanted: number | undefined, had: number) => wanted !== undefined && had < wanted;
  return shortages.filter(
    (part) =>
      ({
        total: below(standard.total, totalOf(hours)),
        theory: below(standard.theory, theory),
        practice: below(standard.practice, practice),
        offline: below(standard.offline, offline),
        'online-maximum': standard.onlineMaximum !== undefined && standard.onlineMaximum < online,
      })[part],
  );
}
