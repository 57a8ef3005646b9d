import { checkDocument, type DocumentKind } from '@shuzheng/regulation';

/** A rule record `minimum-age`: how old a learner must be on the first day of the class. */
export interface AgeRule {
  readonly years?: number;
}

export function birthDateOf(kind: DocumentKind, number: string): string | undefined {
  const checked = checkDocument(kind, number);
  return checked.ok ? checked.birthDate : undefined;
}

/** Whoever has the birthday on that day is old enough; born on 29 February, on 1 March of other years. */
export function isYoungerThan(years: number, birthDate: string, day: string): boolean {
  const birthday = `${String(Number(birthDate.slice(0, 4)) + years).padStart(4, '0')}${birthDate.slice(4)}`;
  return day < birthday;
}
