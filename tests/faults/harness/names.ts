import { randomBytes } from 'node:crypto';

/** A name that nobody else has, without digits: one UUID in a hundred looks as if it held a phone's number, and such a name is refused. */
export const newName = (before: string) =>
  `${before}${randomBytes(10)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
