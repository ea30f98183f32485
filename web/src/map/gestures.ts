/**
 * Moving the map with mouse, fingers, wheel and keys. Invariant: what is dragged stays under the pointer; the wheel scrolls
 * the page until the map has the focus.
 */

import { moved, zoomed, type Point, type View } from "./view";

const STEP = 100; // pixels of an arrow key
const CLICK = 4; // pixels that a pointer may move between press and release of a click
const WHEEL = 400; // units of a wheel to one step of the zoom

/** The map as gestures see it. */
export interface Moving {
  readonly view: View;
  /** Show this view at once. */
  shift(view: View): void;
  /** Go to this view, smoothly where that is wanted. */
  glide(view: View): void;
  /** The hand is off: draw finely. */
  settle(): void;
  clicked(at: Point): void;
  /** The pointer is over this point, and nothing is pressed. */
  over(at: Point): void;
}

/** Listen to the window on the map; points are pixels from its upper left corner. */
export function listen(pane: HTMLElement, map: Moving): void {
  const held = new Map<number, Point>();
  let travelled = 0;
  const spot = (event: MouseEvent): Point => {
    const { left, top } = pane.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const fromMiddle = ([x, y]: Point): Point => [x - pane.clientWidth / 2, y - pane.clientHeight / 2];

  pane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pane.setPointerCapture(event.pointerId);
    held.set(event.pointerId, spot(event));
    if (held.size === 1) travelled = 0;
  });
  pane.addEventListener("pointermove", (event) => {
    const [before, now] = [held.get(event.pointerId), spot(event)];
    if (before === undefined) {
      map.over(now);
      return;
    }
    travelled += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, now);
    if (other === undefined) {
      map.shift(moved(map.view, before[0] - now[0], before[1] - now[1]));
      return;
    }
    const apart = (point: Point): number => Math.max(1, Math.hypot(point[0] - other[0], point[1] - other[1]));
    const middle = fromMiddle([(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
    const carried = moved(map.view, (before[0] - now[0]) / 2, (before[1] - now[1]) / 2);
    map.shift(zoomed(carried, carried.zoom + Math.log2(apart(now) / apart(before)), middle));
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    pane.addEventListener(end, (event) => {
      if (!held.delete(event.pointerId) || held.size > 0) return;
      if (end === "pointerup" && travelled <= CLICK) map.clicked(spot(event));
      else map.settle();
    });
  }
  pane.addEventListener("dblclick", (event) => map.glide(zoomed(map.view, map.view.zoom + 1, fromMiddle(spot(event)))));
  pane.addEventListener("wheel", (event) => {
    if (document.activeElement !== pane) return;
    event.preventDefault();
    const units = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 40;
    map.shift(zoomed(map.view, map.view.zoom - units / WHEEL, fromMiddle(spot(event))));
    map.settle();
  }, { passive: false });
  pane.addEventListener("keydown", (event) => {
    const next = byKey(event.key, map.view);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (next === "open") map.clicked([pane.clientWidth / 2, pane.clientHeight / 2]);
    else map.glide(next);
  });
}

/** Arrows move, plus and minus zoom, Enter opens what is in the middle. */
function byKey(key: string, view: View): View | "open" | null {
  switch (key) {
    case "ArrowLeft": return moved(view, -STEP, 0);
    case "ArrowRight": return moved(view, STEP, 0);
    case "ArrowUp": return moved(view, 0, -STEP);
    case "ArrowDown": return moved(view, 0, STEP);
    case "+": case "=": return zoomed(view, view.zoom + 1);
    case "-": case "_": return zoomed(view, view.zoom - 1);
    case "Enter": return "open";
    default: return null;
  }
}
