/** Letters that are not in the alphabet of check codes, and what they are misread for. */
const misread: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' };

/** A check code as it was printed, however somebody typed it. */
export const canonicalCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[OILU]/g, (letter) => misread[letter] ?? letter);
