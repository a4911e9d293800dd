import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { PageWatch } from './page-watch.js';

/** A home's address as most homes type it: plain http and not "localhost", so no secure context. */
export const plainHost = 'hearth.test';

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`,
];

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** One person at one device: cookies and storage of their own. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on any of their pages so far. */
  readonly watch: PageWatch;
}

/** A real Chromium with an empty profile. One a spec file. */
class TestBrowser {
  private readonly visitors = new Set<Visitor>();

  private constructor(private readonly browser: Browser) {}

  static async launch(): Promise<TestBrowser> {
    const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
    return new TestBrowser(await chromium.launch({ executablePath, args: flags }));
  }

  /** A device nobody has used yet. `baseURL` is the server it opens. */
  async visitor(baseURL: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext({
      baseURL,
      viewport: desktop,
      locale: 'en-GB',
      // Transitions of 200 ms and more make every click wait; motion has specs of its own.
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(30_000);
    const watch = await PageWatch.of(context, new URL(baseURL).origin);
    const visitor: Visitor = { context, page: await context.newPage(), watch };
    this.visitors.add(visitor);
    context.once('close', () => this.visitors.delete(visitor));
    return visitor;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  /**
   * Runs a test's body; also fails when any page logged an error, threw, left its origin or broke the content
   * security policy. Whatever fails, the open pages are photographed and the error says where.
   */
  async run(name: string, body: () => Promise<void>): Promise<void> {
    try {
      await body();
      const faults = [...this.visitors].flatMap(({ watch }) => watch.take());
      if (faults.length > 0) throw new Error(`The pages had faults:\n${faults.join('\n')}`);
    } catch (error) {
      const seen = [...this.visitors].flatMap(({ watch }) => watch.take());
      const pictures = await this.photograph(name);
      const note = [...seen, ...pictures].map((line) => `\n  ${line}`).join('');
      if (error instanceof Error) error.message += note;
      throw error;
    }
  }

  private async photograph(name: string): Promise<string[]> {
    const folder = await mkdtemp(join(tmpdir(), 'hearth-browser-'));
    const pages = [...this.visitors].flatMap(({ context }) => context.pages());
    const names = pages.map(async (page, index) => {
      const path = join(folder, `${name.replace(/\W+/g, '-').slice(0, 60)}-${index + 1}.png`);
      await page.screenshot({ path, timeout: 5000 });
      return `${page.url()} looked like ${path}`;
    });
    const done = await Promise.allSettled(names);
    return done.map((one) => (one.status === 'fulfilled' ? one.value : `no picture: ${String(one.reason)}`));
  }
}

/**
 * Registers a browser for the spec file it is called in: `visitor` works inside tests and hooks; `test` is jest's with
 * the checks of {@link TestBrowser.run}.
 */
export function browserForFile(): {
  visitor: TestBrowser['visitor'];
  test: (name: string, body: () => Promise<void>, timeoutMs?: number) => void;
} {
  let browser: TestBrowser | undefined;
  const running = (): TestBrowser => {
    if (!browser) throw new Error('The browser is not running yet');
    return browser;
  };
  beforeAll(async () => {
    browser = await TestBrowser.launch();
  }, 60_000);
  afterAll(() => browser?.close());
  return {
    visitor: (baseURL, options) => running().visitor(baseURL, options),
    test: (name, body, timeoutMs = 120_000) => test(name, () => running().run(name, body), timeoutMs),
  };
}
