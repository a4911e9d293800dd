import { servicePaths, type ServiceDescription } from '../services/service-description.js';

/** Part of every LOCATION. */
export const descriptionPath = '/description.xml';

/** What a path stands for. */
export type Route =
  | { readonly kind: 'description' }
  | { readonly kind: 'scpd' | 'control' | 'events'; readonly service: string }
  | { readonly kind: 'icon'; readonly path: string }
  | { readonly kind: 'media'; readonly id: string; readonly extension: string }
  | { readonly kind: 'art'; readonly id: string; readonly size: string | null }
  | { readonly kind: 'subtitle'; readonly id: string; readonly extension: string };

const RESOURCE = /^\/(media|art|subtitle)\/([A-Za-z0-9_-]{1,160})\.([A-Za-z0-9]{1,5})$/;
const ICON = /^\/icons\/\d{1,4}\.(?:png|jpg)$/;

/** The path and query of a request's target; some devices send the whole URL. */
function targetOf(url: string): { path: string; query: URLSearchParams } {
  const local = url.replace(/^https?:\/\/[^/?#]*/i, '');
  const [path = '', query = ''] = local.split('#', 1)[0]?.split('?', 2) ?? [];
  return { path: path.replace(/^\/{2,}/, '/'), query: new URLSearchParams(query) };
}

/**
 * @param url as it stands in the request line
 * @returns undefined for what does not exist: players look into parent folders, so this must cost nothing
 */
export function routeOf(
  url: string,
  services: readonly Pick<ServiceDescription, 'name'>[],
): Route | undefined {
  const { path, query } = targetOf(url);
  if (path === descriptionPath) return { kind: 'description' };
  for (const service of services) {
    const paths = servicePaths(service);
    if (path === paths.scpd) return { kind: 'scpd', service: service.name };
    if (path === paths.control) return { kind: 'control', service: service.name };
    if (path === paths.events) return { kind: 'events', service: service.name };
  }
  if (ICON.test(path)) return { kind: 'icon', path };
  const [, folder, id = '', extension = ''] = RESOURCE.exec(path) ?? [];
  if (folder === 'art') return { kind: 'art', id, size: query.get('size') };
  if (folder === 'media' || folder === 'subtitle')
    return { kind: folder, id, extension: extension.toLowerCase() };
  return undefined;
}

const READ = ['GET', 'HEAD'];
const METHODS: Readonly<Record<Route['kind'], readonly string[]>> = {
  description: READ,
  scpd: READ,
  icon: READ,
  media: READ,
  art: READ,
  subtitle: READ,
  control: ['POST'],
  events: ['SUBSCRIBE', 'UNSUBSCRIBE'],
};

export const methodsOf = (route: Route): readonly string[] => METHODS[route.kind];
