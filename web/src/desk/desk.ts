/**
 * The reading desk brought to life: one claim is open at a time, its passage is in view, and everything can be decided
 * from the keyboard. Invariant: whatever is decided is sent by the page's own forms, so nothing works here that does not
 * work without script.
 */
import { keepDrafts } from "./drafts";
import { explainChoices } from "./help";
import { listenToKeys } from "./keys";
import type { Desk } from "./model";
import { offerNames } from "./offers";
import { pickWords } from "./selection";

export function mountDesk(root: HTMLElement): void {
  const text = root.querySelector<HTMLElement>("article.text");
  if (!text) return;
  const desk = makeDesk(root, text);
  link(desk);
  listenToKeys(desk);
  pickWords(desk);
  const opened = desk.form();
  if (opened) liven(desk, opened);
  const focus = desk.current();
  if (focus) {
    show(desk, focus);
    if (!location.hash) focus.scrollIntoView({ block: "nearest" });
  }
}

function makeDesk(root: HTMLElement, text: HTMLElement): Desk {
  const claims = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("section[data-claim]")];
  const place = root.querySelector<HTMLElement>("[data-slot-new]");
  const desk: Desk = {
    root,
    text,
    document: root.dataset["document"] ?? "",
    coding: root.dataset["coding"] ?? null,
    current: () => root.querySelector<HTMLElement>("section.claim.focus:not([hidden])"),
    form: () => desk.current()?.querySelector<HTMLFormElement>("form.slots") ?? null,
    open: async (claim) => {
      root.querySelectorAll("section.claim.focus").forEach((other) => other.classList.remove("focus"));
      if (place) place.hidden = true;
      claim.classList.add("focus");
      show(desk, claim);
      claim.scrollIntoView({ block: "nearest" });
      await fill(desk, claim, `claim=${encodeURIComponent(claim.dataset["claim"] ?? "")}`);
      history.replaceState(null, "", `?claim=${claim.dataset["claim"] ?? ""}`);
    },
    openNew: async (kind) => {
      if (!place) return;
      root.querySelectorAll("section.claim.focus").forEach((other) => other.classList.remove("focus"));
      place.hidden = false;
      place.classList.add("focus");
      place.replaceChildren();
      await fill(desk, place, `new=${kind}`);
      place.scrollIntoView({ block: "nearest" });
      place.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
    },
    step: (by) => {
      const all = claims();
      const at = all.findIndex((claim) => claim.classList.contains("focus"));
      const next = all[at < 0 ? 0 : at + by];
      if (next) void desk.open(next);
    },
  };
  return desk;
}

/** Load the form of a claim once; what was typed in it before stays. */
async function fill(desk: Desk, section: HTMLElement, asked: string): Promise<void> {
  if (section.querySelector("form.slots")) return;
  const coding = desk.coding === null ? "" : `&coding=${desk.coding}`;
  const answer = await fetch(`/documents/${desk.document}/form?${asked}${coding}`, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = section.querySelector<HTMLElement>(".body") ?? section;
  body.querySelector("form.quick")?.remove();
  body.prepend(...page.body.childNodes);
  const form = body.querySelector<HTMLFormElement>("form.slots");
  if (form) liven(desk, form);
}

function liven(desk: Desk, form: HTMLFormElement): void {
  keepDrafts(desk, form);
  offerNames(form);
  explainChoices(form);
}

/** Light up the passages of a claim and bring the first of them into view. */
function show(desk: Desk, claim: HTMLElement): void {
  const id = claim.dataset["claim"] ?? "";
  let first: HTMLElement | null = null;
  for (const mark of desk.text.querySelectorAll<HTMLElement>("mark[data-claims]")) {
    const inside = claimsOf(mark).includes(id);
    mark.classList.toggle("focus", inside);
    if (inside && !first) first = mark;
  }
  first?.scrollIntoView({ block: "center" });
}

/** Pointing at a claim or a passage lights up the other; choosing a passage opens its claim. */
function link(desk: Desk): void {
  const marks = [...desk.text.querySelectorAll<HTMLElement>("mark[data-claims]")];
  const claims = [...desk.root.querySelectorAll<HTMLElement>("section[data-claim]")];
  const light = (ids: readonly string[]): void => {
    for (const claim of claims) claim.classList.toggle("lit", ids.includes(claim.dataset["claim"] ?? ""));
    for (const mark of marks) mark.classList.toggle("lit", claimsOf(mark).some((id) => ids.includes(id)));
  };
  for (const claim of claims) {
    const id = claim.dataset["claim"] ?? "";
    for (const [on, off] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]] as const) {
      claim.addEventListener(on, () => light([id]));
      claim.addEventListener(off, () => light([]));
    }
    claim.querySelector("a.says")?.addEventListener("click", (event) => {
      event.preventDefault();
      void desk.open(claim);
    });
  }
  for (const mark of marks) {
    mark.addEventListener("pointerenter", () => light(claimsOf(mark)));
    mark.addEventListener("pointerleave", () => light([]));
    mark.addEventListener("click", () => {
      if (!(getSelection()?.isCollapsed ?? true)) return;
      const ids = claimsOf(mark);
      const open = desk.current()?.dataset["claim"] ?? "";
      const next = ids[(ids.indexOf(open) + 1) % ids.length] ?? "";
      const claim = claims.find((one) => one.dataset["claim"] === next);
      if (claim) void desk.open(claim);
    });
  }
  for (const add of desk.root.querySelectorAll<HTMLAnchorElement>("a[data-new]")) {
    add.addEventListener("click", (event) => {
      event.preventDefault();
      void desk.openNew(add.dataset["new"] ?? "event");
    });
  }
}

function claimsOf(mark: HTMLElement): string[] {
  return (mark.dataset["claims"] ?? "").split(" ").filter((id) => id !== "");
}
