import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { PlayableService } from '../playable.service.js';
import { AudioCopiesService } from './audio-copies.service.js';
import { browserAudio } from './browser-audio.js';
import { TracksService } from './tracks.service.js';

/** A track as a file that browsers play. */
@Injectable()
export class TrackAudioService {
  constructor(
    private readonly tracks: TracksService,
    private readonly playables: PlayableService,
    private readonly copies: AudioCopiesService,
  ) {}

  /** @throws ProblemError NOT_FOUND, also where the account may not see it; SOURCE_UNAVAILABLE */
  async playable(id: string, accountId: string): Promise<{ path: string; contentType: string }> {
    const track = await this.tracks.one(id, accountId);
    if (!track) throw notFound('track');
    const located = await this.playables.fileFor(id, accountId);
    const audio = browserAudio(track.format);
    const { contentType } = audio;
    if (audio.kind === 'direct') return { path: located.path, contentType };
    return { path: await this.copies.path(located, audio.to, track.format.codec), contentType };
  }
}
