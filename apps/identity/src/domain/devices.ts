const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'],
  [/Android/i, 'Android'],
  [/iPhone|iPad|iOS/i, 'iOS'],
  [/Windows/i, 'Windows'],
  [/Mac OS X|Macintosh/i, 'macOS'],
  [/Linux|UOS|Kylin/i, 'Linux'],
];
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const first = (known: readonly (readonly [RegExp, string])[], text: string) =>
  known.find(([pattern]) => pattern.test(text))?.[1];

/** What kind of device it is, coarsely: enough for its owner to know it again, too little to tell people apart. */
export function deviceOf(userAgent: string): string {
  const parts = [first(systems, userAgent), first(browsers, userAgent)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' · ') : '其他设备';
}

/** The network somebody came from; never the whole address. */
export function networkOf(address: string): string {
  const four = /(?:^|:)(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(address);
  if (four) return `${four[1]}.${four[2]}.*.*`;
  const groups = address.split(':').slice(0, 2).filter(Boolean);
  return groups.length > 0 ? `${groups.join(':')}:*` : '*';
}
