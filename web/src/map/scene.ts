/**
 * The picture of a view, drawn once and then only moved. Invariant: a picture shows every sign at the place and level at
 * which it is known; it may reach beyond what is seen, so that a map that is dragged need not be drawn anew in every frame.
 */

import type { Area, Shapes } from "./shapes";
import { radiusOf, type Sign, type Sites } from "./sites";
import { LABEL, NUMBER, opacityOf, type Colours } from "./style";
import { scaleOf, type Box, type Point, type View } from "./view";

/** All that a picture is drawn of; `counts` by index of place, `steps` the shades. */
export interface Matter {
  readonly shapes: Shapes;
  readonly areas: readonly Area[];
  readonly sites: Sites;
  readonly countries: ReadonlySet<string>;
  counts: Uint32Array;
  colours: Colours;
  readonly steps: readonly number[];
}

/** How far a picture reaches on each side, as a share of width and height. */
export const REACH = { seen: 0, moved: 0.3 } as const;

const PROVINCES_FROM = 3.2; // zoom
const LINE_HEIGHT = 14;
const SHIFTS = { country: [0, 20, -20, 40, -40, 60, -60], adm1: [0, 14, -14], circle: [0] } as const; // pixels down, where a label fits
const STRENGTH = { country: 0.7, adm1: 1, circle: 0.9 } as const; // of the shade

export class Scene {
  readonly canvas = document.createElement("canvas");
  private readonly pen: CanvasRenderingContext2D;
  private view: View | null = null;
  private room: Point = [0, 0];

  constructor() {
    // By the processor: what must be drawn anew is quick there, and a graphics card that is only imitated is not.
    const pen = this.canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (pen === null) throw new Error("This browser draws no canvas.");
    this.pen = pen;
  }

  /** Draw a view of so many pixels, `grain` device pixels to each, and what lies beside it as far as `reach` says. */
  draw(matter: Matter, view: View, width: number, height: number, grain: number, reach: number): void {
    const { pen } = this;
    this.view = view;
    this.room = [Math.ceil(width * (1 + 2 * reach)), Math.ceil(height * (1 + 2 * reach))];
    const [across, along] = this.room.map((pixels) => Math.round(pixels * grain)) as [number, number];
    if (this.canvas.width !== across || this.canvas.height !== along) {
      [this.canvas.width, this.canvas.height] = [across, along];
      [this.canvas.style.width, this.canvas.style.height] = this.room.map((pixels) => `${pixels}px`) as [string, string];
    }
    const scale = scaleOf(view);
    const [left, top] = [view.x - this.room[0] / 2 / scale, view.y - this.room[1] / 2 / scale];
    const seen: Box = [left, top, left + this.room[0] / scale, top + this.room[1] / scale];
    const place = ([x, y]: Point): [number, number] => [(x - left) * scale, (y - top) * scale];
    pen.setTransform(grain, 0, 0, grain, 0, 0);
    pen.fillStyle = matter.colours.water;
    pen.fillRect(0, 0, ...(this.room as [number, number]));
    pen.setTransform(grain * scale, 0, 0, grain * scale, -left * scale * grain, -top * scale * grain);
    ground(pen, matter, view.zoom, seen, scale);
    pen.setTransform(grain, 0, 0, grain, 0, 0);
    const signs = matter.sites.at(view.zoom).filter((sign) => within(sign.at, seen, 30 / scale));
    for (const sign of [...signs].reverse()) drawSign(pen, matter.colours, sign, place(sign.at));
    const taken = signs.filter((sign) => sign.n > 1).map((sign) => around(place(sign.at), radiusOf(sign.n)));
    labels(pen, matter, seen, place, taken);
    for (const sign of signs) if (sign.n > 1) drawNumber(pen, matter.colours, sign, place(sign.at));
  }

  /** Whether the picture covers a view of so many pixels. */
  covers(view: View, width: number, height: number): boolean {
    if (this.view === null) return false;
    const [scale, ratio] = [scaleOf(view), 2 ** (view.zoom - this.view.zoom)];
    const spare = (room: number, pixels: number): number => (room * ratio - pixels) / 2;
    return (
      Math.abs(view.x - this.view.x) * scale <= spare(this.room[0], width) &&
      Math.abs(view.y - this.view.y) * scale <= spare(this.room[1], height)
    );
  }

  /** Put the picture where it belongs in another view; larger or smaller where that is closer or farther. It is not drawn
   * for that: the browser moves it.
   */
  show(view: View, width: number, height: number, grain: number): void {
    if (this.view === null) return;
    const [scale, ratio] = [scaleOf(view), 2 ** (view.zoom - this.view.zoom)];
    const [across, along] = [this.room[0] * ratio, this.room[1] * ratio];
    const whole = (pixels: number): number => Math.round(pixels * grain) / grain; // so that lines and words stay sharp
    const x = whole(width / 2 + (this.view.x - view.x) * scale - across / 2);
    const y = whole(height / 2 + (this.view.y - view.y) * scale - along / 2);
    this.canvas.style.transform = `translate(${x}px, ${y}px) scale(${ratio})`;
  }
}

