const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character for the first 17 digits of an id number: ISO 7064 MOD 11-2 (GB 11643-1999). */
export function idCheckCharacter(first17: string): string {
  if (!/^[0-9]{17}$/.test(first17)) throw new RangeError('An id number has 17 digits before its check character');
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first17.charAt(place)), 0);
  return '10X98765432'.charAt(sum % 11);
}

/** Whether the text has the 18 characters of an id number and ends in the right check character. */
export const hasRightCheckCharacter = (number: string): boolean =>
  /^[0-9]{17}[0-9X]$/.test(number) && idCheckCharacter(number.slice(0, 17)) === number.slice(17);

/** The 18-character form of a 15-digit id number issued before 1999: the century goes in, the check character on. */
export function upgradeOldIdNumber(number: string): string {
  const first17 = `${number.slice(0, 6)}19${number.slice(6)}`;
  return first17 + idCheckCharacter(first17);
}

export const isOldIdNumber = (number: string): boolean => /^[0-9]{15}$/.test(number);
