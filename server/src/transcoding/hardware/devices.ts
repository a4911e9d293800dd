import { access, constants, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const kinds = /^(renderD\d+|nvidia\d+|video\d+)$/;

export interface Device {
  readonly path: string;
  /** This process may use it: membership in groups like `render` is what is most often missing. */
  readonly usable: boolean;
}

/** Devices that may encode, by path: render nodes, NVIDIA's cards, and video devices. */
export async function listDevices(root = '/dev'): Promise<Device[]> {
  const folders = [root, join(root, 'dri')];
  const names = await Promise.all(
    folders.map(async (folder) => {
      const all = await readdir(folder).catch(() => []);
      return all.filter((name) => kinds.test(name)).map((name) => join(folder, name));
    }),
  );
  return Promise.all(
    names
      .flat()
      .sort()
      .map(async (path) => ({ path, usable: await isUsable(path) })),
  );
}

const isUsable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );

/** Paths of the render nodes among them. */
export const renderNodes = (devices: readonly Device[]): string[] =>
  devices.map(({ path }) => path).filter((path) => path.includes('/dri/renderD'));
