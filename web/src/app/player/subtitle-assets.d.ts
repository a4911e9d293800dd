/** Files that are shipped as they are; the builder names them by their content (`with { loader: 'file' }`). */
declare module 'jassub/dist/wasm/jassub-worker.wasm' {
  const address: string;
  export default address;
}
declare module 'jassub/dist/wasm/jassub-worker-modern.wasm' {
  const address: string;
  export default address;
}
declare module 'jassub/dist/default.woff2' {
  const address: string;
  export default address;
}
declare module 'libpgs/dist/libpgs.worker.js' {
  const address: string;
  export default address;
}
