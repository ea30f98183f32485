/** What lies under a click: the incidents of the closest place, and the wider areas that also have some. */

import type { Place, Span } from "./data";
import { atPlace, placeWords } from "./links";

const SHOWN = 8;
const CLOSEST: readonly string[] = ["exact", "near", "adm2", "adm1", "country", "region"];

interface Incident {
  readonly id: string;
  readonly type: string | null;
  readonly when: { readonly earliest: string | null; readonly latest: string | null } | null;
  readonly killed: { readonly low: number | null; readonly best: number | null } | null;
}

export class Found {
  private asked = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly query: string,
  ) {
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  close(): void {
    this.asked += 1;
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  /** Show the incidents of the closest of `places`, and links to those of the others. */
  async show(places: readonly Place[], counts: Uint32Array, span: Span | null): Promise<void> {
    const sorted = [...places].sort((a, b) => CLOSEST.indexOf(a.level) - CLOSEST.indexOf(b.level));
    const [closest, ...wider] = sorted;
    if (closest === undefined) return this.close();
    const asked = (this.asked += 1);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "quiet";
    close.textContent = "Close";
    close.addEventListener("click", () => this.close());
    const list = document.createElement("ul");
    this.box.replaceChildren(close, this.link(closest, counts, span, "strong"), list);
    if (wider.length > 0) {
      const also = document.createElement("ul");
      also.append(...wider.map((place) => item(this.link(place, counts, span, "span"))));
      this.box.append("Also here:", also);
    }
    this.box.hidden = false;
    const answer = await fetch(`/api/incidents?${atPlace(this.query, closest, span).toString()}`);
    if (!answer.ok || asked !== this.asked) return; // the link leads there, and says what is wrong
    const { incidents } = (await answer.json()) as { incidents: readonly Incident[] };
    list.append(...incidents.slice(0, SHOWN).map((incident) => item(incidentLink(incident))));
  }

  private link(place: Place, counts: Uint32Array, span: Span | null, tag: "strong" | "span"): HTMLElement {
    const n = counts[place.index] ?? 0;
    const link = document.createElement("a");
    link.href = `/incidents?${atPlace(this.query, place, span).toString()}`;
    link.textContent = `${n} incident${n === 1 ? "" : "s"} ${placeWords(place)}`;
    const made = document.createElement(tag);
    made.append(link);
    return made;
  }
}

function incidentLink(incident: Incident): HTMLElement {
  const link = document.createElement("a");
  link.href = `/incidents/${encodeURIComponent(incident.id)}`;
  const { earliest, latest } = incident.when ?? { earliest: null, latest: null };
  const day = earliest === latest ? (earliest ?? "undated") : `${earliest ?? "…"} to ${latest ?? "…"}`;
  const dead = incident.killed?.best ?? incident.killed?.low ?? null;
  link.textContent = `${day} ${(incident.type ?? "incident").replaceAll("_", " ")}${dead === null ? "" : `, ${dead} killed`}`;
  return link;
}

function item(inside: HTMLElement): HTMLLIElement {
  const made = document.createElement("li");
  made.append(inside);
  return made;
}
