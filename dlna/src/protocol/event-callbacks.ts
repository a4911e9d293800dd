import { deviceUrl, ForeignUrl } from '../control/device-address.js';

const MOST = 4;
const LONGEST = 1024;

/**
 * The URLs of a CALLBACK header, only those at the subscriber's own address: anything else would make this server knock
 * at doors of others' choosing (CallStranger, CVE-2020-12695).
 * @param address IPv4 address the subscription came from
 * @returns empty where none is left: 412
 */
export function eventCallbacks(header: string, address: string): URL[] {
  if (header.length > LONGEST) return [];
  const texts = [...header.matchAll(/<([^<>\s]+)>/g)].slice(0, MOST).map(([, text = '']) => text);
  return texts.flatMap((text) => {
    try {
      const url = deviceUrl(text, undefined, address);
      return url.port === '0' ? [] : [url];
    } catch (error) {
      if (error instanceof ForeignUrl) return [];
      throw error;
    }
  });
}

/** `Second-1800`, `Second-infinite` and nothing. @returns seconds; undefined for as long as possible */
export function wantedSeconds(header: string): number | undefined {
  const [, seconds] = /^\s*second-(\d{1,9})\s*$/i.exec(header) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
