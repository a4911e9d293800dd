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

/** Changes whenever a file of the directories does. */
export function profilesStamp(directories: readonly string[]): string {
  return directories
    .flatMap(jsonFiles)
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return `${file} ${stat?.size} ${stat?.mtimeMs}`;
    })
    .join('\n');
}

/** Files of the same name are laid over each other, in the order of the directories. */
function readFiles(directories: readonly string[], faults: ProfileFault[]): Map<string, RawProfile> {
  const raw = new Map<string, RawProfile>();
  for (const file of directories.flatMap(jsonFiles)) {
    const id = basename(file, '.json');
    try {
      const fields: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (!isJsonObject(fields)) throw new Error('not a JSON object');
      const below = raw.get(id)?.fields;
      raw.set(id, { file, fields: below ? layOver(below, fields) : fields });
    } catch (error) {
      faults.push({ file, message: error instanceof Error ? error.message : String(error) });
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
      faults.push({ file: entry.file, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { profiles, faults };
}
