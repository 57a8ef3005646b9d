const LEAST = 10;
const DIFFERENT = 5;
const kinds = [/\p{L}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];

/** A login name as it is kept: people type capitals where there are none. */
export const loginNameOf = (text: string) => text.trim().toLowerCase();

/** Is this password too easily guessed, for this account? */
export function isWeak(password: string, loginName: string): boolean {
  const characters = Array.from(password);
  return (
    characters.length < LEAST ||
    new Set(characters).size < DIFFERENT ||
    kinds.filter((kind) => kind.test(password)).length < 2 ||
    password.toLowerCase().includes(loginNameOf(loginName))
  );
}
