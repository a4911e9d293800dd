// What the sandbox needs of WebAssembly, which neither the language's types nor Node's have.
declare namespace WebAssembly {
  interface MemoryDescriptor {
    /** Pages of 64 KiB. */
    initial: number;
    maximum?: number;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  // eslint-disable-next-line no-var -- as the types of browsers have it, where they are there, too
  var Memory: { prototype: Memory; new (descriptor: MemoryDescriptor): Memory };
}
