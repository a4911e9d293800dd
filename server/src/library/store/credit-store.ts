import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { Credit } from '../entities/credit.entity.js';
import { Person } from '../entities/person.entity.js';
import type { Title } from '../entities/title.entity.js';
import { foldName } from '../scan/sort-name.js';
import type { Nfo } from '../sidecar/nfo.js';
import { chunked, inChunks, insertRows } from './chunks.js';

const personKey = (name: string): string => foldName(name) || name.toLowerCase();

/** Replaces the credits of titles whose NFO names people; others keep theirs. */
export async function writeCredits(
  manager: EntityManager,
  described: ReadonlyMap<Title, Nfo>,
  created: ReadonlySet<Title>,
): Promise<void> {
  const named = [...described].filter(([, nfo]) => nfo.people.length > 0);
  if (named.length === 0) return;
  const persons = await ensurePersons(
    manager,
    named.flatMap(([, nfo]) => nfo.people.map((person) => person.name)),
  );
  const known = named.filter(([title]) => !created.has(title)).map(([title]) => title.id);
  for (const slice of chunked(known, 400)) await manager.delete(Credit, { titleId: In(slice) });
  await insertRows(
    manager,
    Credit,
    named.flatMap(([title, nfo]) => creditsOf(title.id, nfo, persons)),
  );
}

function creditsOf(titleId: string, nfo: Nfo, persons: ReadonlyMap<string, string>): Credit[] {
  const credits = new Map<string, Credit>();
  const next = { actor: 0, director: 0, writer: 0 };
  for (const { name, role, character } of nfo.people) {
    const personId = persons.get(personKey(name));
    const key = `${role}:${personId}`;
    if (personId && !credits.has(key))
      credits.set(key, { titleId, personId, role, position: next[role]++, character });
  }
  return [...credits.values()];
}

async function ensurePersons(manager: EntityManager, names: readonly string[]): Promise<Map<string, string>> {
  const wanted = new Map(names.map((name) => [personKey(name), name]));
  const known = await inChunks(wanted.keys(), (keys) => manager.findBy(Person, { nameKey: In(keys) }));
  const ids = new Map(known.map((person) => [person.nameKey, person.id]));
  const fresh = [...wanted]
    .filter(([nameKey]) => !ids.has(nameKey))
    .map(([nameKey, name]) => ({ id: newId(), name, nameKey, imageId: null }));
  await insertRows(manager, Person, fresh);
  for (const person of fresh) ids.set(person.nameKey, person.id);
  return ids;
}
