const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Web0S|webOS/i, 'LG TV'],
  [/Tizen/, 'Samsung TV'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chromium\//, 'Chromium'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

/** What people call this browser in a list of devices: “Firefox on Windows”. Order matters: Edge also says Chrome and Safari. */
export function deviceName(userAgent: string): string {
  const name = (list: typeof systems) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [name(browsers) ?? 'Browser', name(systems)].filter(Boolean).join(' on ');
}
