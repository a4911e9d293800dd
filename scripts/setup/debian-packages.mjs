/** Programs that come from the operating system: installed when we are root on Debian, asked for by name when not. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { findProgram } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/** Debian keeps PostgreSQL's server programs out of PATH, one folder a version. @returns {string | undefined} */
export function findPostgresBin() {
  const base = '/usr/lib/postgresql';
  if (existsSync(base)) {
    const newestFirst = readdirSync(base).sort((a, b) => Number(b) - Number(a));
    const found = newestFirst
      .map((version) => `${base}/${version}/bin`)
      .find((bin) => existsSync(`${bin}/initdb`));
    if (found) return found;
  }
  return findProgram('initdb')?.replace(/\/initdb$/, '');
}

/** @param {string} variable @param {string[]} names */
const program = (variable, ...names) => {
  const chosen = process.env[variable];
  return chosen && existsSync(chosen) ? chosen : names.map(findProgram).find(Boolean);
};

export const findFfmpeg = () => program('FFMPEG_PATH', 'ffmpeg');
export const findFfprobe = () => program('FFPROBE_PATH', 'ffprobe');
export const findChromium = () => program('CHROMIUM_PATH', 'chromium', 'chromium-browser', 'google-chrome');

/** @param {string} name of a GObject library that Python sees */
const typelib = (name) => inMultiarch(`girepository-1.0/${name}.typelib`);

/** @param {string} path */
const file = (path) => () => existsSync(path);

/** @param {string} name of a program that is its own package */
const tool = (name, why = 'plays what Hearth gives', called = name) => ({
  package: name,
  why,
  found: () => findProgram(called),
});

const asked = 'asks Hearth as a television does';

/** What the light tests of `tests/interop/dlna` need. */
const INTEROP_PROGRAMS = {
  ip: tool('iproute2', 'makes networks to test in', 'ip'),
  'gssdp-discover': tool('gupnp-tools', asked, 'gssdp-discover'),
  'python3-gi': { package: 'python3-gi', why: asked, found: file('/usr/lib/python3/dist-packages/gi') },
  gupnp: { package: 'gir1.2-gupnp-1.6', why: asked, found: typelib('GUPnP-1.6') },
  'gupnp-av': { package: 'gir1.2-gupnp-av-1.0', why: asked, found: typelib('GUPnPAV-1.0') },
  gssdp: { package: 'gir1.2-gssdp-1.6', why: asked, found: typelib('GSSDP-1.6') },
  'net-upnp': { package: 'libnet-upnp-perl', why: asked, found: file('/usr/share/perl5/Net/UPnP.pm') },
};

const SWARM = 'gives and takes torrents';

/** What `npm run test:interop` needs besides: real players and renderers, and screens and loudspeakers for them. */
const PEER_PROGRAMS = {
  vlc: tool('vlc-bin', undefined, 'cvlc'),
  'vlc-plugin-base': { ...tool('vlc-plugin-base'), found: vlcPlugin('codec/libavcodec_plugin.so') },
  'vlc-plugin-access-extra': {
    ...tool('vlc-plugin-access-extra'),
    found: vlcPlugin('services_discovery/libupnp_plugin.so'),
  },
  kodi: tool('kodi'),
  'kodi-bin': { ...tool('kodi-bin'), found: () => findProgram('kodi') },
  rygel: tool('rygel'),
  'rygel-playbin': { ...tool('rygel-playbin'), found: inMultiarch('rygel-2.8/plugins/librygel-playbin.so') },
  gmediarender: tool('gmediarender'),
  xvfb: tool('xvfb', 'is a screen', 'Xvfb'),
  xauth: tool('xauth', 'is a screen'),
  dri: { package: 'libgl1-mesa-dri', why: 'is a screen', found: inMultiarch('dri/swrast_dri.so') },
  pulseaudio: tool('pulseaudio', 'is a loudspeaker'),
  aria2: tool('aria2', SWARM, 'aria2c'),
  transmission: tool('transmission-daemon', SWARM),
  rtorrent: tool('rtorrent', SWARM),
  libtorrent: {
    package: 'python3-libtorrent',
    why: SWARM,
    found: file('/usr/share/doc/python3-libtorrent'),
  },
  tcpdump: tool('tcpdump', 'sees what leaves by which way'),
  dbus: tool('dbus', 'is needed by Rygel', 'dbus-run-session'),
  'gst-base': gstreamer('base', 'libgstplayback.so'),
  'gst-good': gstreamer('good', 'libgstisomp4.so'),
  'gst-bad': gstreamer('bad', 'libgstmpegtsdemux.so'),
  'gst-libav': { ...gstreamer('libav', 'libgstlibav.so'), package: 'gstreamer1.0-libav' },
};

