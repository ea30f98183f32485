/**
 * What scripts add to pages that are complete without them. Invariant: a page loads the code of its own islands only.
 *
 * An island is a module that exports one function over the element it brings to life; it is found by a data attribute.
 */

import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/charts.css";
import "./styles/print.css";

type Mount = (element: HTMLElement) => void;

/** What is mounted where: a selector, and how to get the function; the code comes only if the element is there. */
const ISLANDS: readonly (readonly [selector: string, load: () => Promise<Mount>])[] = [
  ["[data-evidence]", async () => (await import("./evidence")).linkEvidence],
  ["form[data-submit-on-change]", async () => (await import("./filters")).submitOnChange],
];

function mountAll(within: ParentNode): void {
  for (const [selector, load] of ISLANDS) {
    const elements = within.querySelectorAll<HTMLElement>(selector);
    if (elements.length > 0) void load().then((mount) => elements.forEach((element) => mount(element)));
  }
}

mountAll(document);
