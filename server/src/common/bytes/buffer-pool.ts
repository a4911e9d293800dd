/** 1 MiB: reads of this size are as fast as the kernel’s sendfile; Node’s 64 KiB default is less than half. */
export const chunkSize = 1024 * 1024;

/** A player that seeks asks for little: it gets a little buffer, smallest first. */
const sizes = [64 * 1024, 256 * 1024, chunkSize];

/** Bytes kept for the next reader: sixteen full-speed viewers, or many small ranges at once. */
const mostIdleBytes = 32 * chunkSize;

/** Bytes lent in buffers of any size; beyond, readers get the smallest: a thousand stalled ones must not fill memory. */
const mostLentBytes = 64 * chunkSize;

const idle = new Map<number, Buffer[]>(sizes.map((size) => [size, []]));
let idleBytes = 0;
let lentBytes = 0;

/**
 * A buffer of at least `length` bytes, or of `chunkSize` if that is more, or a small one when much is lent already; what
 * was in it is anyone’s.
 */
export function takeBuffer(length = chunkSize): Buffer {
  const wanted = lentBytes < mostLentBytes ? length : 0;
  const size = sizes.find((each) => each >= wanted) ?? chunkSize;
  lentBytes += size;
  const buffer = idle.get(size)?.pop();
  if (!buffer) return Buffer.allocUnsafeSlow(size);
  idleBytes -= size;
  return buffer;
}

let draining: NodeJS.Timeout | undefined;

function drain(): void {
  for (const buffers of idle.values()) buffers.length = 0;
  idleBytes = 0;
}

/** Takes a buffer back; after half a minute without use all of them are freed. */
export function returnBuffer(buffer: Buffer): void {
  lentBytes -= buffer.length;
  const room = idle.get(buffer.length);
  if (room && idleBytes + buffer.length <= mostIdleBytes) {
    room.push(buffer);
    idleBytes += buffer.length;
  }
  if (draining) draining.refresh();
  else draining = setTimeout(drain, 30_000).unref();
}
