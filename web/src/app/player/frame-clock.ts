/**
 * Calls `shown` with the time (s) of every frame that is shown, the one a seek ends on included. Four times a second
 * where the browser does not tell of frames. @returns stops it
 */
export function followFrames(video: HTMLVideoElement, shown: (seconds: number) => void): () => void {
  shown(video.currentTime);
  if (!('requestVideoFrameCallback' in video)) return followEvents(video, shown);
  let handle = 0;
  const next = (): void => {
    handle = video.requestVideoFrameCallback((_, { mediaTime }) => {
      shown(mediaTime);
      next();
    });
  };
  next();
  return () => video.cancelVideoFrameCallback(handle);
}

function followEvents(video: HTMLMediaElement, shown: (seconds: number) => void): () => void {
  const stop = new AbortController();
  for (const name of ['timeupdate', 'seeked'])
    video.addEventListener(name, () => shown(video.currentTime), { signal: stop.signal });
  return () => stop.abort();
}
