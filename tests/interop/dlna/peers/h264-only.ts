import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deviceRoutes } from '../../../../contract/src/device.js';
import type { Client } from '../../../support/client.js';
import { waitFor } from '../../../support/wait-for.js';

const h264 = { video: ['h264'], audio: ['aac'] };

/**
 * Of their own, VLC and Kodi play everything. A file in the data folder says that this household's plays H.264 only, so
 * that the rest is converted; resolves when Hearth has read it.
 */
export async function playsH264Only(ada: Client, dataDirectory: string, profileId: string): Promise<void> {
  const folder = join(dataDirectory, 'dlna-profiles');
  const name = `${profileId} of this house`;
  const profile = { name, plays: { containers: { mp4: h264, matroska: h264 } } };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${profileId}.json`), JSON.stringify(profile));
  await waitFor(
    async () => (await ada.call(deviceRoutes.list)).profiles.some((one) => one.name === name),
    'the profile of the house',
    30_000,
  );
}
