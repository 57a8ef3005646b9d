/** How many places a list has: the smallest that the standard allows, so that one certificate hides among many. */
export const PLACES = 131_072;

export const purposes = ['revocation', 'suspension'] as const;
export type Purpose = (typeof purposes)[number];

/** W3C Bitstring Status List 1.0: the first place is the highest bit of the first byte. */
export function bitstringOf(places: Iterable<number>): Uint8Array {
  const bits = new Uint8Array(PLACES / 8);
  for (const place of places) bits[place >> 3] = (bits[place >> 3] ?? 0) | (0x80 >> (place & 7));
  return bits;
}

/** What is not signed says so itself. */
export const unsigned =
  '本状态列表未经签名：核验服务不持有签名密钥，其真实性以本站的 HTTPS 连接为准。需要签名证明的，请以签发证书的机构为准。';
