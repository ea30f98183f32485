/** Names are looked up while they are typed: places in the gazetteer, actors in the base and the dictionary. */

interface Offer {
  readonly label: string;
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

const KINDS: Readonly<Record<string, string>> = { adm1: "province", adm2: "district" };
const WAIT = 160; // milliseconds after the last key
let made = 0;

export function offerNames(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-offers]")) attach(form, input);
}

function attach(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = document.createElement("ul");
  list.className = "offers";
  list.id = `offers-${++made}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  let timer = 0;
  let at = -1;
  let offers: Offer[] = [];

  const close = (): void => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (offer: Offer): void => {
    input.value = offer.name;
    const prefix = input.name.slice(0, input.name.lastIndexOf(".") + 1);
    for (const [part, value] of Object.entries(offer.values)) {
      const field = form.elements.namedItem(prefix + part);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
    }
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    window.clearTimeout(timer);
  };
  const mark = (index: number): void => {
    at = (index + offers.length) % offers.length;
    [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
    const row = list.children[at];
    if (row) input.setAttribute("aria-activedescendant", row.id);
  };
  const ask = async (): Promise<void> => {
    const words = input.value.trim();
    if (words.length < 2) return close();
    offers = await found(input.dataset["offers"] ?? "", words);
    if (document.activeElement !== input || input.value.trim() !== words) return;
    list.replaceChildren(...offers.map((offer, number) => row(offer, `${list.id}-${number}`, take)));
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(offers.length > 0));
  };
  input.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT);
  });
  input.addEventListener("blur", () => window.setTimeout(close, WAIT));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const chosen = offers[at];
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter" && chosen) take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function row(offer: Offer, id: string, take: (offer: Offer) => void): HTMLLIElement {
  const made = document.createElement("li");
  made.id = id;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.textContent = offer.label;
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take(offer);
  });
  return made;
}

async function found(kind: string, words: string): Promise<Offer[]> {
  const address = kind === "place" ? "/api/places" : "/api/actors/named";
  const answer = await fetch(`${address}?text=${encodeURIComponent(words)}`);
  if (!answer.ok) return [];
  const said = (await answer.json()) as { places?: Record<string, unknown>[]; actors?: Record<string, unknown>[] };
  return kind === "place" ? (said.places ?? []).map(place) : (said.actors ?? []).map(actor);
}

function place(said: Record<string, unknown>): Offer {
  const parts = ["geonames_id", "kind", "country", "admin1", "admin2", "latitude", "longitude", "precision"];
  const values = Object.fromEntries(parts.map((part) => [part, text(said[part])]));
  const where = [said["admin2"], said["admin1"], said["country"]].map(text).filter((word) => word !== "" && word !== said["name"]);
  return { name: text(said["name"]), label: `${text(said["name"])} (${KINDS[text(said["kind"])] ?? text(said["kind"])}) ${where.join(", ")}`, values };
}

function actor(said: Record<string, unknown>): Offer {
  const values = { id: text(said["id"]), kind: text(said["kind"]) };
  return { name: text(said["name"]), label: `${text(said["name"])} (${values.kind})`, values };
}

function text(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
