/**
 * A slider over the genealogy: the state of lanes and ties on a day, in the picture and in the table alike. The server
 * gives the same for `?at=…`; the rules are those of `khabar.analysis.ties.held_at`.
 */
export function slideThroughTime(section: HTMLElement): void {
  const sheet = section.querySelector<SVGSVGElement>("svg.genealogy");
  const scroller = section.querySelector<HTMLElement>(".sheet");
  if (!sheet || !scroller) return;
  const months = monthsBetween(sheet.dataset["first"] ?? "", sheet.dataset["last"] ?? "");
  if (months.length < 2) return;

  const ties = [...sheet.querySelectorAll<SVGAElement>("[data-tie]")];
  const lanes = [...sheet.querySelectorAll<SVGGElement>("[data-lane]")];
  const rows = new Map([...section.querySelectorAll<HTMLElement>("tr[data-tie]")].map((row) => [row.dataset["tie"], row]));
  const now = sheet.querySelector<SVGLineElement>("[data-now]");
  const { box, range, output, all } = controls(months.length);
  scroller.before(box);

  const show = (day: string | null): void => {
    const count = { yes: 0, perhaps: 0, no: 0 };
    for (const mark of [...ties, ...lanes]) {
      const held = day === null ? "" : heldAt(mark.dataset, day);
      mark.classList.remove("held-yes", "held-perhaps", "held-no");
      if (held) mark.classList.add(`held-${held}`);
      const id = mark.dataset["tie"];
      if (id === undefined) continue;
      if (held) count[held] += 1;
      const row = rows.get(id);
      if (!row) continue;
      row.hidden = held === "no";
      const perhaps = row.querySelector<HTMLElement>("[data-perhaps]");
      if (perhaps) perhaps.hidden = held !== "perhaps";
    }
    output.textContent = day === null ? "all of time" : `${day.slice(0, 7)}: ${count.yes} held, ${count.perhaps} perhaps`;
    range.setAttribute("aria-valuetext", output.textContent);
    if (!now) return;
    now.setAttribute("visibility", day === null ? "hidden" : "visible");
    if (day === null) return;
    const x = placeOf(sheet, day).toFixed(1);
    now.setAttribute("x1", x);
    now.setAttribute("x2", x);
  };

  range.addEventListener("input", () => show(months[Number(range.value)] ?? null));
  all.addEventListener("click", () => {
    range.value = range.max;
    show(null);
  });
  const asked = section.dataset["at"];
  const at = asked === undefined ? -1 : months.findIndex((month) => month >= asked);
  range.value = String(at < 0 ? months.length - 1 : at);
  show(asked ?? null);
}

type Held = "yes" | "perhaps" | "no";

/** Whether something had happened, or was in force, on a day; "" stands for an open bound. */
export function heldAt(dates: DOMStringMap, day: string): Held {
  if (dates["standing"] !== undefined && dates["standing"] !== "said") return "no";
  const [earliest, latest] = [dates["be"] ?? "", dates["bl"] ?? ""];
  const ended = dates["ended"] !== undefined;
  const [endEarliest, endLatest] = [dates["ee"] ?? "", dates["el"] ?? ""];
  if ((earliest && earliest > day) || (ended && endLatest && endLatest < day)) return "no";
  const begun = latest !== "" && latest <= day;
  const over = ended && (endEarliest === "" || endEarliest <= day);
  return begun && !over ? "yes" : "perhaps";
}

/** The last day of each month from one day to another. */
function monthsBetween(first: string, last: string): string[] {
  const found: string[] = [];
  const end = new Date(`${last}T00:00:00Z`);
  const from = new Date(`${first}T00:00:00Z`);
  if (Number.isNaN(from.getTime()) || Number.isNaN(end.getTime())) return found;
  for (let month = from.getUTCMonth() + 1; ; month += 1) {
    const day = new Date(Date.UTC(from.getUTCFullYear(), month, 0)); // day 0 is the last of the month before
    if (day > end) return found;
    found.push(day.toISOString().slice(0, 10));
  }
}

/** Where a day stands on the sheet: in proportion to days, as the server drew it. */
function placeOf(sheet: SVGSVGElement, day: string): number {
  const [first, last] = [Date.parse(sheet.dataset["first"] ?? ""), Date.parse(sheet.dataset["last"] ?? "")];
  const [left, right] = [Number(sheet.dataset["left"]), Number(sheet.dataset["right"])];
  return left + ((Date.parse(day) - first) / Math.max(1, last - first)) * (right - left);
}

function controls(steps: number): { box: HTMLElement; range: HTMLInputElement; output: HTMLOutputElement; all: HTMLButtonElement } {
  const box = document.createElement("div");
  box.className = "slider";
  const label = document.createElement("label");
  label.htmlFor = "month";
  label.textContent = "State in";
  const range = document.createElement("input");
  Object.assign(range, { id: "month", type: "range", min: "0", max: String(steps - 1), step: "1" });
  const output = document.createElement("output");
  output.htmlFor.add("month");
  const all = document.createElement("button");
  Object.assign(all, { type: "button", className: "quiet", textContent: "All of time" });
  box.append(label, range, output, all);
  return { box, range, output, all };
}
