import { filesAmong, sourceRoutes } from '../../contract/src/source.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { type MediaFolder, srt } from '../support/media.js';
import { appendFile } from 'node:fs/promises';

/** A folder of everything a scan groups: versions, sidecars, seasons, double episodes; real files, one clip's bytes. */
export async function fillHousehold(media: MediaFolder, films = 40, series = 3): Promise<void> {
  await media.film('clip.mkv', { seconds: 1 });
  let made = 0;
  const put = async (name: string): Promise<void> => {
    // Bytes behind the end of a Matroska segment do no harm and make every file its own.
    await appendFile(await media.copy('clip.mkv', `library/${name}`), `file ${made++}${'.'.repeat(made)}`);
  };
  for (let n = 0; n < films; n++) {
    const name = `Film ${n + 1} (${1980 + n})`;
    await put(`films/${name}/${name} - 1080p.mkv`);
    if (n % 4 === 0) await put(`films/${name}/${name} - 2160p.mkv`);
    if (n % 5 === 0) await media.write(`library/films/${name}/${name}.en.srt`, srt('A line.'));
    if (n % 8 === 0) await media.picture(`library/films/${name}/poster.jpg`);
  }
  for (let n = 0; n < series; n++) {
    for (let episode = 1; episode <= 10; episode++) {
      const numbers = episode === 9 ? 'E09-E10' : `E${String(episode).padStart(2, '0')}`;
      if (episode !== 10) await put(`series/Series ${n + 1}/Season 01/Series ${n + 1} S01${numbers}.mkv`);
      await put(`series/Series ${n + 1}/Season 02/Series ${n + 1} S02E${episode}.mkv`);
    }
  }
}

/** Everything a household sees of its titles, without ids: two scans of one folder must agree on it. */
export async function contents(client: Client): Promise<unknown[]> {
  const titles = [];
  let cursor: string | undefined;
  do {
    const page = await client.call(titleRoutes.list, { limit: 100, ...(cursor ? { cursor } : {}) });
    titles.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const seen = [];
  for (const { id, type, name, year, available, poster, maxHeight } of titles) {
    const { items: sources } = await client.call(sourceRoutes.ofTitle, { id });
    const { items: episodes } =
      type === 'series' ? await client.call(titleRoutes.episodes, { id }) : { items: [] };
    seen.push({
      ...{ type, name, year, available, maxHeight, hasPoster: poster !== null },
      sources: filesAmong(sources)
        .map(({ fileName, label, size, streams, externalSubtitles }) =>
          [fileName, label, size, streams.length, externalSubtitles.length].join('|'),
        )
        .sort(),
      episodes: episodes.map((one) => `S${one.seasonNumber}E${one.number} ${one.name} ${one.available}`),
    });
  }
  return seen;
}
