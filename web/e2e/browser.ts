// A real browser, watched: a page that asks another host, breaks the content security policy or throws is a failed journey.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium";
export const hasBrowser = () => existsSync(CHROMIUM);

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: false,
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export type Watched = { page: Page; faults: string[]; close: () => Promise<void> };

/** A page of its own person, with everything that must not happen written down in `faults`. */
export async function watchedPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-US", ...options });
  const faults: string[] = [];
  await context.exposeBinding("__policyBroken", (_source, what: string) =>
    faults.push(`content security policy: ${what}`),
  );
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      (globalThis as unknown as { __policyBroken: (what: string) => void }).__policyBroken(
        `${event.violatedDirective} ${event.blockedURI} ${event.sample}`,
      );
    });
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) faults.push(`asks another host: ${request.url()}`);
    if (url.pathname === "/csp-report") faults.push(`content security policy report: ${request.postData()}`);
  });
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  return { page, faults, close: () => context.close() };
}

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds on this page, one line each; nothing when all is well. */
export async function axe(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    // Evaluated by the debugger, so that the page's own policy stays as it is.
    await page.evaluate(readFileSync(axeSource, "utf8"));
  }
  return page.evaluate(async () => {
    type Found = { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] };
    const run = (
      globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: Found[] }> } }
    ).axe.run;
    const { violations } = await run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap((one) =>
      one.nodes.map((node) => `${one.id}: ${one.help}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
    );
  });
}
