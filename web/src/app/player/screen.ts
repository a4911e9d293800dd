import { DestroyRef, DOCUMENT, inject, signal, type Signal } from '@angular/core';

export interface Screen {
  readonly fullscreen: Signal<boolean>;
  readonly pip: Signal<boolean>;
  toggleFullscreen(stage: HTMLElement, video: HTMLVideoElement): void;
  togglePip(video: HTMLVideoElement): void;
  /** Gives the screen back; false when there was nothing to give back. */
  exitFullscreen(): boolean;
}

/** The whole screen, or a small window over the others. Call where injection works. */
export function screenOf(): Screen {
  const document = inject(DOCUMENT);
  const stop = new AbortController();
  const fullscreen = signal(document.fullscreenElement !== null);
  const pip = signal(false);
  const on = (name: string, run: () => void) =>
    document.addEventListener(name, run, { signal: stop.signal, capture: true });
  on('fullscreenchange', () => fullscreen.set(document.fullscreenElement !== null));
  on('enterpictureinpicture', () => pip.set(true));
  on('leavepictureinpicture', () => pip.set(false));
  inject(DestroyRef).onDestroy(() => {
    stop.abort();
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
  });
  return {
    fullscreen,
    pip,
    toggleFullscreen: (stage, video) => {
      if (document.fullscreenElement) void document.exitFullscreen();
      // Browsers may refuse without a recent gesture: nothing happens, as nothing was asked by a person.
      else if (document.fullscreenEnabled) stage.requestFullscreen().catch(() => {});
      // iPhones give the screen to the video alone.
      else if (fillsScreenAlone(video)) video.webkitEnterFullscreen();
    },
    togglePip: (video) => {
      if (document.pictureInPictureElement) void document.exitPictureInPicture();
      else video.requestPictureInPicture().catch(() => {});
    },
    exitFullscreen: () => {
      if (!document.fullscreenElement) return false;
      void document.exitFullscreen();
      return true;
    },
  };
}

/** WebKit on iPhones, where no other element can fill the screen. */
function fillsScreenAlone(
  video: HTMLVideoElement,
): video is HTMLVideoElement & { webkitEnterFullscreen(): void } {
  return 'webkitEnterFullscreen' in video && typeof video.webkitEnterFullscreen === 'function';
}
