const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 as Bitcoin writes it, which multibase calls `z`. Quadratic, and meant for keys and signatures. */
export function base58Encode(bytes: Uint8Array): string {
  const zeros = bytes.findIndex((byte) => byte !== 0);
  if (zeros < 0) return '1'.repeat(bytes.length);
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; rest > 0n; rest /= 58n) text = alphabet.charAt(Number(rest % 58n)) + text;
  return '1'.repeat(zeros) + text;
}

/** The bytes behind the text, or undefined if it is not base58. */
export function base58Decode(text: string): Buffer | undefined {
  const digits = [...text].map((letter) => alphabet.indexOf(letter));
  if (digits.includes(-1)) return undefined;
  const zeros = Buffer.alloc(/^1*/.exec(text)?.[0].length ?? 0);
  const rest = digits.reduce((sum, digit) => sum * 58n + BigInt(digit), 0n);
  if (rest === 0n) return zeros;
  const hex = rest.toString(16);
  return Buffer.concat([zeros, Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')]);
}
