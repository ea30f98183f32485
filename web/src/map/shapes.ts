/**
 * Outlines as paths in the world, and circles for what has none. Invariant: a border is one line of points, thinned out
 * alike for both sides of it, so that neighbours never part.
 */

import type { Place } from "./data";
import { projected, type Box, type Point } from "./view";

interface Shape {
  readonly id: string | number;
  readonly type: "Polygon" | "MultiPolygon" | null;
  readonly arcs?: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[];
  readonly properties: { readonly name: string; readonly label: readonly [number, number]; readonly country?: string };
}

/** The outlines as the server sends them: a quantised topology. */
export interface Outlines {
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly arcs: readonly (readonly Point[])[];
  readonly objects: { readonly countries: { readonly geometries: readonly Shape[] }; readonly units: { readonly geometries: readonly Shape[] } };
}

/** An area that is drawn: of a country or province by its outline, else a circle; and where its number is written. */
export interface Area {
  readonly place: Place;
  readonly kind: "country" | "adm1" | "circle";
  readonly label: Point;
  readonly box: Box;
  /** Its outline, as fine as a zoom needs it. */
  path(zoom: number): Path2D;
}

/** Up to which zoom an outline thinned out so far is good enough; beyond the last it is drawn whole. */
const GRADES = [2.5, 4.5, 7] as const;
const THIN = 0.9; // pixels at that zoom
const EARTH_KM = 6371;
const CORNERS = 40;

export class Shapes {
  private readonly arcs: readonly Float64Array[];
  private readonly thinned = new Map<string, Float64Array>();
  private readonly paths = new Map<string, Path2D>();

  constructor(private readonly outlines: Outlines) {
    this.arcs = outlines.arcs.map((arc) => decoded(arc, outlines.transform));
  }

  /** All land. */
  ground(zoom: number): Path2D {
    return this.made("ground", zoom, (path, grade) => {
      for (const shape of this.outlines.objects.countries.geometries) this.trace(path, shape, grade);
    });
  }

  /** Borders between countries. */
  nations(zoom: number): Path2D {
    return this.made("nations", zoom, (path, grade) => this.borders(path, this.outlines.objects.countries.geometries, grade));
  }

  /** Borders between provinces of these countries, which must be the same every time. */
  provinces(zoom: number, countries: ReadonlySet<string>): Path2D {
    const units = this.outlines.objects.units.geometries.filter((unit) => countries.has(unit.properties.country ?? ""));
    return this.made("provinces", zoom, (path, grade) => this.borders(path, units, grade));
  }

