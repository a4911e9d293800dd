/**
 * A text as the value of a filter's option in a filter graph: escaped once for the list of options, and that once
 * more for the graph (ffmpeg-filters, “Notes on filtergraph escaping”). No shell is in between.
 */
export const filterValue = (text: string): string =>
  text.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');
