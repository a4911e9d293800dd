import { statfs } from 'node:fs/promises';

/** Magic numbers of statfs(2) for file systems whose changes the kernel does not hear of. */
const remote = new Map<number, string>([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
  [0x73757245, 'Coda'],
  [0x5346414f, 'AFS'],
]);

/** Name of the file system when a folder lies on one that has to be polled; null for a local disk. */
export async function networkMountOf(path: string): Promise<string | null> {
  const { type } = await statfs(path);
  return remote.get(type >>> 0) ?? null;
}
