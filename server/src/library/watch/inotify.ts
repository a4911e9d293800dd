import { type AsyncSubscription, subscribe } from '@parcel/watcher';

/** Something changed below a watched folder; absolute path. */
export interface FolderEvent {
  path: string;
  type: 'create' | 'update' | 'delete';
}

export interface FolderListener {
  changed(events: readonly FolderEvent[]): void;
  /** Events were lost or the watch ended: only a scan of all tells. */
  lost(error: Error): void;
}

/**
 * Watches a folder and all below it; the kernel tells, so waiting costs nothing. The only file that knows the watcher
 * library.
 * @returns ends the watch
 * @throws Error, also when the system's limit of watches is reached (`isWatchLimit`)
 */
export async function watchFolder(path: string, listener: FolderListener): Promise<() => Promise<void>> {
  const subscription: AsyncSubscription = await subscribe(
    path,
    (error, events) => {
      if (error) listener.lost(error);
      else listener.changed(events);
    },
    { ignore: ['**/@eaDir', '**/#recycle', '**/lost+found', '**/.*/**'] },
  );
  return () => subscription.unsubscribe();
}

/** inotify(7): ENOSPC for too many watches, EMFILE for too many instances. */
export const isWatchLimit = (error: unknown): boolean =>
  error instanceof Error &&
  /no space left|inotify_add_watch|inotify_init|too many open files|ENOSPC|EMFILE/i.test(error.message);
