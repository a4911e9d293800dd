import { type EntityManager, In } from 'typeorm';
import { chunked, inChunks } from '../store/chunks.js';
import type { Title } from '../entities/title.entity.js';
import { type FilledField, TitleMatch } from './title-match.entity.js';

/**
 * What an NFO said before, and still says, does not come back over what a provider was believed to know better.
 * @param before titles as a scan has them now, and as they were
 */
export async function keepBetterWords(
  manager: EntityManager,
  before: ReadonlyMap<Title, Title>,
): Promise<void> {
  const titles = new Map([...before.keys()].map((title) => [title.id, title]));
  const matches = await inChunks([...titles.keys()], (ids) =>
    manager.findBy(TitleMatch, { titleId: In(ids) }),
  );
  for (const { titleId, filled } of matches) {
    const title = titles.get(titleId);
    const old = title && before.get(title);
    if (!title || !old) continue;
    const same = Object.entries(filled.instead ?? {}).filter(
      ([field, words]) => JSON.stringify(title[field as FilledField]) === JSON.stringify(words),
    );
    for (const [field] of same) Object.assign(title, { [field]: old[field as FilledField] });
  }
}

/** What an NFO says now is weighed again, soon. */
export async function weighAgain(manager: EntityManager, titleIds: readonly string[]): Promise<void> {
  for (const ids of chunked(titleIds, 200))
    await manager.update(TitleMatch, { titleId: In(ids) }, { checkedAt: 0 });
}
