import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface AxeResult {
  violations: {
    id: string;
    help: string;
    nodes: { target: unknown[]; failureSummary?: string }[];
  }[];
}

/** What a theme can break. */
export const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * A window of another size is laid out, and colours have changed, some frames later: transitions take a frame to begin and
 * one to end even when they take no time. What never ends is not waited for.
 */
export const rested = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const ends = ({ playState, effect }: Animation): boolean =>
      playState === 'running' && effect?.getComputedTiming().endTime !== Infinity;
    do {
      await frame();
      await frame();
      await frame();
    } while (document.getAnimations().some(ends));
  });

/** What axe-core finds on the page as it is, one line a fault; WCAG A and AA up to 2.2, or some rules of it. */
export async function axe(page: Page, rules?: readonly string[]): Promise<string[]> {
  await rested(page);
  // Through the debugger, because the content security policy rightly refuses a script tag.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axeSource}; 0`);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const { violations } = await page.evaluate<AxeResult>(
    `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 5).map(({ target, failureSummary }) => {
      const why = (failureSummary ?? '').replace(/\s+/g, ' ').slice(0, 220);
      return `${id} (${help}) at ${target.join(' ')}: ${why}`;
    }),
  );
}

/** Messages that go away by themselves lie over what is to be looked at. */
export const toastsGone = (page: Page): Promise<void> =>
  page.locator('app-toast-outlet .toast').first().waitFor({ state: 'detached' });

/** How many pixels the page is wider than its window, and what sticks out. */
export function overflow(page: Page): Promise<{ pixels: number; culprits: string[] }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const scrolls = (element: Element | null): boolean => {
      for (let at = element; at && at !== root; at = at.parentElement)
        if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) return true;
      return false;
    };
    const out = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > root.clientWidth + 1 || left < -1) && !scrolls(element.parentElement);
    });
    const nameOf = (element: Element): string =>
      `${element.localName}.${element.getAttribute('class') ?? ''}`;
    return { pixels: root.scrollWidth - root.clientWidth, culprits: out.slice(0, 5).map(nameOf) };
  });
}

/** Controls in the window that a finger would miss: smaller than `least` pixels either way. Links inside text are exempt. */
export function smallTargets(page: Page, least = 44): Promise<string[]> {
  return page.evaluate((size) => {
    const controls =
      'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=slider], [role=tab]';
    const inText = (element: Element): boolean =>
      element.localName === 'a' && getComputedStyle(element).display === 'inline';
    /** A hidden radio or check box is pressed through its label. */
    const pressed = (element: Element): Element =>
      element instanceof HTMLInputElement ? (element.closest('label') ?? element) : element;
    return [...document.querySelectorAll(controls)].flatMap((element) => {
      const { width, height, bottom, right } = pressed(element).getBoundingClientRect();
      const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const here = bottom > 0 && right > 0 && width > 1 && height > 1;
      // A layout in rems may land a fraction of a pixel below.
      if (!shown || !here || inText(element) || (width >= size - 0.5 && height >= size - 0.5)) return [];
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30);
      return [
        `${element.localName}.${element.getAttribute('class') ?? ''} “${name}” ${width.toFixed(0)}×${height.toFixed(0)}`,
      ];
    });
  }, least);
}
