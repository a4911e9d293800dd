/**
 * How often the kill specs kill: 3 times in every run of `npm test`, to keep it short; `HEARTH_KILLS=50` is the full
 * measure.
 */
export const kills = Number(process.env['HEARTH_KILLS'] || 3);