  /** The areas of places that have an outline, or a radius. */
  areas(places: readonly Place[]): Area[] {
    const byId = this.byId();
    return places.flatMap((place): Area[] => {
      const shape = place.shape === null ? undefined : byId.get(place.shape);
      if (shape !== undefined) {
        const path = (zoom: number): Path2D => this.made(`shape ${shape.id}`, zoom, (made, grade) => this.trace(made, shape, grade));
        return [{ place, kind: place.level === "country" ? "country" : "adm1", label: projected(...shape.properties.label), box: this.box(shape), path }];
      }
      if (place.radius === null || place.latitude === null || place.longitude === null) return [];
      const ring = circle(place.longitude, place.latitude, place.radius);
      const path = new Path2D();
      ring.forEach(([x, y], corner) => (corner === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
      path.closePath();
      // The number stands on the northern rim: in the middle it would look like a place.
      return [{ place, kind: "circle", label: ring[0] as Point, box: boxOf(ring), path: () => path }];
    });
  }

  /** Where a word fits into each outline, by its id. */
  middles(): Map<string | number, Point> {
    return new Map([...this.byId()].map(([id, shape]) => [id, projected(...shape.properties.label)]));
  }

  private byId(): Map<string | number, Shape> {
    const { countries, units } = this.outlines.objects;
    return new Map([...countries.geometries, ...units.geometries].map((shape) => [shape.id, shape]));
  }

  private made(name: string, zoom: number, trace: (path: Path2D, grade: number) => void): Path2D {
    const found = GRADES.findIndex((up) => zoom <= up);
    const grade = found < 0 ? GRADES.length : found;
    const key = `${name} ${grade}`;
    let path = this.paths.get(key);
    if (path === undefined) {
      path = new Path2D();
      trace(path, grade);
      this.paths.set(key, path);
    }
    return path;
  }

  private trace(path: Path2D, shape: Shape, grade: number): void {
    for (const ring of ringsOf(shape)) {
      let begun = false;
      for (const index of ring) {
        this.follow(path, index, grade, begun);
        begun = true;
      }
      path.closePath();
    }
  }

  /** Lines that two of the shapes share. */
  private borders(path: Path2D, shapes: readonly Shape[], grade: number): void {
    const seen = new Map<number, number>();
    shapes.forEach((shape, number) => {
      for (const ring of ringsOf(shape)) {
        for (const index of ring) {
          const arc = index < 0 ? ~index : index;
          const before = seen.get(arc);
          if (before === undefined) seen.set(arc, number);
          else if (before !== number) this.follow(path, arc, grade, false);
        }
      }
    });
  }

  private follow(path: Path2D, index: number, grade: number, begun: boolean): void {
    const points = this.arc(index < 0 ? ~index : index, grade);
    const last = points.length / 2 - 1;
    for (let step = 0; step <= last; step++) {
      const at = 2 * (index < 0 ? last - step : step);
      const [x, y] = [points[at] as number, points[at + 1] as number];
      if (step === 0 && !begun) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
  }

  private arc(index: number, grade: number): Float64Array {
    const whole = this.arcs[index] as Float64Array;
    const zoom = GRADES[grade];
    if (zoom === undefined || whole.length <= 4) return whole;
    const key = `${index} ${grade}`;
    let thin = this.thinned.get(key);
    if (thin === undefined) this.thinned.set(key, (thin = thinnedOut(whole, THIN / (512 * 2 ** zoom))));
    return thin;
  }

  private box(shape: Shape): Box {
    const points: Point[] = [];
    for (const ring of ringsOf(shape)) {
      for (const index of ring) {
        const arc = this.arc(index < 0 ? ~index : index, 0);
        for (let at = 0; at < arc.length; at += 2) points.push([arc[at] as number, arc[at + 1] as number]);
      }
    }
    return boxOf(points);
  }
}

function ringsOf(shape: Shape): readonly (readonly number[])[] {
  if (shape.type === "Polygon") return shape.arcs as readonly (readonly number[])[];
  return shape.type === "MultiPolygon" ? (shape.arcs as readonly (readonly (readonly number[])[])[]).flat() : [];
}

function decoded(arc: readonly Point[], { scale, translate }: Outlines["transform"]): Float64Array {
  const points = new Float64Array(arc.length * 2);
  let [x, y] = [0, 0];
  arc.forEach(([right, up], at) => {
    [x, y] = [x + right, y + up];
    const [east, south] = projected(x * scale[0] + translate[0], y * scale[1] + translate[1]);
    points[2 * at] = east;
    points[2 * at + 1] = south;
  });
  return points;
}

/** A line without the points that lie closer than `least` to the one kept before; its ends stay. */
function thinnedOut(points: Float64Array, least: number): Float64Array {
  const kept = [points[0] as number, points[1] as number];
  for (let at = 2; at < points.length - 2; at += 2) {
    const [x, y] = [points[at] as number, points[at + 1] as number];
    if (Math.hypot(x - (kept.at(-2) as number), y - (kept.at(-1) as number)) >= least) kept.push(x, y);
  }
  kept.push(points.at(-2) as number, points.at(-1) as number);
  return Float64Array.from(kept);
}

/** The smallest box around points. */
export function boxOf(points: Iterable<Point>): Box {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) [west, north, east, south] = [Math.min(west, x), Math.min(north, y), Math.max(east, x), Math.max(south, y)];
  return [west, north, east, south];
}

/** The corners of a circle on the globe, from its northernmost on. */
function circle(longitude: number, latitude: number, kilometres: number): Point[] {
  const angle = kilometres / EARTH_KM;
  const [east, north] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  return Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const bearing = (2 * Math.PI * corner) / CORNERS;
    const y = Math.asin(Math.sin(north) * Math.cos(angle) + Math.cos(north) * Math.sin(angle) * Math.cos(bearing));
    const x = east + Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(north), Math.cos(angle) - Math.sin(north) * Math.sin(y));
    return projected((x * 180) / Math.PI, (y * 180) / Math.PI);
  });
}
