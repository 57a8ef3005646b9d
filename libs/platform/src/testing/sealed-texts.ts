import type { Seal } from '../sealing.js';

const texts = new Set<string>();
/** A sign or two occur in any text; what is longer than a name, a number or an address is no single value. */
const [SHORTEST, LONGEST] = [2, 60];

/** Remembers in tests what is sealed from now on: no answer that says no may repeat it. */
export function rememberSealed(seal: typeof Seal) {
  const { seal: original } = seal.prototype as Seal & { remembers?: true };
  if ('remembers' in seal.prototype) return;
  Object.assign(seal.prototype, {
    remembers: true,
    seal(this: Seal, place: string, plain: string) {
      if (plain.length >= SHORTEST && plain.length <= LONGEST) texts.add(plain);
      return original.call(this, place, plain);
    },
  });
}

export const sealedTexts = (): Iterable<string> => texts;
