/** How the map looks. Invariant: every colour is a token of the page; letters are drawn with fonts of the system. */

import type * as GeoJSON from "geojson";
import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";

/** Colours as the browser resolves them, light or dark. */
export type Colours = Readonly<Record<"water" | "land" | "line" | "ink" | "shown" | "whole" | "extent" | "point", string>>;

const TOKENS: Colours = {
  water: "--sunk", land: "--raised", line: "--line-strong", ink: "--ink", shown: "--cat-1", whole: "--cat-5", extent: "--cat-4", point: "--cat-2",
};
const OPACITY = [0.18, 0.32, 0.46, 0.6, 0.75] as const;
const FONT = ["system-ui", "sans-serif"];

/** Read the page's colours inside an element. */
export function coloursOf(element: HTMLElement): Colours {
  const probe = element.appendChild(document.createElement("span"));
  const resolve = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, resolve(token)])) as Record<keyof Colours, string>;
  probe.remove();
  return found;
}

/** The least count of each shade but the first: steps of equal ratio up to the largest. */
export function shades(largest: number): number[] {
  const steps = OPACITY.slice(1).map((_, step) => Math.round(largest ** ((step + 1) / OPACITY.length)));
  return [...new Set(steps.filter((step) => step > 1 && step <= largest))];
}

const COUNT: ExpressionSpecification = ["coalesce", ["feature-state", "n"], 0];

function opacity(steps: readonly number[], least: number): ExpressionSpecification {
  const shade: (number | ExpressionSpecification)[] = ["step" as never, COUNT, 0, 1, least * OPACITY[0]];
  steps.forEach((step, at) => shade.push(step, least * (OPACITY[at + 1] ?? 1)));
  return shade as unknown as ExpressionSpecification;
}

const SIZE: ExpressionSpecification = ["interpolate", ["linear"], ["get", "n"], 1, 5, 10, 9, 100, 13, 1000, 18, 10000, 24];

/** What each source holds when the map is first drawn. */
export type Sources = Readonly<Record<"ground" | "nations" | "provinces" | "areas" | "labels" | "points", GeoJSON.GeoJSON>>;

/** The sources with their data, and the layers over them from the ground up. */
export function styleOf(colours: Colours, steps: readonly number[], data: Sources): StyleSpecification {
  const seen: ExpressionSpecification = ["case", [">", COUNT, 0], 0.9, 0];
  return {
    version: 8,
    sources: {
      ground: { type: "geojson", data: data.ground, tolerance: 1.1, buffer: 8, maxzoom: 8 },
      nations: { type: "geojson", data: data.nations, tolerance: 1.1, buffer: 8, maxzoom: 8 },
      provinces: { type: "geojson", data: data.provinces, tolerance: 1.1, buffer: 8, maxzoom: 8 },
      areas: { type: "geojson", data: data.areas, tolerance: 0.8, buffer: 8 },
      labels: { type: "geojson", data: data.labels },
      points: {
        type: "geojson", data: data.points, cluster: true, clusterRadius: 34, clusterMaxZoom: 10, buffer: 32,
        clusterProperties: { n: ["+", ["get", "n"]] },
      },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colours.water } },
      { id: "ground", type: "fill", source: "ground", paint: { "fill-color": colours.land, "fill-antialias": false } },
      {
        id: "whole", type: "fill", source: "areas", filter: ["==", ["get", "level"], "country"],
        paint: { "fill-color": colours.whole, "fill-opacity": opacity(steps, 0.7), "fill-antialias": false },
      },
      {
        id: "shown", type: "fill", source: "areas", filter: ["==", ["get", "level"], "adm1"],
        paint: { "fill-color": colours.shown, "fill-opacity": opacity(steps, 1), "fill-antialias": false },
      },
      { id: "provinces", type: "line", source: "provinces", minzoom: 3.2, paint: { "line-color": colours.line, "line-opacity": 0.45, "line-width": 0.6 } },
      { id: "nations", type: "line", source: "nations", paint: { "line-color": colours.line, "line-opacity": 0.9, "line-width": 0.9 } },
      {
        id: "extent", type: "fill", source: "areas", filter: ["==", ["get", "level"], "circle"],
        paint: { "fill-color": colours.extent, "fill-opacity": opacity(steps, 0.9), "fill-antialias": false },
      },
      {
        id: "extent-line", type: "line", source: "areas", filter: ["==", ["get", "level"], "circle"],
        paint: { "line-color": colours.extent, "line-opacity": seen, "line-width": 1.2 },
      },
      {
        id: "group", type: "circle", source: "points", filter: ["has", "point_count"],
        paint: { "circle-color": colours.land, "circle-stroke-color": colours.point, "circle-stroke-width": 2, "circle-radius": SIZE },
      },
      {
        id: "near", type: "circle", source: "points", filter: ["==", ["get", "level"], "near"],
        paint: { "circle-color": colours.land, "circle-opacity": 0.4, "circle-stroke-color": colours.point, "circle-stroke-width": 2, "circle-radius": SIZE },
      },
      {
        id: "exact", type: "circle", source: "points", filter: ["==", ["get", "level"], "exact"],
        paint: { "circle-color": colours.point, "circle-stroke-color": colours.land, "circle-stroke-width": 1, "circle-radius": SIZE },
      },
      {
        id: "labels", type: "symbol", source: "labels",
        layout: { "text-field": ["get", "text"], "text-font": FONT, "text-size": 12, "symbol-sort-key": ["-", ["get", "n"]], "text-padding": 1 },
        paint: { "text-color": colours.ink, "text-halo-color": colours.land, "text-halo-width": 1.4 },
      },
      {
        id: "numbers", type: "symbol", source: "points", filter: [">", ["get", "n"], 1],
        layout: { "text-field": ["to-string", ["get", "n"]], "text-font": FONT, "text-size": 10.5, "text-allow-overlap": true, "text-ignore-placement": true },
        paint: { "text-color": ["case", ["==", ["get", "level"], "exact"], colours.land, colours.ink] },
      },
    ],
  };
}
