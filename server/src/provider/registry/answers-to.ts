import type { Capability, ProviderManifest } from '@hearth/contract/provider-manifest';
import type { TitleReference } from '@hearth/contract/provider-exchange';

/** What a question is about: its type, and the ids that are known of it. */
export type Matter = Pick<TitleReference, 'type' | 'id'> & Partial<Pick<TitleReference, 'externalIds'>>;

/** Whether a manifest promises an answer; what is in the house is not asked. Ids count as they are (`tt0017136`) and with their authority (`tmdb:19`). */
export function answersTo(manifest: ProviderManifest, capability: Capability, matter: Matter): boolean {
  const ids = [
    ...(matter.id === undefined ? [] : [matter.id]),
    ...Object.entries(matter.externalIds ?? {}).flatMap(([authority, id]) => [id, `${authority}:${id}`]),
  ];
  if (manifest.runtime === 'home') return false;
  return manifest.resources.some((resource) => {
    if (resource.name !== capability) return false;
    const types = resource.types ?? manifest.types;
    const prefixes = resource.idPrefixes ?? manifest.idPrefixes ?? [];
    const knowsType = types.length === 0 || types.includes(matter.type);
    return (
      knowsType &&
      (prefixes.length === 0 || prefixes.some((prefix) => ids.some((id) => id.startsWith(prefix))))
    );
  });
}
