import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeviceProfile } from './device-profile.js';
import { inheritable, isJsonObject, layOver, type JsonObject } from './profile-layers.js';
import { isDeviceProfile } from './profile-shape.js';

/** The profiles that come with the package. */
export const bundledProfiles = fileURLToPath(new URL('../../profiles/', import.meta.url));

/** A file, or a field of it, that can't be used. */
export interface ProfileFault {
  readonly file: string;
  readonly message: string;
}

/** A profile with what it stands on, nearest first: the more, the closer it knows its device. */
export interface BookedProfile {
  readonly profile: DeviceProfile;
  readonly ancestors: readonly string[];
}

export interface ReadProfiles {
  readonly profiles: ReadonlyMap<string, BookedProfile>;
  readonly faults: readonly ProfileFault[];
}

interface RawProfile {
  readonly file: string;
  readonly fields: JsonObject;
}

const jsonFiles = (directory: string): string[] => {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(directory, name));
  } catch {
    return []; // A household without profiles of its own has no such folder.
  }
};

/** Bytes. The longest of ours has three thousand. */
const LARGEST = 256 * 1024;

/** Changes whenever a file of the directories does. Never throws: it is asked for while televisions wait. */
export function profilesStamp(directories: readonly string[]): string {
  const stampOf = (file: string): string => {
    try {
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    } catch (error) {
      return `${file} ${messageOf(error)}`;
    }
  };
  return directories.flatMap(jsonFiles).map(stampOf).join('\n');
}

/** Plain files only: a pipe or a device would hold up the whole process. @throws Error */
function readSmallFile(file: string): string {
  const facts = statSync(file);
  if (!facts.isFile()) throw new Error('not a file');
  if (facts.size > LARGEST) throw new Error(`larger than ${LARGEST} bytes`);
  return readFileSync(file, 'utf8');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Files of the same name are laid over each other, in the order of the directories. */
function readFiles(directories: readonly string[], faults: ProfileFault[]): Map<string, RawProfile> {
  const raw = new Map<string, RawProfile>();
  for (const file of directories.flatMap(jsonFiles)) {
    const id = basename(file, '.json');
    try {
      const fields: unknown = JSON.parse(readSmallFile(file));
      if (!isJsonObject(fields)) throw new Error('not a JSON object');
      const below = raw.get(id)?.fields;
      raw.set(id, { file, fields: below ? layOver(below, fields) : fields });
    } catch (error) {
      faults.push({ file, message: messageOf(error) });
    }
  }
  return raw;
}

/** Ids this profile stands on, nearest first, `generic` last. @throws Error on what is not there and on circles */
function ancestorsOf(id: string, raw: ReadonlyMap<string, RawProfile>): string[] {
  const chain: string[] = [];
  for (let current = id; current !== 'generic';) {
    const given = raw.get(current)?.fields['extends'] ?? 'generic';
    const parent = typeof given === 'string' ? given : '';
    if (!raw.has(parent)) throw new Error(`extends: there is no profile "${parent}"`);
    if (parent === id || chain.includes(parent)) throw new Error(`extends: "${parent}" stands on itself`);
    chain.push(parent);
    current = parent;
  }
  return chain;
}

function build(id: string, entry: RawProfile, raw: ReadonlyMap<string, RawProfile>): BookedProfile {
  const ancestors = ancestorsOf(id, raw);
  const base = ancestors.reduceRight<JsonObject>(
    (fields, ancestor) => layOver(fields, inheritable(raw.get(ancestor)?.fields ?? {})),
    {},
  );
  const candidate: unknown = { ...layOver(base, entry.fields), id };
  const wrong: string[] = [];
  if (!isDeviceProfile(candidate, wrong)) throw new Error(wrong.join('; '));
  return { profile: Object.freeze(candidate), ancestors };
}

/** Reads whatever can be used; a file that can't be is named and left out. */
export function readProfiles(directories: readonly string[]): ReadProfiles {
  const faults: ProfileFault[] = [];
  const raw = readFiles(directories, faults);
  const profiles = new Map<string, BookedProfile>();
  for (const [id, entry] of raw) {
    try {
      profiles.set(id, build(id, entry, raw));
    } catch (error) {
      faults.push({ file: entry.file, message: messageOf(error) });
    }
  }
  return { profiles, faults };
}
