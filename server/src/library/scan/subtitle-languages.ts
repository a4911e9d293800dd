import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalizeLanguage } from '../../ffmpeg/language.js';
import { readLanguages } from '../../ffmpeg/vobsub/index-file.js';
import { largestIndex } from '../../ffmpeg/vobsub/read-vobsub.js';
import type { SubtitleFile } from './directory-index.js';

/** An `.idx` file is as many subtitles as it has languages; all others are one. @param root of the library folder */
export async function withLanguages(root: string, files: readonly SubtitleFile[]): Promise<SubtitleFile[]> {
  const read = await Promise.all(
    files.map(async (file) => (file.says.format === 'idx' ? await languagesOf(root, file) : [file])),
  );
  return read.flat();
}

async function languagesOf(root: string, file: SubtitleFile): Promise<SubtitleFile[]> {
  if (file.entry.size > largestIndex) return [];
  // Gone or unreadable meanwhile: the film is scanned without it.
  const text = await readFile(join(root, file.path), 'utf8').catch(() => '');
  return readLanguages(text).map(({ language }, streamIndex) => ({
    ...file,
    says: {
      ...file.says,
      streamIndex,
      language: (language === null ? null : normalizeLanguage(language)) ?? file.says.language,
    },
  }));
}
