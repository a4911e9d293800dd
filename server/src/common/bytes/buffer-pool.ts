/** 1 MiB: reads of this size are as fast as the kernel’s sendfile; Node’s 64 KiB default is less than half. */
export const chunkSize = 1024 * 1024;

/** Enough for four full-speed viewers; more viewers allocate, and that memory is let go again. */
const mostIdle = 8;

const idle: Buffer[] = [];

export const takeBuffer = (): Buffer => idle.pop() ?? Buffer.allocUnsafeSlow(chunkSize);

let draining: NodeJS.Timeout | undefined;

/** Takes a buffer back; after half a minute without use all of them are freed. */
export function returnBuffer(buffer: Buffer): void {
  if (idle.length < mostIdle) idle.push(buffer);
  clearTimeout(draining);
  draining = setTimeout(() => (idle.length = 0), 30_000).unref();
}
