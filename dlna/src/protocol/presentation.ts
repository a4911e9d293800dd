import type { Guest } from '../guest.js';
import type { MediaObject } from '../media-source.port.js';
import type { DidlObject } from '../wire/didl.js';
import type { PropertyFilter } from './property-filter.js';

/** How a guest is shown an object: URLs begin with the address it came to (`/media/`, `/art/`, `/subtitle/`). */
export function present(object: MediaObject, guest: Guest, filter: PropertyFilter): DidlObject {
  return {
    type: object.type,
    attributes: { id: object.id, [guest.deviceId]: String(filter.wants('@id')) },
    elements: [],
    resources: [],
  };
}
