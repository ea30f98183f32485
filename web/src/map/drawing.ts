/**
 * The map of incidents over its server-drawn page. Invariant: it asks this server alone, draws nothing closer than it is
 * known, and leaves the page as it was where the browser cannot draw.
 */

import { MapData, type Place, type Span } from "./data";
import { Found } from "./found";
import { narrowed } from "./links";
import type { Matter } from "./scene";
import { boxOf, Shapes, type Area, type Outlines } from "./shapes";
import { radiusOf, Sites, type Sign } from "./sites";
import { coloursOf, shades } from "./style";
import { Surface, type Pointed } from "./surface";
import { TimeBrush } from "./time";
import { projected, scaleOf, zoomed, type Box, type Point } from "./view";

const TOUCH = 5; // pixels around a click that count as hit
const WORLD: Box = [0.03, 0.2, 1, 0.68]; // where people live

/** What the map waits for. */
export interface Sources {
  readonly counts: Promise<unknown>;
  readonly outlines: Promise<unknown>;
}

/** What lies under a point: signs, the closest first, and areas with incidents. */
interface Hits {
  readonly signs: readonly Sign[];
  readonly areas: readonly Area[];
}

export class IncidentMap implements Pointed {
  private readonly frame: HTMLElement;
  private readonly canvas: HTMLElement;
  private readonly found: Found;
  private readonly query: string;
  private readonly probe = document.createElement("canvas").getContext("2d");
  private data!: MapData;
  private matter!: Matter;
  private surface!: Surface;
  private span: Span | null = null;
  private wanted: Span | null = null;

  constructor(private readonly section: HTMLElement) {
    this.canvas = part(section, "[data-map-canvas]");
    this.frame = this.canvas.parentElement as HTMLElement;
    this.query = section.dataset["query"] ?? "";
    this.found = new Found(part(section, "[data-map-found]"), this.query);
  }

  async start(sources: Sources): Promise<void> {
    try {
      const [counts, outlines] = await Promise.all([sources.counts, sources.outlines]);
      this.data = new MapData(counts as ConstructorParameters<typeof MapData>[0]);
      this.matter = this.gathered(new Shapes(outlines as Outlines));
      this.frame.dataset["drawn"] = "";
      this.surface = new Surface(this.canvas, this.matter, this);
      this.surface.fit(this.bounds(), false);
    } catch (problem) {
      this.fallBack();
      console.warn("The map cannot be drawn here; the table below has the same numbers.", problem);
      return;
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    new MutationObserver(() => this.recolour()).observe(document.documentElement, { attributes: true });
    this.showTools();
    requestAnimationFrame(() => {
      performance.mark("map-first");
      requestAnimationFrame(() => {
        performance.mark("map-drawn");
        this.section.dataset["state"] = "drawn";
      });
    });
  }

  private gathered(shapes: Shapes): Matter {
    const { places } = this.data;
    const [counts, areas, sites] = [this.data.within(null), shapes.areas(places), new Sites(places)];
    sites.count(counts);
    const countries = new Set(places.map((place) => place.country ?? ""));
    const steps = shades(Math.max(1, ...areas.map((area) => counts[area.place.index] ?? 0)));
    return { shapes, areas, sites, countries, counts, colours: coloursOf(this.section), steps };
  }

  private recolour(): void {
    this.matter.colours = coloursOf(this.section);
    this.surface.redraw();
  }

  private showTools(): void {
    const buttons = part(this.section, "[data-map-buttons]");
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const { view } = this.surface;
      const what = (event.target as HTMLElement).dataset["zoom"];
      if (what === "in") this.surface.glide(zoomed(view, view.zoom + 1));
      if (what === "out") this.surface.glide(zoomed(view, view.zoom - 1));
      if (what === "all") this.surface.fit(this.bounds(), true);
    });
    for (const sign of this.section.querySelectorAll<HTMLElement>("[data-with-script]")) sign.hidden = false;
    const months = this.data.months();
    if (months.sure.length < 2) return;
    const time = part(this.section, "[data-map-time]");
    time.hidden = false;
    new TimeBrush(time, months, {
      moved: (span) => this.narrow(span),
      settled: (span) => {
        this.narrow(span);
        void this.renewPage(span);
      },
    });
  }

  /** Draw a stretch of time; those that are passed in one frame are left out. */
  private narrow(span: Span | null): void {
    this.wanted = span;
    if (span !== null && span.from === this.span?.from && span.to === this.span.to) return;
    this.span = span;
    this.matter.counts = this.data.within(span);
    this.matter.sites.count(this.matter.counts);
    this.found.close();
    this.surface.sketch();
  }

  /** The table and the count, as the server has them for the stretch; the address says the same. */
  private async renewPage(span: Span | null): Promise<void> {
    const address = `/map?${narrowed(this.query, span).toString()}`;
    history.replaceState(null, "", address);
    const answer = await fetch(address);
    if (!answer.ok || this.wanted !== span) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["map-count", "areas"]) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)];
      if (here !== null) here.replaceChildren(...(there?.childNodes ?? []));
    }
  }

  clicked(at: Point): void {
    const { signs, areas } = this.hits(at, TOUCH);
    const sign = signs[0];
    if (sign !== undefined && sign.places.length > 1) {
      const zoom = this.matter.sites.parted(sign, this.surface.view.zoom);
      this.surface.glide({ x: sign.at[0], y: sign.at[1], zoom: zoom + 0.2 });
      return;
    }
    const places: Place[] = [...signs.flatMap((one) => (one.places.length === 1 ? one.places : [])), ...areas.map((area) => area.place)];
    this.surface.settle();
    void this.found.show(places, this.matter.counts, this.span);
  }

  open(at: Point): boolean {
    const { signs, areas } = this.hits(at, 2);
    return signs.length + areas.length > 0;
  }

  private hits([left, top]: Point, reach: number): Hits {
    const { view, width, height } = this.surface;
    const scale = scaleOf(view);
    const [x, y] = [view.x + (left - width / 2) / scale, view.y + (top - height / 2) / scale];
    const apart = (sign: Sign): number => Math.hypot(sign.at[0] - x, sign.at[1] - y) * scale;
    const signs = this.matter.sites.at(view.zoom).filter((sign) => apart(sign) <= radiusOf(sign.n) + reach);
    const inside = ({ box: [west, north, east, south], place, path }: Area): boolean =>
      (this.matter.counts[place.index] ?? 0) > 0 && x >= west && x <= east && y >= north && y <= south &&
      this.probe?.isPointInPath(path(view.zoom), x, y, "evenodd") === true;
    return { signs: [...signs].sort((a, b) => apart(a) - apart(b)), areas: this.matter.areas.filter(inside) };
  }

  /** Everything that has a place, and countries by their middle. */
  private bounds(): Box {
    const middles = this.matter.shapes.middles();
    const points = this.data.places.flatMap(({ longitude, latitude, shape }) => {
      const point = longitude !== null && latitude !== null ? projected(longitude, latitude) : middles.get(shape ?? "");
      return point === undefined ? [] : [point];
    });
    return points.length === 0 ? WORLD : boxOf(points);
  }

  /** The picture that the server drew for pages without script. */
  private fallBack(): void {
    delete this.frame.dataset["drawn"];
    const drawn = this.frame.querySelector("noscript");
    if (drawn?.textContent) this.canvas.outerHTML = drawn.textContent; // our own markup, escaped by the server
  }
}

function part(within: HTMLElement, selector: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`The page lacks ${selector}.`);
  return found;
}
