/** Whether the first bytes are those of a music file that mediabunny reads: FLAC, Ogg, WAVE, ID3/MP3, ADTS. */
export function looksLikeMusic(head: Buffer): boolean {
  const four = head.toString('latin1', 0, 4);
  if (four === 'fLaC' || four === 'OggS' || four.startsWith('ID3')) return true;
  if (four === 'RIFF' || four === 'RF64') return head.toString('latin1', 8, 12) === 'WAVE';
  return (
    head[0] === 0xff &&
    ((head[1] ?? 0) & 0xe0) === 0xe0 &&
    ((head[1] ?? 0) & 6) !== 0 &&
    (head[2] ?? 0xff) < 0xf0
  );
}
