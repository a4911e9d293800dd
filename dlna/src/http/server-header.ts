import { release, type } from 'node:os';

/** `OS/version UPnP/1.0 DLNADOC/1.50 product/version` (UDA 1.0 §1.1.2): of HTTP and of SSDP alike. */
export function serverHeader(version: string): string {
  const [major = '1', minor = '0'] = release().split('.');
  return `${type()}/${major}.${minor} UPnP/1.0 DLNADOC/1.50 Hearth/${version}`;
}
