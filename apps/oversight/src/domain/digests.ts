/** The moments at which somebody is told of what is due. */
export const moments = ['three-days-left', 'one-day-left', 'one-day-past'] as const;
export type Moment = (typeof moments)[number];

export const momentWords: Readonly<Record<Moment, string>> = {
  'three-days-left': '剩余 3 天以内',
  'one-day-left': '剩余 1 天以内',
  'one-day-past': '已逾期',
};

/**
 * The moment that has come, the gravest first. Somebody who was not told on the very day, because nothing ran, is told
 * on the next: each moment is told once.
 */
export function momentAt(daysLeft: number): Moment | null {
  if (daysLeft <= -1) return 'one-day-past';
  if (daysLeft <= 1) return 'one-day-left';
  return daysLeft <= 3 ? 'three-days-left' : null;
}
