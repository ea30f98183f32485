/**
 * The window on the map. Invariant: in every frame the picture that is there is put where it belongs; it is drawn anew
 * where it does not reach, where something else is to be seen, and once the hand is off.
 */

import { listen, type Moving } from "./gestures";
import { REACH, Scene, type Matter } from "./scene";
import { fitting, type Box, type Point, type View } from "./view";

const FINEST = 2; // device pixels to a pixel that are drawn at most
const GLIDE = 240; // milliseconds
const REST = 120; // milliseconds without movement, after which the picture is drawn anew
const WORDS = "Map of incidents; arrows move it, plus and minus zoom, Enter opens what is in its middle. The table below says the same.";

/** What is done with a point of the map, in pixels from its upper left corner. */
export interface Pointed {
  clicked(at: Point): void;
  /** Whether something is there that a click would open. */
  open(at: Point): boolean;
}

export class Surface implements Moving {
  view: View = { x: 0.5, y: 0.5, zoom: 0 };
  private readonly scene = new Scene();
  private stale: keyof typeof REACH | null = "moved"; // how far it is to be drawn anew
  private waiting = 0;
  private rest = 0;
  private gliding = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly matter: Matter,
    private readonly pointed: Pointed,
  ) {
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", WORDS);
    box.replaceChildren(this.scene.canvas);
    listen(box, this);
    new ResizeObserver(() => this.redraw()).observe(box);
  }

  get width(): number {
    return this.box.clientWidth;
  }

  get height(): number {
    return this.box.clientHeight;
  }

  /** Show a box, with some room around it. */
  fit(box: Box, smoothly: boolean): void {
    const view = fitting(box, this.width, this.height, 30, 7);
    if (smoothly) this.glide(view);
    else this.shift(view);
  }

  /** What is drawn has changed. */
  redraw(): void {
    this.stale = "moved";
    this.ask();
  }

  /** What is drawn changes and may change again soon: what is seen comes first, what lies beside it once there is rest. */
  sketch(): void {
    this.stale ??= "seen";
    this.ask();
    this.settle();
  }

  shift(view: View): void {
    this.stop();
    this.view = view;
    this.ask();
  }

  glide(view: View): void {
    this.stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.view = view;
      this.redraw();
      return;
    }
    const [from, start] = [this.view, performance.now()];
    const step = (now: number): void => {
      const done = Math.min(1, Math.max(0, now - start) / GLIDE);
      const eased = done * (2 - done);
      this.view = { x: mix(from.x, view.x, eased), y: mix(from.y, view.y, eased), zoom: mix(from.zoom, view.zoom, eased) };
      if (done < 1) {
        this.paint();
        this.gliding = requestAnimationFrame(step);
      } else {
        this.gliding = 0;
        this.redraw();
      }
    };
    this.gliding = requestAnimationFrame(step);
  }

  settle(): void {
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.redraw(), REST);
  }

  clicked(at: Point): void {
    this.pointed.clicked(at);
  }

  over(at: Point): void {
    this.box.style.cursor = this.pointed.open(at) ? "pointer" : "";
  }

  private stop(): void {
    cancelAnimationFrame(this.gliding);
    this.gliding = 0;
  }

  private ask(): void {
    if (this.waiting !== 0) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.paint();
    });
  }

  private paint(): void {
    const { width, height } = this;
    if (width === 0 || height === 0) return;
    const grain = Math.min(FINEST, window.devicePixelRatio || 1);
    if (this.gliding === 0 && !this.scene.covers(this.view, width, height)) this.stale = "moved";
    if (this.stale !== null) {
      this.scene.draw(this.matter, this.view, width, height, grain, REACH[this.stale]);
      this.stale = null;
    }
    this.scene.show(this.view, width, height, grain);
  }
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
