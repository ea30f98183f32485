/**
 * Points of towns and sites, those close by gathered to one sign. Invariant: what is gathered depends on counts and whole
 * steps of the zoom alone, so that nothing jumps while the map is moved; from the step `ALONE` on each place stands alone.
 */

import type { Place } from "./data";
import { projected, type Point } from "./view";

/** One sign: of a place, or of several, then in their middle by their incidents. */
export interface Sign {
  readonly at: Point;
  readonly n: number;
  readonly places: readonly Place[];
}

const ALONE = 11;
const REACH = 34; // pixels
const SIZES: readonly Point[] = [[1, 5], [10, 9], [100, 13], [1000, 18], [10000, 24]];

/** The radius of a sign in pixels. */
export function radiusOf(n: number): number {
  for (let step = 1; step < SIZES.length; step++) {
    const [[few, small], [many, large]] = [SIZES[step - 1] as Point, SIZES[step] as Point];
    if (n <= many) return small + ((large - small) * (n - few)) / (many - few);
  }
  return (SIZES.at(-1) as Point)[1];
}

export class Sites {
  private readonly all: readonly Place[];
  private readonly spots: readonly Point[];
  private counts: Uint32Array = new Uint32Array();
  private readonly steps = new Map<number, Sign[]>();

  constructor(places: readonly Place[]) {
    this.all = places.filter((place) => (place.level === "exact" || place.level === "near") && place.latitude !== null && place.longitude !== null);
    this.spots = this.all.map((place) => projected(place.longitude as number, place.latitude as number));
  }

  /** Draw these numbers, by index of place, from now on. */
  count(counts: Uint32Array): void {
    this.counts = counts;
    this.steps.clear();
  }

  /** The signs at a zoom, the largest first. */
  at(zoom: number): readonly Sign[] {
    const step = Math.min(ALONE, Math.max(0, Math.floor(zoom)));
    let signs = this.steps.get(step);
    if (signs === undefined) this.steps.set(step, (signs = this.gathered(step)));
    return signs;
  }

  /** The zoom from which on a sign of several places is several signs. */
  parted(sign: Sign, zoom: number): number {
    const first = sign.places[0];
    for (let step = Math.floor(zoom) + 1; step < ALONE; step++) {
      const own = this.at(step).find((other) => first !== undefined && other.places.includes(first));
      if (own !== undefined && own.places.length < sign.places.length) return step;
    }
    return ALONE;
  }

  private gathered(step: number): Sign[] {
    const live = this.all.map((_, at) => at).filter((at) => this.of(at) > 0);
    live.sort((a, b) => this.of(b) - this.of(a) || a - b);
    if (step >= ALONE) return live.map((at) => ({ at: this.spots[at] as Point, n: this.of(at), places: [this.all[at] as Place] }));
    const reach = REACH / (512 * 2 ** step);
    const cells = new Map<string, number[]>();
    for (const at of live) {
      const key = this.cell(at, reach).join();
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [at]);
      else cell.push(at);
    }
    const taken = new Set<number>();
    const signs: Sign[] = [];
    for (const at of live) {
      if (taken.has(at)) continue;
      const members = this.near(at, reach, cells).filter((other) => !taken.has(other));
      members.forEach((member) => taken.add(member));
      let [x, y, n] = [0, 0, 0];
      for (const member of members) {
        const [[east, south], many] = [this.spots[member] as Point, this.of(member)];
        [x, y, n] = [x + east * many, y + south * many, n + many];
      }
      signs.push({ at: [x / n, y / n], n, places: members.map((member) => this.all[member] as Place) });
    }
    return signs.sort((a, b) => b.n - a.n);
  }

  private near(at: number, reach: number, cells: ReadonlyMap<string, readonly number[]>): number[] {
    const [column, row] = this.cell(at, reach);
    const [x, y] = this.spots[at] as Point;
    const found: number[] = [];
    for (let right = -1; right <= 1; right++) {
      for (let down = -1; down <= 1; down++) {
        for (const other of cells.get(`${column + right},${row + down}`) ?? []) {
          const [east, south] = this.spots[other] as Point;
          if (Math.hypot(east - x, south - y) <= reach) found.push(other);
        }
      }
    }
    return found;
  }

  private cell(at: number, reach: number): [number, number] {
    const [x, y] = this.spots[at] as Point;
    return [Math.floor(x / reach), Math.floor(y / reach)];
  }

  private of(at: number): number {
    return this.counts[(this.all[at] as Place).index] ?? 0;
  }
}
