/** How long a lease in storage counts: a tab that died in the middle must not lock the others out. */
const leaseMs = 5000;
const pauseMs = 40;

/** Runs `work` in at most one tab at a time. */
export async function withTabLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  // Web Locks exist on https and localhost only; most homes open the server by a plain http address.
  if (typeof navigator !== 'undefined' && 'locks' in navigator) return navigator.locks.request(name, work);
  const owner = `${Math.random()}`;
  await lease(name, owner);
  try {
    return await work();
  } finally {
    if (read(name)?.owner === owner) localStorage.removeItem(name);
  }
}

/** Takes the lease in storage: write, wait long enough for a rival's write to show, and look who won. */
async function lease(name: string, owner: string): Promise<void> {
  for (;;) {
    const holder = read(name);
    if (!holder || holder.until < Date.now()) {
      localStorage.setItem(name, JSON.stringify({ owner, until: Date.now() + leaseMs }));
      await pause(pauseMs);
      if (read(name)?.owner === owner) return;
    }
    await pause(pauseMs);
  }
}

function read(name: string): { owner: string; until: number } | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    if (typeof value !== 'object' || value === null || !('owner' in value) || !('until' in value))
      return undefined;
    return { owner: String(value.owner), until: Number(value.until) };
  } catch {
    return undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
