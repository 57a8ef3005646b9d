import type { Seal } from '../sealing.js';

const texts = new Set<string>();
/** A sign or two occur in any text; what is longer than a name, a number or an address is no single value. */
const [SHORTEST, LONGEST] = [2, 60];

/** Remembers in tests what is sealed from now on: no answer that says no may repeat it. */
export function rememberSealed(seal: typeof Seal) {
  if ('remembers' in seal.prototype) return;
  const original = Reflect.get<Seal, 'seal'>(seal.prototype, 'seal');
  Object.assign(seal.prototype, {
    remembers: true,
    seal(place: string, plain: string) {
      if (plain.length >= SHORTEST && plain.length <= LONGEST) texts.add(plain);
      return Reflect.apply(original, this, [place, plain]);
    },
  });
}

export const sealedTexts = (): Iterable<string> => texts;
