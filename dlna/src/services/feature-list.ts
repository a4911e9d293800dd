import type { MediaView } from '../media-source.port.js';
import { escapeAttribute } from '../wire/xml.js';

const HEAD =
  '<Features xmlns="urn:schemas-upnp-org:av:avs" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
  ' xsi:schemaLocation="urn:schemas-upnp-org:av:avs http://www.upnp.org/schemas/av/avs.xsd">';

/** Of GetFeatureList: none of the standard's optional features. */
export const noFeatures = `${HEAD}</Features>`;

/** Of X_GetFeatureList: where Samsung's televisions find each kind. Without it they show nothing (UMS#1676). */
export function samsungFeatures(views: Readonly<Record<MediaView, string>>): string {
  const kinds = [
    [views.allAudio, 'object.item.audioItem'],
    [views.allVideo, 'object.item.videoItem'],
    [views.allImages, 'object.item.imageItem'],
  ] as const;
  const containers = kinds.map(([id, type]) => `<container id="${escapeAttribute(id)}" type="${type}"/>`);
  return `${HEAD}<Feature name="samsung.com_BASICVIEW" version="1">${containers.join('')}</Feature></Features>`;
}
