import { providerManifest } from '@hearth/contract/provider-manifest';
import { builtinProviders } from './builtin-providers.js';

const verbs = { catalog: 'catalog', metadata: 'title', source: 'sources', subtitle: 'subtitles' } as const;

test.each(builtinProviders.map((make) => [make().manifest.id, make()] as const))(
  '%s says of itself what the contract wants, and can do what it says',
  (_id, provider) => {
    expect(providerManifest.parse(provider.manifest)).toEqual(provider.manifest);
    const isAsked = provider.manifest.runtime !== 'home';
    for (const { name } of isAsked ? provider.manifest.resources : [])
      expect(provider[verbs[name]]).toBeInstanceOf(Function);
    const keys = provider.manifest.config.filter(({ required }) => required);
    expect(keys.every(({ type }) => type === 'password')).toBe(true);
    expect(provider.manifest.hints.configurationRequired ?? false).toBe(keys.length > 0);
    expect(provider.manifest.legal).toBeDefined();
  },
);

test('each has an id of its own', () => {
  expect(new Set(builtinProviders.map((make) => make().manifest.id)).size).toBe(builtinProviders.length);
});
