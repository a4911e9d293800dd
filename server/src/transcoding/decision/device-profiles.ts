import { clientCapabilities } from '@hearth/contract/playback';
import { z } from 'zod';
import { deviceTraits } from './device-traits.js';
import androidChrome from './profiles/android-chrome.json' with { type: 'json' };
import androidTvShield from './profiles/android-tv-shield.json' with { type: 'json' };
import appleTv from './profiles/apple-tv.json' with { type: 'json' };
import chromeLinux from './profiles/chrome-linux.json' with { type: 'json' };
import chromeWindows from './profiles/chrome-windows.json' with { type: 'json' };
import chromecast1 from './profiles/chromecast-1.json' with { type: 'json' };
import chromecast3 from './profiles/chromecast-3.json' with { type: 'json' };
import chromecastGoogleTv from './profiles/chromecast-google-tv.json' with { type: 'json' };
import chromecastUltra from './profiles/chromecast-ultra.json' with { type: 'json' };
import edge from './profiles/edge.json' with { type: 'json' };
import fireTv from './profiles/fire-tv.json' with { type: 'json' };
import firefox from './profiles/firefox.json' with { type: 'json' };
import kodi from './profiles/kodi.json' with { type: 'json' };
import ps4 from './profiles/ps4.json' with { type: 'json' };
import ps5 from './profiles/ps5.json' with { type: 'json' };
import roku from './profiles/roku.json' with { type: 'json' };
import safariIos from './profiles/safari-ios.json' with { type: 'json' };
import safariMacos from './profiles/safari-macos.json' with { type: 'json' };
import samsungOrsay from './profiles/samsung-orsay.json' with { type: 'json' };
import tizen3 from './profiles/tizen-3.json' with { type: 'json' };
import tizen6 from './profiles/tizen-6.json' with { type: 'json' };
import vlc from './profiles/vlc.json' with { type: 'json' };
import webos23 from './profiles/webos-23.json' with { type: 'json' };
import webos3 from './profiles/webos-3.json' with { type: 'json' };
import webos5 from './profiles/webos-5.json' with { type: 'json' };
import xboxOne from './profiles/xbox-one.json' with { type: 'json' };

const deviceProfile = z
  .object({
    name: z.string(),
    /** Matches the User-Agent; null where no User-Agent tells this device from others. */
    device: z
      .string()
      .transform((pattern) => new RegExp(pattern))
      .nullable(),
    /** A User-Agent of it. */
    example: z.string().nullable(),
    /** Where the facts are from. */
    source: z.string().min(1),
    client: clientCapabilities.strict(),
    traits: deviceTraits,
  })
  .strict()
  .readonly();
/** What a device that says little or nothing about itself is known to do. */
export type DeviceProfile = z.infer<typeof deviceProfile>;

/** By the name of their file. */
export const deviceProfiles: Readonly<Record<string, DeviceProfile>> = z
  .record(z.string(), deviceProfile)
  .parse({
    'android-chrome': androidChrome,
    'android-tv-shield': androidTvShield,
    'apple-tv': appleTv,
    'chrome-linux': chromeLinux,
    'chrome-windows': chromeWindows,
    'chromecast-1': chromecast1,
    'chromecast-3': chromecast3,
    'chromecast-google-tv': chromecastGoogleTv,
    'chromecast-ultra': chromecastUltra,
    edge,
    'fire-tv': fireTv,
    firefox,
    kodi,
    ps4,
    ps5,
    roku,
    'safari-ios': safariIos,
    'safari-macos': safariMacos,
    'samsung-orsay': samsungOrsay,
    'tizen-3': tizen3,
    'tizen-6': tizen6,
    vlc,
    'webos-23': webos23,
    'webos-3': webos3,
    'webos-5': webos5,
    'xbox-one': xboxOne,
  });

/** The profile of a device by its User-Agent or model. */
export function profileOf(device: string): DeviceProfile | undefined {
  return Object.values(deviceProfiles).find((profile) => profile.device?.test(device));
}
