import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaContainer, MediaObject } from '@hearth/dlna/media-source.port';
import { joinScopes, type SearchScope } from '../search/search-scope.js';
import { type Branch, objectId, pageOf, partsOf, rootId } from './branch.js';

/** A folder of branches that is not shown at the root: where devices are sent that ask for a kind of media. */
export interface View {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
}

const idShape = /^[A-Za-z0-9$_-]{1,64}$/;

/** Everything televisions are shown, put together from branches. */
export class Tree {
  private readonly branches: ReadonlyMap<string, Branch>;
  private readonly views: ReadonlyMap<string, View>;

  /** @param branches in the order they are shown @throws Error where two have one key */
  constructor(branches: readonly Branch[], views: readonly View[]) {
    this.branches = new Map(branches.map((branch) => [branch.key, branch]));
    this.views = new Map(views.map((view) => [view.id, view]));
    const keys = [...branches.map(({ key }) => key), ...this.views.keys()];
    if (new Set([...keys, rootId]).size !== keys.length + 1) throw new Error('Two branches have one key');
    keys.forEach((key) => objectId(key));
  }

  async object(id: string, guest: Guest): Promise<MediaObject | undefined> {
    if (id === rootId) return root((await this.tops(guest)).length);
    const [key = '', ...path] = idShape.test(id) ? partsOf(id) : [];
    const view = path.length === 0 ? this.views.get(key) : undefined;
    if (view) return viewFolder(view);
    return this.branches.get(key)?.object(path, guest);
  }

  async children(id: string, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    if (id === rootId) return pageOf(await this.tops(guest), request);
    const [key = '', ...path] = idShape.test(id) ? partsOf(id) : [];
    const view = path.length === 0 ? this.views.get(key) : undefined;
    if (!view) return this.branches.get(key)?.children(path, request, guest);
    const tops = await this.tops(guest, view.keys);
    return pageOf(
      tops.map((top) => ({ ...top, parentId: view.id })),
      request,
    );
  }

  /**
   * What is below a container.
   * @returns `listed`: a short list to look through; undefined: no such container
   */
  async scope(id: string, guest: Guest): Promise<SearchScope | 'listed' | undefined> {
    const [key = '', ...path] = idShape.test(id) ? partsOf(id) : [];
    const keys = id === rootId ? [...this.branches.keys()] : this.views.get(id)?.keys;
    if (keys) {
      const scopes = keys.map(async (one) => this.branches.get(one)?.scope?.([], guest));
      return joinScopes((await Promise.all(scopes)).filter((scope) => scope !== undefined));
    }
    const branch = this.branches.get(key);
    if (!branch) return undefined;
    return branch.scope ? branch.scope(path, guest) : 'listed';
  }

  private async tops(
    guest: Guest,
    keys: readonly string[] = [...this.branches.keys()],
  ): Promise<MediaObject[]> {
    const tops = keys.map(async (key) => this.branches.get(key)?.object([], guest));
    return (await Promise.all(tops)).filter((top) => top !== undefined);
  }
}

const root = (childCount: number): MediaContainer => ({
  ...{ type: 'container', id: rootId, parentId: '-1', title: 'Hearth', childCount },
  ...{ class: 'object.container', searchable: true },
});

const viewFolder = ({ id, title }: View): MediaContainer => ({
  ...{ type: 'container', id, parentId: rootId, title },
  ...{ class: 'object.container.storageFolder', searchable: true },
});
