/** The colours of one picture. */
export interface Palette {
  /** From the zenith to the horizon. */
  sky: readonly string[];
  /** Sun, moon, windows. */
  light: string;
  /** From far to near. */
  land: readonly [string, string, string];
  /** What stands closest to the eye. */
  near: string;
  /** The title's ink. */
  ink: string;
  accent: string;
}
