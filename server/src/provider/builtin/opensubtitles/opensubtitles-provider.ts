import type { providerSubtitle, SubtitleQuestion } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import { version } from '../../../config/version.js';
import type { ProviderCall, SubtitleProvider } from '../../provider.js';
import { addressOf, jsonAnswer } from '../json-answer.js';
import { downloadAnswer, foundSubtitles } from './opensubtitles-answers.js';
import { opensubtitlesManifest } from './opensubtitles-manifest.js';
import { searchParameters, subtitlesOf } from './opensubtitles-subtitles.js';

/** Subtitles by https://opensubtitles.stoplight.io/docs/opensubtitles-api, which counts downloads. */
export class OpensubtitlesProvider implements SubtitleProvider {
  readonly manifest = opensubtitlesManifest;

  constructor(private readonly base = 'https://api.opensubtitles.com/api/v1') {}

  async subtitles(
    question: SubtitleQuestion,
    call: ProviderCall,
  ): Promise<z.input<typeof providerSubtitle>[]> {
    const parameters = searchParameters(question);
    if (parameters === null) return [];
    const url = addressOf(this.base, '/subtitles', parameters);
    const found = await jsonAnswer(call, url, foundSubtitles, { headers: headersOf(call) });
    return (found?.data ?? []).flatMap(subtitlesOf);
  }

  async subtitleLink(subtitleId: string, call: ProviderCall): Promise<string | null> {
    if (!/^\d{1,15}$/u.test(subtitleId)) return null;
    const json = { file_id: Number(subtitleId), sub_format: 'webvtt' };
    const request = { headers: headersOf(call), json };
    return (await jsonAnswer(call, addressOf(this.base, '/download'), downloadAnswer, request))?.link ?? null;
  }
}

/** Requests that don't say what sends them are refused. */
const headersOf = ({ config }: ProviderCall): Record<string, string> => ({
  'api-key': String(config['apiKey'] ?? ''),
  'user-agent': `Hearth v${version}`,
});