function ground(pen: CanvasRenderingContext2D, matter: Matter, zoom: number, seen: Box, scale: number): void {
  const { shapes, colours, counts, steps } = matter;
  pen.fillStyle = colours.land;
  pen.fill(shapes.ground(zoom), "evenodd");
  const live = matter.areas.filter((area) => (counts[area.place.index] ?? 0) > 0 && overlap(area.box, seen));
  const shade = (kind: Area["kind"], colour: string): void => {
    pen.fillStyle = colour;
    for (const area of live) {
      if (area.kind !== kind) continue;
      pen.globalAlpha = STRENGTH[kind] * opacityOf(counts[area.place.index] ?? 0, steps);
      pen.fill(area.path(zoom), "evenodd");
    }
    pen.globalAlpha = 1;
  };
  const stroke = (path: Path2D, colour: string, pixels: number, alpha: number): void => {
    [pen.strokeStyle, pen.lineWidth, pen.globalAlpha] = [colour, pixels / scale, alpha];
    pen.stroke(path);
    pen.globalAlpha = 1;
  };
  pen.lineJoin = "round";
  shade("country", colours.whole);
  shade("adm1", colours.shown);
  if (zoom >= PROVINCES_FROM) stroke(shapes.provinces(zoom, matter.countries), colours.line, 0.6, 0.45);
  stroke(shapes.nations(zoom), colours.line, 0.9, 0.9);
  shade("circle", colours.extent);
  for (const area of live) if (area.kind === "circle") stroke(area.path(zoom), colours.extent, 1.2, 0.9);
}

function drawSign(pen: CanvasRenderingContext2D, colours: Colours, sign: Sign, [x, y]: Point): void {
  const several = sign.places.length > 1;
  const near = !several && sign.places[0]?.level === "near";
  const ring = several || near;
  pen.beginPath();
  pen.arc(x, y, radiusOf(sign.n), 0, 2 * Math.PI);
  pen.globalAlpha = near ? 0.4 : 1;
  pen.fillStyle = ring ? colours.land : colours.point;
  pen.fill();
  pen.globalAlpha = 1;
  [pen.strokeStyle, pen.lineWidth] = ring ? [colours.point, 2] : [colours.land, 1];
  pen.stroke();
}

function drawNumber(pen: CanvasRenderingContext2D, colours: Colours, sign: Sign, [x, y]: Point): void {
  const exact = sign.places.length === 1 && sign.places[0]?.level === "exact";
  [pen.font, pen.textAlign, pen.textBaseline] = [NUMBER, "center", "middle"];
  pen.fillStyle = exact ? colours.land : colours.ink;
  pen.fillText(String(sign.n), x, y + 0.5);
}

/** The numbers of areas, the largest first; one for which there is no room beside signs and others waits for a closer map. */
function labels(
  pen: CanvasRenderingContext2D, { areas, counts, colours }: Matter, seen: Box, place: (at: Point) => [number, number], taken: Box[],
): void {
  const live = areas.filter((area) => (counts[area.place.index] ?? 0) > 0 && within(area.label, seen, 0));
  live.sort((a, b) => (counts[b.place.index] ?? 0) - (counts[a.place.index] ?? 0));
  [pen.font, pen.textAlign, pen.textBaseline, pen.lineJoin] = [LABEL, "center", "middle", "round"];
  [pen.lineWidth, pen.strokeStyle, pen.fillStyle] = [2.8, colours.land, colours.ink];
  for (const area of live) {
    const n = counts[area.place.index] ?? 0;
    const lines = area.kind === "country" ? [`${n} somewhere`, `in ${area.place.name}`] : [String(n)];
    const [x, y] = place(area.label);
    const [across, along] = [Math.max(...lines.map((line) => pen.measureText(line).width)) / 2 + 1, (lines.length * LINE_HEIGHT) / 2];
    const boxAt = (down: number): Box => [x - across, y + down - along, x + across, y + down + along];
    const shift = SHIFTS[area.kind].find((down) => !taken.some((other) => overlap(other, boxAt(down))));
    if (shift === undefined) continue;
    taken.push(boxAt(shift));
    lines.forEach((line, at) => {
      const height = y + shift + (at - (lines.length - 1) / 2) * LINE_HEIGHT;
      pen.strokeText(line, x, height);
      pen.fillText(line, x, height);
    });
  }
}

function around([x, y]: Point, radius: number): Box {
  return [x - radius, y - radius, x + radius, y + radius];
}

function overlap(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function within([x, y]: Point, [west, north, east, south]: Box, spare: number): boolean {
  return x > west - spare && x < east + spare && y > north - spare && y < south + spare;
}