/** @type {Record<string, {package: string, why: string, found: () => unknown}>} */
const PROGRAMS = {
  ...INTEROP_PROGRAMS,
  ...PEER_PROGRAMS,
  ffmpeg: { package: 'ffmpeg', why: 'reads and converts media', found: () => findFfmpeg() && findFfprobe() },
  python3: { package: 'python3', why: 'compiles the SQLite driver', found: () => findProgram('python3') },
  make: { package: 'make', why: 'compiles the SQLite driver', found: () => findProgram('make') },
  'g++': { package: 'g++', why: 'compiles the SQLite driver', found: () => findProgram('g++') },
  chromium: { package: 'chromium', why: 'runs the browser tests', found: findChromium },
  redis: { package: 'redis-server', why: 'is tested against', found: () => findProgram('redis-server') },
  postgres: { package: 'postgresql', why: 'is tested against', found: findPostgresBin },
};

export const interopPrograms = Object.keys(INTEROP_PROGRAMS);
export const peerPrograms = Object.keys(PEER_PROGRAMS);

/** @param {string} path below a folder such as /usr/lib/x86_64-linux-gnu @returns {() => boolean} */
function inMultiarch(path) {
  return () =>
    existsSync('/usr/lib') &&
    readdirSync('/usr/lib').some((folder) => existsSync(`/usr/lib/${folder}/${path}`));
}

/** @param {string} path */
function vlcPlugin(path) {
  return inMultiarch(`vlc/plugins/${path}`);
}

/** @param {string} set @param {string} plugin */
function gstreamer(set, plugin) {
  return {
    package: `gstreamer1.0-plugins-${set}`,
    why: 'plays in Rygel and gmediarender',
    found: inMultiarch(`gstreamer-1.0/${plugin}`),
  };
}

/** @param {string[]} programs names of PROGRAMS @returns {string[]} those that are not on this machine */
export const missingPrograms = (programs) => programs.filter((name) => !PROGRAMS[name]?.found());

/** @param {string[]} missing @returns {string} what a person without root has to do */
function explain(missing) {
  const lines = missing.map((name) => `  ${PROGRAMS[name]?.package}: ${PROGRAMS[name]?.why}`);
  const packages = missing.map((name) => PROGRAMS[name]?.package).join(' ');
  return `These programs are missing, and installing them needs root:\n${lines.join('\n')}\nInstall them and start again, for example:\n  sudo apt-get install ${packages}`;
}

/** @param {string[]} missing @returns {string | undefined} an explanation when this process can't install them itself */
export function whyNotInstallable(missing) {
  if (missing.length === 0) return undefined;
  const canInstall = process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
  return canInstall ? undefined : explain(missing);
}

const POLICY = '/usr/sbin/policy-rc.d';

/** Redis and PostgreSQL would start as system services when installed; the tests start private ones instead.
 * @see https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
 * @param {() => Promise<void>} work */
async function withoutStartingServices(work) {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}

/** @param {string[]} missing names of PROGRAMS */
export async function installPrograms(missing) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const packages = missing.map((name) => PROGRAMS[name]?.package ?? name);
  await withoutStartingServices(async () => {
    await runCommand('apt-get', ['update', '-qq'], { env });
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  });
}
