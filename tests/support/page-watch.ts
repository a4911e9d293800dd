import type { BrowserContext, ConsoleMessage, Page, Request } from 'playwright-core';

/** Hears everything that goes wrong on a context's pages. */
export class PageWatch {
  private readonly faults: string[] = [];
  private readonly allowed: RegExp[] = [];

  private constructor(private readonly origin: string) {}

  static async of(context: BrowserContext, origin: string): Promise<PageWatch> {
    const watch = new PageWatch(origin);
    // Chromium reports violations on the console too, but not for every directive.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        // eslint-disable-next-line no-console -- the way out of the page
        console.error(`content security policy: ${violatedDirective} refused ${blockedURI}`);
      });
    });
    context.on('console', (message) => watch.hearConsole(message));
    context.on('weberror', (error) =>
      watch.note(`uncaught: ${error.error().stack ?? error.error().message}`),
    );
    context.on('request', (request) => watch.hearRequest(request));
    context.on('requestfailed', (request) => watch.hearFailure(request));
    context.on('page', (page) => watch.hearPage(page));
    return watch;
  }

  /** From here on such a fault is what the test is about. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Takes back what {@link allow} let pass. */
  forbidAgain(): void {
    this.allowed.length = 0;
  }

  /** The faults since the last call. */
  take(): string[] {
    return this.faults.splice(0);
  }

  private note(fault: string): void {
    if (!this.allowed.some((pattern) => pattern.test(fault))) this.faults.push(fault);
  }

  private hearConsole(message: ConsoleMessage): void {
    if (message.type() === 'error') this.note(`console: ${message.text()} (${message.location().url})`);
  }

  private hearRequest(request: Request): void {
    const { protocol, origin } = new URL(request.url());
    if (['http:', 'https:'].includes(protocol) && origin !== this.origin)
      this.note(`left home: ${request.method()} ${request.url()}`);
  }

  private hearFailure(request: Request): void {
    const reason = request.failure()?.errorText ?? '';
    // A page that moves on, or a video that seeks, lets go of what it no longer needs.
    if (reason !== 'net::ERR_ABORTED')
      this.note(`failed: ${request.method()} ${new URL(request.url()).pathname}: ${reason}`);
  }

  private hearPage(page: Page): void {
    page.on('crash', () => this.note(`crashed: ${page.url()}`));
  }
}
