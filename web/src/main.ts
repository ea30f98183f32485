/**
 * What scripts add to pages that are complete without them. Invariant: a page loads the code of its own islands only.
 *
 * An island is a module that exports one function over the element it brings to life; it is found by a data attribute.
 */

import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/charts.css";
import "./styles/compare.css";
import "./styles/groups.css";
import "./styles/incident.css";
import "./styles/timeline.css";
import "./styles/reference.css";
import "./styles/map.css";
import "./styles/desk.css";
import "./styles/export.css";
import "./styles/team.css";
import "./styles/print.css";
import { submitOnChange } from "./filters";

type Mount = (element: HTMLElement) => void;

/** What is mounted where: a selector, and how to get the function; the code comes only if the element is there. */
const ISLANDS: readonly (readonly [selector: string, load: () => Promise<Mount>])[] = [
  ["[data-desk]", async () => (await import("./desk/desk")).mountDesk],
  ["[data-evidence]", async () => (await import("./evidence")).linkEvidence],
  ["[data-map]", async () => (await import("./map")).drawMap],
  ["[data-genealogy]", async () => (await import("./genealogy")).slideThroughTime],
  ["[data-network]", async () => (await import("./network")).pointAtGroups],
  // Not fetched later: a choice made meanwhile would do nothing.
  ["form[data-submit-on-change]", () => Promise.resolve(submitOnChange)],
  ["[hx-boost]", async () => (await import("./parts")).exchangeParts],
];

const mounted = new WeakMap<HTMLElement, Set<string>>();

/** Brings every island within a part of the page to life, each once. */
function mountAll(within: ParentNode): void {
  for (const [selector, load] of ISLANDS) {
    const fresh = [...within.querySelectorAll<HTMLElement>(selector)].filter((element) => !mounted.get(element)?.has(selector));
    for (const element of fresh) mounted.set(element, (mounted.get(element) ?? new Set()).add(selector));
    if (fresh.length > 0) void load().then((mount) => fresh.forEach((element) => mount(element)));
  }
}

mountAll(document);
document.addEventListener("htmx:after:swap", () => mountAll(document));
