import { Readable } from 'node:stream';
import type { MediaContainer, MediaItem } from '../media-source.port.js';
import { patternFile } from './memory-source.js';
import { Served } from './served.js';

const tsFormat = { container: 'mpegts', video: { codec: 'h264' }, audio: { codec: 'aac', channels: 2 } };

/** A server with something of everything, impatient with half requests. */
export async function fuzzedServer(): Promise<Served> {
  const served = await new Served({
    ...{ headersTimeout: 300, requestTimeout: 500, mostConnections: 2000, mostConnectionsPerPeer: 1000 },
  }).start();
  const { source } = served;
  const folder = { type: 'container', class: 'object.container.storageFolder', searchable: true } as const;
  const folders: readonly MediaContainer[] = [
    { ...folder, id: '0', parentId: '-1', title: 'Hearth' },
    { ...folder, id: 'v$all', parentId: '0', title: 'Films' },
  ];
  const films = Array.from({ length: 50 }, (_, index): MediaItem => {
    const original = { resourceId: 'film', kind: 'original', format: tsFormat, size: 5000 } as const;
    return {
      ...{ type: 'item', class: 'object.item.videoItem.movie', id: `f${index}`, parentId: 'v$all' },
      ...{ title: `Film ${index} & "<ü>"`, art: { resourceId: 'cover' }, offers: [original] },
    };
  });
  source.add(...folders, ...films);
  source.media.set('film', patternFile(5000, { captions: { resourceId: 'words', formats: ['srt'] } }));
  source.media.set('tv', {
    kind: 'conversion',
    format: tsFormat,
    durationSeconds: 10,
    offer: {
      ...{ resourceId: 'tv', kind: 'converted' },
      format: tsFormat,
      durationSeconds: 10,
      constantBitrate: 1504,
    },
    start: () => Promise.resolve(Readable.from([Buffer.alloc(188, 0x47)])),
  });
  source.pictures.set('cover.sm', Buffer.alloc(100));
  source.texts.set('words.srt', Buffer.alloc(100));
  return served;
}
