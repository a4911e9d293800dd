/** Objects of an ASF header (Advanced Systems Format specification 1.2, section 10), as their GUIDs are stored. */
const SCRIPT_COMMANDS = '301afb1e620bd011a39b00a0c90348f6';
const CONTENT_ENCRYPTION = 'fbb3112223bdd211b4b700a0c955fc6e';
const EXTENDED_CONTENT_ENCRYPTION = '14e68a292226174cb935dae07ee9289c';

/** Of an object: GUID and size. */
const OBJECT_HEAD = 24;
/** Of the header itself: those, the number of objects, and two reserved bytes. */
const HEADER_HEAD = 30;

/**
 * Whether a Windows Media file opens an address while it plays: script commands of type `URL`, or a licence that has to be
 * fetched first. Both were how “codecs” got onto machines; neither is needed to be watched here.
 */
export function asfTrap(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  for (let at = HEADER_HEAD; at + OBJECT_HEAD <= bytes.length;) {
    const guid = bytes.toString('hex', at, at + 16);
    const size = Number(bytes.readBigUInt64LE(at + 16));
    if (guid === CONTENT_ENCRYPTION || guid === EXTENDED_CONTENT_ENCRYPTION) return true;
    if (guid === SCRIPT_COMMANDS && opensAddress(bytes.subarray(at, at + size))) return true;
    if (size < OBJECT_HEAD) return false;
    at += size;
  }
  return false;
}

/** Command types are names in UTF-16: `URL`, `URLANDEXIT`, beside harmless `TEXT` and `CAPTION`. */
const opensAddress = (object: Buffer): boolean => object.toString('utf16le', OBJECT_HEAD).includes('URL');
