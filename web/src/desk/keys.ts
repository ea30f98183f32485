/** The keys of the reading desk. Invariant: a key does what a form or link of the page does, and none while one types. */
import type { Desk } from "./model";

const KEYS: readonly (readonly [key: string, words: string])[] = [
  ["j / k", "next or previous claim"],
  ["a", "accept what stands in the form; the next claim opens by itself"],
  ["c", "correct: go into the form (Enter saves, Esc leaves it)"],
  ["x", "reject the claim"],
  ["u", "undo your last decision"],
  ["A", "accept all that still wait, and open the next report"],
  ["J", "next report of the queue"],
  ["n", "add a missing incident, with the selected words as its passage"],
  ["1 … 9", "with words selected: they are the value of that number"],
  ["e", "with words selected: they are a passage of the claim"],
  ["m", "the same as the incident offered"],
  ["d", "not the same"],
  ["s", "unsure whether they are the same"],
  ["p", "part the claim from its incident"],
  ["?", "these keys"],
];

export function listenToKeys(desk: Desk): void {
  const help = helpDialog();
  const button = document.querySelector<HTMLElement>("[data-keys-help]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.defaultPrevented) return;
    const field = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
    if (field instanceof HTMLElement) {
      if (event.key === "Escape") {
        field.blur();
        desk.current()?.focus({ preventScroll: true });
      }
      return;
    }
    if (event.target instanceof HTMLElement && event.target.closest("dialog")) return;
    if (run(desk, event.key, help)) event.preventDefault();
  });
}

function run(desk: Desk, key: string, help: HTMLDialogElement): boolean {
  switch (key) {
    case "j":
      desk.step(1);
      return true;
    case "k":
      desk.step(-1);
      return true;
    case "a":
    case "x":
      return press(desk.current()?.querySelector<HTMLElement>(`[data-act="${key}"]`) ?? null);
    case "c":
      return correct(desk);
    case "n":
      void desk.openNew("event");
      return true;
    case "?":
      help.showModal();
      return true;
    default:
      return press(keyed(desk, key));
  }
}

/** What has this key: in the open claim, else on the page. */
function keyed(desk: Desk, key: string): HTMLElement | null {
  if (!/^[A-Za-z]$/.test(key)) return null;
  const selector = `[data-key="${key}"]`;
  return desk.current()?.querySelector<HTMLElement>(selector) ?? document.querySelector<HTMLElement>(selector);
}

function press(element: HTMLElement | null): boolean {
  if (!element) return false;
  if (element instanceof HTMLFormElement) element.requestSubmit(element.querySelector<HTMLButtonElement>("button"));
  else element.click();
  return true;
}

/** Into the first doubtful value of the form, else its first one. */
function correct(desk: Desk): boolean {
  const form = desk.form();
  const field =
    form?.querySelector<HTMLElement>("fieldset.doubtful input:not([type=hidden]), fieldset.doubtful select") ??
    form?.querySelector<HTMLElement>("select, input:not([type=hidden])");
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
  return field !== undefined;
}

function helpDialog(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", "Keys");
  const title = document.createElement("h2");
  title.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [key, words] of KEYS) {
    const term = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    term.append(kbd);
    const said = document.createElement("dd");
    said.textContent = words;
    list.append(term, said);
  }
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, list, close);
  document.body.append(dialog);
  return dialog;
}
