import { imageWidths } from '@hearth/contract/title';

/** Of any picture. */
export const widestServed = Math.max(...imageWidths);

/** The served width that is at least `wanted`, or the largest. */
export const servedWidth = (wanted: number | undefined): number =>
  imageWidths.find((width) => width >= (wanted ?? Infinity)) ?? widestServed;
