import { addLibrary } from '../../support/app.js';
import type { Client } from '../../support/client.js';
import { MediaFolder, srt } from '../../support/media.js';
import { photo, song } from '../../support/songs.js';

/** Of everything a little, with names that are hard on XML; one film that no player gets as it is. */
export async function addHousehold(ada: Client): Promise<MediaFolder> {
  const folder = await MediaFolder.make();
  await folder.film('films/Salt & Pepper (2019)/Salt & Pepper (2019).mp4', { seconds: 20, size: '320x180' });
  await folder.film('films/Zwölf Ähren (2020)/Zwölf Ähren (2020).mkv', {
    seconds: 20,
    size: '320x180',
  });
  await folder.write(
    'films/Zwölf Ähren (2020)/Zwölf Ähren (2020).en.srt',
    srt('First line', 'Second line', 'Third line'),
  );
  await folder.film("films/It's <Old> (1999)/It's <Old> (1999).avi", { seconds: 20, videoCodec: 'mpeg4' });
  for (const code of ['S01E01', 'S01E02', 'S02E01'])
    await folder.film(`series/Harbour (2018)/Season ${code.slice(1, 3)}/Harbour ${code}.mkv`, { seconds: 5 });
  for (const [track, title] of ['One', 'Two & Two', 'Three'].entries())
    await song(folder.path(`music/Artist/Album/0${track + 1} ${title}.mp3`), {
      title,
      artist: 'Artist',
      album: 'Album',
      track: String(track + 1),
      genre: 'Folk',
      date: '2011',
    });
  for (const name of ['a.jpg', '日本 & <b>.jpg']) await photo(folder.path(`photos/Summer/${name}`));
  await addLibrary(ada, 'movies', folder.path('films'));
  await addLibrary(ada, 'series', folder.path('series'));
  await addLibrary(ada, 'music', folder.path('music'));
  await addLibrary(ada, 'photos', folder.path('photos'));
  return folder;
}
