/**
 * Selected words become the value of a slot, with themselves as its evidence. Invariant: offsets are code points of the
 * archived text, which the article shows to the letter.
 */
import type { Desk } from "./model";

interface Picked {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

const LONGEST = 700; // characters of a passage

export function pickWords(desk: Desk): void {
  const bar = document.createElement("div");
  bar.className = "picker";
  bar.hidden = true;
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "What the selected words say");
  document.body.append(bar);
  let picked: Picked | null = null;

  const hide = (): void => {
    bar.hidden = true;
    picked = null;
  };
  const use = async (slot: string): Promise<void> => {
    const words = picked;
    if (!words) return;
    if (slot === "new") await desk.openNew("event");
    const form = desk.form();
    if (form) apply(form, slot === "new" ? "evidence" : slot, words);
    getSelection()?.removeAllRanges();
    hide();
  };
  const offer = (): void => {
    const range = rangeIn(desk.text);
    if (!range) return hide();
    picked = placed(desk.text, range);
    if (picked.end - picked.start > LONGEST || picked.quote.trim() === "") return hide();
    bar.replaceChildren(...choices(desk, (slot) => void use(slot)));
    bar.hidden = false;
    const box = range.getBoundingClientRect();
    bar.style.top = `${Math.max(4, box.top + scrollY - bar.offsetHeight - 8)}px`;
    bar.style.left = `${Math.min(Math.max(4, box.left + scrollX), scrollX + innerWidth - bar.offsetWidth - 12)}px`;
  };
  document.addEventListener("selectionchange", offer);
  offer(); // what was selected while the page was loading
  document.addEventListener("keydown", (event) => {
    if (bar.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.closest("input, select, textarea")) return;
    const buttons = [...bar.querySelectorAll<HTMLButtonElement>("button")];
    const key = event.key === "n" ? "new" : event.key === "e" ? "evidence" : "";
    const chosen = key ? buttons.find((one) => one.value === key) : buttons[Number(event.key) - 1];
    if (event.key === "Escape") getSelection()?.removeAllRanges();
    else if (chosen) chosen.click();
    else return;
    event.preventDefault();
  }, { capture: true });
}

function rangeIn(text: HTMLElement): Range | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return text.contains(range.startContainer) && text.contains(range.endContainer) ? range : null;
}

/** Where a range stands in the text, counted in code points. */
function placed(text: HTMLElement, range: Range): Picked {
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const quote = range.toString();
  const lead = quote.length - quote.trimStart().length;
  const kept = quote.trim();
  const start = [...before.toString()].length + lead;
  return { start, end: start + [...kept].length, quote: kept };
}

/** A button for each value of the open form that words can be given to, then passage and new incident. */
function choices(desk: Desk, use: (slot: string) => void): HTMLButtonElement[] {
  const slots: [string, string][] = [];
  for (const set of desk.form()?.querySelectorAll<HTMLFieldSetElement>("fieldset[data-slot]") ?? []) {
    const slot = set.dataset["slot"] ?? "";
    if (!["type", "stance", "status", "kind", "evidence"].includes(slot)) {
      slots.push([slot, set.querySelector("legend")?.firstChild?.textContent?.trim() ?? slot]);
    }
  }
  const rest: [string, string][] = desk.form() ? [["evidence", "e Passage"]] : [];
  rest.push(["new", "n New incident"]);
  return [...slots.map(([slot, name], number) => [slot, number < 9 ? `${number + 1} ${name}` : name] as const), ...rest].map(
    ([slot, name]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.value = slot;
      button.textContent = name;
      button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
      button.addEventListener("click", () => use(slot));
      return button;
    },
  );
}

/** Give a slot its words, the number in them if it counts people, and the passage they stand in. */
export function apply(form: HTMLFormElement, slot: string, picked: Picked): void {
  if (slot === "evidence") return addPassage(form, picked);
  const set = form.querySelector<HTMLFieldSetElement>(`fieldset[data-slot="${slot}"]`);
  if (!set) return;
  const inside = set.closest("details");
  if (inside) inside.open = true;
  const named = (end: string): HTMLInputElement | null => set.querySelector(`input[name="${slot}.${end}"]`);
  const words = named("text") ?? named("actor.text") ?? named("name") ?? named("degree");
  if (words) words.value = picked.quote;
  const name = named("name") ?? named("actor.name");
  if (name && name !== words && name.value === "") name.value = picked.quote;
  const bounds = boundsOf(picked.quote);
  const [low, best, high] = [named("low"), named("best"), named("high")];
  if (bounds && low && best && high) [low.value, best.value, high.value] = bounds;
  hidden(form, `evidence-of:${slot}`, `${picked.start}-${picked.end}`);
  set.classList.add("changed");
  (best ?? name ?? words)?.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The bounds that a plain number means; null where there is none, or more than one. */
export function boundsOf(words: string): [low: string, best: string, high: string] | null {
  const numbers = words.match(/\d[\d,]*/g) ?? [];
  const number = numbers.length === 1 ? (numbers[0] ?? "").replaceAll(",", "") : null;
  if (number === null) return null;
  if (/at least|no fewer|not less/i.test(words)) return [number, number, ""];
  if (/up to|at most|no more than/i.test(words)) return ["", "", number];
  if (/more than|over/i.test(words)) return [number, number, ""];
  if (/about|around|some|nearly|almost|roughly|approximately/i.test(words)) return ["", number, ""];
  return [number, number, number];
}

function addPassage(form: HTMLFormElement, picked: Picked): void {
  const list = form.querySelector("ol.passages");
  if (!list) return;
  const number = list.children.length;
  for (const part of ["start", "end"] as const) {
    // the empty fields that stand there for readers without script
    form.querySelector(`details input[name="evidence.${number}.${part}"]`)?.remove();
  }
  const row = document.createElement("li");
  row.textContent = `“${picked.quote}”`;
  for (const part of ["start", "end"] as const) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = `evidence.${number}.${part}`;
    field.value = String(picked[part]);
    row.append(field);
  }
  list.append(row);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function hidden(form: HTMLFormElement, name: string, value: string): void {
  let field = [...form.elements].find((one): one is HTMLInputElement => one instanceof HTMLInputElement && one.name === name);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}
