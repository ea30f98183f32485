/**
 * What part of the world is shown, and how large. Invariant: the world is a square with sides of one (Web Mercator, the
 * north at zero); at zoom z it is 512 · 2^z pixels wide.
 */

export type Point = readonly [x: number, y: number];

/** A box in the world: west, north, east, south. */
export type Box = readonly [number, number, number, number];

const TILE = 512;
export const [FARTHEST, CLOSEST] = [0, 12];
const NORTHERNMOST = 85;

/** Longitude and latitude in the world. */
export function projected(longitude: number, latitude: number): Point {
  const north = (Math.max(-NORTHERNMOST, Math.min(NORTHERNMOST, latitude)) * Math.PI) / 180;
  return [longitude / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + north / 2)) / (2 * Math.PI)];
}

/** The middle of what is shown, and how close. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Pixels to the world's width. */
export function scaleOf(view: View): number {
  return TILE * 2 ** view.zoom;
}

/** The view with a zoom that there is and a middle that lies in the world. */
export function kept(view: View): View {
  const inside = (value: number): number => Math.max(0, Math.min(1, value));
  return { x: inside(view.x), y: inside(view.y), zoom: Math.max(FARTHEST, Math.min(CLOSEST, view.zoom)) };
}

/** The view moved by pixels. */
export function moved(view: View, right: number, down: number): View {
  const scale = scaleOf(view);
  return kept({ ...view, x: view.x + right / scale, y: view.y + down / scale });
}

/** The view at another zoom in which what lies so many pixels from the middle stays where it is. */
export function zoomed(view: View, zoom: number, [right, down]: Point = [0, 0]): View {
  const closer = kept({ ...view, zoom });
  const shift = 1 / scaleOf(view) - 1 / scaleOf(closer);
  return kept({ ...closer, x: view.x + right * shift, y: view.y + down * shift });
}

/** The view of a box, with room around it, and no closer than asked for. */
export function fitting([west, north, east, south]: Box, width: number, height: number, padding: number, closest: number): View {
  const [across, along] = [Math.max(1e-9, east - west), Math.max(1e-9, south - north)];
  const scale = Math.min(Math.max(1, width - 2 * padding) / across, Math.max(1, height - 2 * padding) / along);
  return kept({ x: (west + east) / 2, y: (north + south) / 2, zoom: Math.min(closest, Math.log2(scale / TILE)) });
}
