/**
 * The map of incidents over its server-drawn page. Invariant: it asks this server alone, draws nothing closer than it is
 * known, and leaves the page as it was where the browser cannot draw.
 */

import type { Feature, FeatureCollection } from "geojson";
import { GeoJSONSource, LngLatBounds, Map as Drawing, setWorkerUrl, type MapGeoJSONFeature, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { MapData, type Place, type Span } from "./data";
import { Found } from "./found";
import { narrowed } from "./links";
import { areas, borders, ground, middlesOf, points, type Outlines } from "./shapes";
import { coloursOf, shades, styleOf } from "./style";
import { TimeBrush } from "./time";

const TOUCH = 5; // pixels around a click that count as hit
const COARSE = 0.5; // of the grain, while a processor draws a moving map
const AREAS = ["extent", "shown", "whole"];
const SITES = ["exact", "near", "group"];

/** What the map waits for. */
export interface Sources {
  readonly counts: Promise<unknown>;
  readonly outlines: Promise<unknown>;
}

export class IncidentMap {
  private readonly frame: HTMLElement;
  private readonly canvas: HTMLElement;
  private readonly found: Found;
  private readonly query: string;
  private data!: MapData;
  private counts!: Uint32Array;
  private labels!: Map<number, [number, number]>;
  private outlines!: Outlines;
  private drawing!: Drawing;
  private span: Span | null = null;
  private wanted: Span | null = null;
  private following = false;

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
      this.outlines = outlines as Outlines;
      this.counts = this.data.within(null);
      this.frame.dataset["drawn"] = "";
      this.draw();
    } catch (problem) {
      this.fallBack();
      console.warn("The map cannot be drawn here; the table below has the same numbers.", problem);
      return;
    }
    this.showTools();
  }

  private draw(): void {
    setWorkerUrl(workerUrl);
    this.drawing = new Drawing({
      container: this.canvas,
      style: this.style(),
      bounds: this.bounds(),
      fitBoundsOptions: { padding: 30, maxZoom: 7 },
      attributionControl: false,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      maxZoom: 12,
      locale: { "Map.Title": "Map of incidents; the table below says the same" },
    });
    this.drawing.touchZoomRotate.disableRotation();
    this.drawing.keyboard.disableRotation();
    this.drawing.scrollZoom.disable(); // the page scrolls until the map is clicked
    this.drawing.on("style.load", () => this.shade());
    this.drawing.once("load", () => performance.mark("map-first"));
    this.drawing.once("idle", () => {
      performance.mark("map-drawn");
      this.section.dataset["state"] = "drawn";
    });
    if (drawnBySoftware(this.drawing.getCanvas())) easeDrawing(this.drawing);
    this.listen();
  }

  private listen(): void {
    const { drawing } = this;
    drawing.on("click", (event) => void this.clicked(event.point.x, event.point.y));
    drawing.getCanvas().addEventListener("focus", () => drawing.scrollZoom.enable());
    drawing.getCanvas().addEventListener("blur", () => drawing.scrollZoom.disable());
    drawing.on("mousemove", (event) => {
      if (drawing.isMoving()) return;
      drawing.getCanvas().style.cursor = this.hits(event.point.x, event.point.y, 2).length > 0 ? "pointer" : "";
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      drawing.setStyle(this.style(), { diff: false });
    });
  }

  /** The style with all data, so that nothing is drawn twice when the map comes up. */
  private style(): StyleSpecification {
    const { data, outlines } = this;
    const { shapes, labels } = areas(outlines, data.places);
    this.labels = labels;
    const drawn = new Set(data.places.map((place) => place.country ?? ""));
    const steps = shades(Math.max(1, ...this.areaCounts()));
    return styleOf(coloursOf(this.section), steps, {
      ground: ground(outlines),
      ...borders(outlines, drawn),
      areas: { type: "FeatureCollection", features: shapes },
      labels: this.texts(),
      points: points(data.places, this.counts),
    });
  }

  private texts(): FeatureCollection {
    const features = [...this.labels].flatMap(([index, coordinates]): Feature[] => {
      const [place, n] = [this.data.places[index] as Place, this.counts[index] ?? 0];
      const text = place.level === "country" ? `${n} somewhere\nin ${place.name}` : String(n);
      return n === 0 ? [] : [{ type: "Feature", properties: { n, text }, geometry: { type: "Point", coordinates } }];
    });
    return { type: "FeatureCollection", features };
  }

  /** How dark each area is; kept apart from its outline, because it changes while one drags the time brush. */
  private shade(): void {
    for (const index of this.labels.keys()) this.drawing.setFeatureState({ source: "areas", id: index }, { n: this.counts[index] ?? 0 });
  }

  private count(): void {
    this.shade();
    this.source("labels").setData(this.texts());
    this.source("points").setData(points(this.data.places, this.counts));
  }

  private showTools(): void {
    const buttons = part(this.section, "[data-map-buttons]");
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const what = (event.target as HTMLElement).dataset["zoom"];
      if (what === "in") this.drawing.zoomIn();
      if (what === "out") this.drawing.zoomOut();
      if (what === "all") this.drawing.fitBounds(this.bounds(), { padding: 30, maxZoom: 7 });
    });
    for (const sign of this.section.querySelectorAll<HTMLElement>("[data-with-script]")) sign.hidden = false;
    const months = this.data.months();
    if (months.sure.length < 2) return;
    const time = part(this.section, "[data-map-time]");
    time.hidden = false;
    new TimeBrush(time, months, {
      moved: (span) => this.follow(span),
      settled: (span) => {
        this.follow(span);
        void this.renewPage(span);
      },
    });
  }

  /** Draw the stretch that the brush is at, each whole before the next: what was passed meanwhile is left out. */
  private follow(span: Span | null): void {
    this.wanted = span;
    if (this.following) return;
    this.following = true;
    this.narrow(span);
    this.drawing.once("idle", () => {
      this.following = false;
      if (this.wanted !== this.span) this.follow(this.wanted);
    });
  }

  private narrow(span: Span | null): void {
    this.span = span;
    this.counts = this.data.within(span);
    if (this.drawing.getSource("points") !== undefined) this.count();
    this.found.close();
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

  private async clicked(x: number, y: number): Promise<void> {
    const hits = this.hits(x, y, TOUCH);
    const group = hits.find((hit) => hit.layer.id === "group");
    if (group !== undefined && group.geometry.type === "Point") {
      const zoom = await this.source("points").getClusterExpansionZoom(Number(group.properties["cluster_id"]));
      this.drawing.easeTo({ center: group.geometry.coordinates as [number, number], zoom: zoom + 0.2 });
      return;
    }
    const numbers = new Set(hits.map((hit) => Number(hit.layer.source === "points" ? hit.properties["place"] : hit.id)));
    const places = [...numbers].flatMap((index) => this.data.places[index] ?? []);
    await this.found.show(places.filter((place) => (this.counts[place.index] ?? 0) > 0), this.counts, this.span);
  }

  private hits(x: number, y: number, reach: number): MapGeoJSONFeature[] {
    const sites = this.drawing.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: SITES });
    const around = this.drawing.queryRenderedFeatures([x, y], { layers: AREAS });
    return [...sites, ...around.filter((hit) => (this.counts[Number(hit.id)] ?? 0) > 0)];
  }

  private areaCounts(): number[] {
    return this.data.places.flatMap((place) => (place.level === "exact" || place.level === "near" ? [] : [this.counts[place.index] ?? 0]));
  }

  /** Everything that has a place, and countries by their middle. */
  private bounds(): LngLatBounds {
    const box = new LngLatBounds();
    const middles = middlesOf(this.outlines);
    for (const place of this.data.places) {
      const point = place.longitude !== null && place.latitude !== null ? [place.longitude, place.latitude] : middles.get(place.shape ?? "");
      if (point !== undefined) box.extend(point as [number, number]);
    }
    return box.isEmpty() ? new LngLatBounds([-170, -55], [180, 75]) : box;
  }

  private source(name: string): GeoJSONSource {
    return this.drawing.getSource(name) as GeoJSONSource;
  }

  /** The picture that the server drew for pages without script. */
  private fallBack(): void {
    delete this.frame.dataset["drawn"];
    const drawn = this.frame.querySelector("noscript");
    if (drawn?.textContent) this.canvas.outerHTML = drawn.textContent; // our own markup, escaped by the server
  }
}

/** Whether a processor draws, because the machine has no graphics card or the browser may not use it. */
function drawnBySoftware(canvas: HTMLCanvasElement): boolean {
  const context = canvas.getContext("webgl2");
  const facts = context?.getExtension("WEBGL_debug_renderer_info");
  const renderer = facts ? String(context?.getParameter(facts.UNMASKED_RENDERER_WEBGL)) : "";
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}

/** Draws with coarser grain while the map moves: what a processor draws takes as long as it has points. */
function easeDrawing(drawing: Drawing): void {
  const fine = drawing.getPixelRatio();
  const canvas = drawing.getCanvas();
  // Before the drag begins: to change the grain stops a movement that is on its way.
  canvas.addEventListener("pointerdown", () => drawing.setPixelRatio(fine * COARSE), { capture: true });
  const settle = (): void => void drawing.once("idle", () => drawing.setPixelRatio(fine)).triggerRepaint();
  canvas.addEventListener("pointerup", settle);
  canvas.addEventListener("pointercancel", settle);
}

function part(within: HTMLElement, selector: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`The page lacks ${selector}.`);
  return found;
}
