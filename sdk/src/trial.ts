import type { ProviderItem } from '@hearth/contract/provider-exchange';
import type { Catalog, Extra, ProviderManifest } from '@hearth/contract/provider-manifest';
import { ProjectFault } from './project.js';
import type { Provider } from './provider.js';
import type { TestedProvider } from './test-kit.js';

const verbOf: Record<string, keyof Provider> = {
  catalog: 'catalog',
  metadata: 'title',
  source: 'sources',
  subtitle: 'subtitles',
};

/**
 * Asks a provider everything that its manifest speaks of: each catalog, with each of its filters, its next page, and the
 * first title of each in full.
 * @returns lines for the author @throws ProjectFault at the first thing that is wrong
 */
export async function tryOut(manifest: ProviderManifest, provider: TestedProvider): Promise<string[]> {
  const wanted = manifest.resources.map(({ name }) => verbOf[name]);
  for (const { name } of manifest.resources) {
    const verb = verbOf[name];
    if (verb && !provider.verbs.includes(verb))
      throw new ProjectFault(
        `"${name}" is in resources of provider.json, and the provider has no ${verb}().`,
      );
  }
  const unnamed = provider.verbs.find((verb) => !wanted.includes(verb));
  if (unnamed)
    throw new ProjectFault(`The provider has ${unnamed}(), and resources of provider.json do not say so.`);
  const lines: string[] = [];
  for (const catalog of manifest.catalogs) lines.push(...(await tryCatalog(catalog, provider)));
  return lines;
}

async function tryCatalog(catalog: Catalog, provider: TestedProvider): Promise<string[]> {
  const { type, id } = catalog;
  const required = Object.fromEntries(
    catalog.extra.filter(({ isRequired }) => isRequired).map((each) => [each.name, exampleOf(each)]),
  );
  const ask = (extra: Record<string, string>, cursor?: string) =>
    provider.catalog({ type, id, extra: { ...required, ...extra }, ...(cursor !== undefined && { cursor }) });
  const all = await ask({});
  if (all.items.length === 0) throw new ProjectFault(`The catalog “${catalog.name}” is empty.`);
  const lines = [
    `${catalog.name}: ${counted(all.items.length)}, such as ${all.items.slice(0, 3).map(named).join(', ')}`,
  ];
  for (const extra of catalog.extra) {
    const value = exampleOf(extra, all.items);
    const { items } = await ask({ [extra.name]: value });
    lines.push(`  ${extra.type} ${extra.name}=${value}: ${counted(items.length)}`);
  }
  if (all.next !== null) lines.push(`  next page: ${counted((await ask({}, all.next)).items.length)}`);
  const [first] = all.items;
  if (first && provider.verbs.includes('title')) {
    const title = await provider.title({
      type: first.type,
      id: first.id,
      externalIds: first.externalIds,
      name: first.name,
    });
    if (!title)
      throw new ProjectFault(`title() does not know “${first.name}” (${first.id}), which catalog() lists.`);
    lines.push(
      `  title ${title.id}: ${named(title)}, ${title.episodes.length} episodes, ${title.credits.length} people`,
    );
  }
  return lines;
}

/** What a page would send for a filter, see `extra` of the manifest. */
function exampleOf(
  { name, type, options = [], min, max, default: usual }: Extra,
  items: readonly ProviderItem[] = [],
): string {
  if (usual !== undefined && type !== 'toggle') return usual;
  if (type === 'toggle') return 'true';
  if (type === 'range') return `${min ?? ''}-${max ?? ''}`;
  if (type === 'multiselect')
    return options
      .slice(0, 2)
      .map(({ id }) => id)
      .join(',');
  if (options[0]) return options[0].id;
  if (type === 'text') return longestWord(items[0]?.name ?? 'film');
  throw new ProjectFault(`The filter “${name}” is a ${type} without options.`);
}

const longestWord = (text: string): string => text.split(' ').sort((a, b) => b.length - a.length)[0] ?? text;
const counted = (count: number): string => `${count} ${count === 1 ? 'title' : 'titles'}`;
const named = ({ name, year }: ProviderItem): string => (year === null ? name : `${name} (${year})`);
