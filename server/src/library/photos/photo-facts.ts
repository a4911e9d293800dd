/** A folder with photos in it, or a month of them. */
export interface PhotoAlbumFacts {
  /** Of a month: `month-YYYY-MM`, over all libraries an account may see. */
  readonly id: string;
  readonly kind: 'folder' | 'month';
  /** A month's is `YYYY-MM`. */
  readonly name: string;
  readonly photoCount: number;
  /** For `SignedImages` and `ImageService`. */
  readonly coverId: string | null;
  /** Local times of the cameras, `YYYY-MM-DDTHH:MM:SS`. */
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface PhotoFacts {
  /** Also the id of its media file (`PlayableService.file(id)`) and of its picture (`ImageService.serve(id)`). */
  readonly id: string;
  readonly libraryId: string;
  readonly albumId: string;
  readonly name: string;
  /** Local time of the camera, `YYYY-MM-DDTHH:MM:SS`. */
  readonly takenAt: string;
  readonly camera: string | null;
  /** As shown: EXIF orientation applied. */
  readonly width: number;
  readonly height: number;
  /** `jpeg`, `png`, `webp`, `gif`, `tiff`, `avif`…; `raw` of all cameras. */
  readonly format: string;
  /** bytes */
  readonly size: number;
  readonly available: boolean;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}
