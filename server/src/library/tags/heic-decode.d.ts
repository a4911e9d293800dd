declare module 'heic-decode' {
  /** Pixels of the main picture as RGBA, turned as the file says. Throws where there is none. */
  export default function decode(input: {
    buffer: Uint8Array;
  }): Promise<{ width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }>;
}
