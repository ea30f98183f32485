/** Outlines from the topology, and circles for what has none. Invariant: a feature's id is the index of its place. */

import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Point, Polygon } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Place } from "./data";

interface Facts {
  readonly name: string;
  readonly label: [longitude: number, latitude: number];
}

export type Outlines = Topology<{ countries: GeometryCollection<Facts>; units: GeometryCollection<Facts> }>;

const EARTH_KM = 6371;
const CORNERS = 40;

/** Every country, as ground to draw on. */
export function ground(outlines: Outlines): FeatureCollection {
  return feature(outlines, outlines.objects.countries);
}

/** Borders between countries, and between provinces of countries that have incidents. */
export function borders(outlines: Outlines, countries: ReadonlySet<string>): { nations: MultiLineString; provinces: MultiLineString } {
  const nations = mesh(outlines, outlines.objects.countries, (a, b) => a !== b);
  const units = outlines.objects.units.geometries.filter((unit) => countries.has(String((unit.properties as unknown as { country: string }).country)));
  const provinces = mesh(outlines, { type: "GeometryCollection", geometries: units }, (a, b) => a !== b);
  return { nations, provinces };
}

/** Where a word fits into each outline, by its id. */
export function middlesOf(outlines: Outlines): Map<string | number, [number, number]> {
  const all = [...outlines.objects.countries.geometries, ...outlines.objects.units.geometries];
  return new Map(all.map((shape) => [shape.id ?? "", (shape.properties as Facts).label]));
}

/** The areas of places that have an outline, or a radius; and where the number of each is written. */
export function areas(outlines: Outlines, places: readonly Place[]): { shapes: Feature<Polygon | MultiPolygon>[]; labels: Map<number, [number, number]> } {
  const byId = new Map([...outlines.objects.countries.geometries, ...outlines.objects.units.geometries].map((shape) => [shape.id, shape]));
  const shapes: Feature<Polygon | MultiPolygon>[] = [];
  const labels = new Map<number, [number, number]>();
  for (const place of places) {
    const shape = place.shape === null ? undefined : byId.get(place.shape);
    if (shape !== undefined) {
      const drawn = feature(outlines, shape) as Feature<Polygon | MultiPolygon, Facts>;
      labels.set(place.index, drawn.properties.label);
      shapes.push({ type: "Feature", id: place.index, properties: { level: place.level }, geometry: drawn.geometry });
    } else if (place.radius !== null && place.latitude !== null && place.longitude !== null) {
      const ring = circle(place.longitude, place.latitude, place.radius);
      labels.set(place.index, ring[0] ?? [place.longitude, place.latitude]); // on its northern rim: in its middle a number would look like a place
      shapes.push({ type: "Feature", id: place.index, properties: { level: "circle" }, geometry: { type: "Polygon", coordinates: [ring] } });
    }
  }
  return { shapes, labels };
}

/** Points of towns and sites with the number of incidents there. */
export function points(places: readonly Place[], counts: Uint32Array): FeatureCollection<Point> {
  const features: Feature<Point>[] = [];
  for (const place of places) {
    const n = counts[place.index] ?? 0;
    if (n === 0 || (place.level !== "exact" && place.level !== "near") || place.latitude === null || place.longitude === null) continue;
    const geometry: Point = { type: "Point", coordinates: [place.longitude, place.latitude] };
    features.push({ type: "Feature", properties: { place: place.index, level: place.level, n }, geometry });
  }
  return { type: "FeatureCollection", features };
}

/** The corners of a circle on the globe, from its northernmost on. */
function circle(longitude: number, latitude: number, kilometres: number): [number, number][] {
  const angle = kilometres / EARTH_KM;
  const [east, north] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  return Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const bearing = (2 * Math.PI * corner) / CORNERS;
    const y = Math.asin(Math.sin(north) * Math.cos(angle) + Math.cos(north) * Math.sin(angle) * Math.cos(bearing));
    const x = east + Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(north), Math.cos(angle) - Math.sin(north) * Math.sin(y));
    return [(x * 180) / Math.PI, (y * 180) / Math.PI];
  });
}
