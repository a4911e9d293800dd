/** One of a SortCriteria, in order of weight. */
export interface SortKey {
  /** `dc:title`, `dc:date`, `upnp:originalTrackNumber`, `res@size`, … */
  readonly property: string;
  readonly descending: boolean;
}
