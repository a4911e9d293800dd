import { Injectable } from '@nestjs/common';
import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { PlayableService } from '../../library/playable.service.js';
import { type PlaylistSubtitle, subtitlePlaylist } from '../../transcoding/transcoding.service.js';
import { isText } from '../subtitle-tracks.js';
import { SubtitleService } from '../subtitle.service.js';

/** Where the cues' clock meets the segments': both begin at 0 (RFC 8216 section 3.5). */
const timestampMap = 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000';

/** Subtitles for players that draw what the playlist names, as on iPhones and televisions. */
@Injectable()
export class PlaylistSubtitlesService {
  constructor(
    private readonly playables: PlayableService,
    private readonly subtitles: SubtitleService,
  ) {}

  /** Every track that can be sent as text, files beside the film first. */
  async of(fileId: string, media: MediaInfo): Promise<PlaylistSubtitle[]> {
    const files = (await this.playables.externalSubtitles(fileId)).filter(isText).map((file) => ({
      id: `s${file.id}`,
      name: file.label ?? file.language ?? 'Unknown',
      language: file.language,
      forced: file.forced,
      hearingImpaired: file.hearingImpaired,
      isDefault: false,
    }));
    const embedded = streamsOf(media, 'subtitle')
      .filter(({ form }) => form === 'text')
      .map(({ index, title, language, flags }) => ({
        id: `s${index}`,
        name: title ?? language ?? 'Unknown',
        language,
        forced: flags.forced,
        hearingImpaired: flags.hearingImpaired,
        isDefault: flags.default,
      }));
    return [...files, ...embedded];
  }

  playlist(media: MediaInfo): string {
    return subtitlePlaylist(media.durationSeconds ?? 0);
  }

  /** WebVTT of a track. @param id as in the playlist @throws ProblemError NOT_FOUND, SUBTITLE_UNREADABLE */
  async text(fileId: string, id: string): Promise<string> {
    const text = await this.subtitles.text(fileId, id.slice(1));
    return text.replace(/^\uFEFF?WEBVTT[^\n]*\n/, (head) => `${head}${timestampMap}\n`);
  }
}
