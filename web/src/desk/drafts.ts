/** What is typed in a form is kept by the server as it is typed, until it is decided. */
import type { Desk } from "./model";

const WAIT = 700; // milliseconds after the last key

export function keepDrafts(desk: Desk, form: HTMLFormElement): void {
  const target = form.dataset["form"] ?? "new";
  const start = JSON.stringify(valuesOf(form));
  let timer = 0;
  let kept = start;
  const said = document.createElement("span");
  said.className = "saved";
  said.setAttribute("role", "status");
  form.querySelector(".buttons")?.append(said);

  const keep = async (): Promise<void> => {
    const values = valuesOf(form);
    const now = JSON.stringify(values);
    if (now === kept) return;
    kept = now;
    const body = JSON.stringify({
      values: now === start ? {} : values,
      ...(desk.coding === null ? {} : { coding: Number(desk.coding) }),
    });
    const address = `/api/documents/${desk.document}/drafts/${target}`;
    const answer = await fetch(address, { method: "PUT", body, keepalive: true, headers: { "Content-Type": "application/json" } });
    said.textContent = answer.ok ? (now === start ? "" : "draft kept") : "draft not kept";
    form.classList.toggle("dirty", now !== start);
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), WAIT);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
  window.addEventListener("pagehide", () => {
    if (timer && !form.dataset["sent"]) void keep();
  });
  form.addEventListener("submit", () => (form.dataset["sent"] = "yes"));
}

/** The values of a form that say something, by name. */
function valuesOf(form: HTMLFormElement): Record<string, string> {
  const own = ["csrf", "target", "seen", "coding", "note", "act"];
  const found: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "" && !own.includes(name)) found[name] = value;
  }
  return found;
}
