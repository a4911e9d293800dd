import { screenFacts, type ScreenProbe } from './screen-facts';

const desktop = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36';
const probe = (change: Partial<ScreenProbe>): ScreenProbe => ({
  userAgent: desktop,
  highRange: () => false,
  decodes: () => Promise.resolve(false),
  channels: () => 2,
  ...change,
});

test('a wide screen claims the formats that are decoded, and no others', async () => {
  const facts = await screenFacts(
    probe({
      highRange: () => true,
      decodes: ({ hdrMetadataType, transferFunction }) =>
        Promise.resolve(hdrMetadataType === 'smpteSt2086' || transferFunction === 'hlg'),
    }),
  );
  expect(facts.hdr).toEqual(['hdr10', 'hlg']);
});

test('an ordinary screen: browsers that map tones say nothing, the others that they show none', async () => {
  expect(await screenFacts(probe({}))).not.toHaveProperty('hdr');
  expect((await screenFacts(probe({ userAgent: 'Mozilla/5.0 Gecko Firefox/150.0' }))).hdr).toEqual([]);
  const phone = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36';
  expect((await screenFacts(probe({ userAgent: phone }))).hdr).toEqual([]);
});

test('channels as the contract takes them', async () => {
  expect((await screenFacts(probe({ channels: () => 32 }))).maxAudioChannels).toBe(8);
  expect((await screenFacts(probe({ channels: () => 0 }))).maxAudioChannels).toBe(1);
  expect(await screenFacts(probe({ channels: () => undefined }))).not.toHaveProperty('maxAudioChannels');
});
