/**
 * Media lies at a path, or behind a loopback address of ours: a file of a torrent (ADR 0020). What is behind an address
 * never changes, may come slowly, and is never read as a whole only to learn something of it.
 */
export const isAddress = (place: string): boolean => place.startsWith('http://');
