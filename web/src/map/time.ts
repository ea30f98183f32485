/**
 * The time brush: incidents by month, a stretch of which is chosen by dragging, or with two sliders from the keyboard.
 * Invariant: what is chosen is whole months; all months chosen is the same as none.
 */

import { monthName, type Months, type Span } from "./data";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 72;
const AXIS = 16; // units below the bars for the years
const NARROWEST = 3; // a bar; more months than fit are drawn several to a bar
const YEAR_ROOM = 44; // a year's name

export interface Listener {
  /** While one drags, once a frame. */
  moved(span: Span | null): void;
  /** When one let go. */
  settled(span: Span | null): void;
}

export class TimeBrush {
  private span: Span | null = null;
  private readonly svg = document.createElementNS(SVG, "svg");
  private readonly chosen = rectangle("chosen", 0, 0, 0, HEIGHT - AXIS);
  private readonly ends: readonly [HTMLInputElement, HTMLInputElement];
  private readonly names: readonly [HTMLOutputElement, HTMLOutputElement];
  private readonly note = document.createElement("span");
  private frame = 0;

  constructor(
    box: HTMLElement,
    private readonly months: Months,
    private readonly listener: Listener,
  ) {
    this.svg.setAttribute("aria-hidden", "true"); // the sliders say the same
    const [from, to] = [slider("From month", months), slider("Until month", months)];
    to.input.value = to.input.max;
    this.ends = [from.input, to.input];
    this.names = [from.output, to.output];
    const all = document.createElement("button");
    all.type = "button";
    all.className = "quiet";
    all.textContent = "All time";
    all.addEventListener("click", () => this.choose(null, true));
    const row = document.createElement("div");
    row.className = "map-ends";
    row.append(from.label, to.label, all, this.note);
    this.note.className = "open";
    this.note.textContent = [
      "Light bars: incidents whose date is not known to the month.",
      months.undated > 0 ? `${months.undated} without any date are left out while a stretch is chosen.` : "",
    ].join(" ");
    box.append(this.svg, row);
    for (const end of this.ends) {
      end.addEventListener("input", () => this.choose(this.slid(end), false));
      end.addEventListener("change", () => this.choose(this.slid(end), true));
    }
    this.listenToDragging();
    new ResizeObserver(() => this.draw()).observe(this.svg);
    this.show();
  }

  private get last(): number {
    return this.months.sure.length - 1;
  }

  /** The stretch between the sliders; the one that moved pushes the other. */
  private slid(moved: HTMLInputElement): Span | null {
    const [first, last] = this.ends;
    if (first.valueAsNumber > last.valueAsNumber) (moved === first ? last : first).value = moved.value;
    return this.stretch(first.valueAsNumber, last.valueAsNumber);
  }

  private stretch(one: number, other: number): Span | null {
    const [from, to] = [Math.max(0, Math.min(one, other)), Math.min(this.last, Math.max(one, other))];
    return from === 0 && to === this.last ? null : { from: from + this.months.first, to: to + this.months.first };
  }

  private choose(span: Span | null, settled: boolean): void {
    this.span = span;
    this.show();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => (settled ? this.listener.settled(span) : this.listener.moved(span)));
  }

  private listenToDragging(): void {
    let anchor: number | null = null;
    const monthAt = (event: PointerEvent): number => {
      const { left, width } = this.svg.getBoundingClientRect();
      return Math.max(0, Math.min(this.last, Math.floor(((event.clientX - left) / width) * (this.last + 1))));
    };
    this.svg.addEventListener("pointerdown", (event) => {
      anchor = monthAt(event);
      this.svg.setPointerCapture(event.pointerId);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (anchor !== null && monthAt(event) !== anchor) this.choose(this.stretch(anchor, monthAt(event)), false);
    });
    this.svg.addEventListener("pointerup", (event) => {
      if (anchor !== null) this.choose(monthAt(event) === anchor ? null : this.stretch(anchor, monthAt(event)), true);
      anchor = null;
    });
  }

  /** Bring sliders, names and the shaded stretch in line with what is chosen. */
  private show(): void {
    const { first } = this.months;
    const values = this.span === null ? [0, this.last] : [this.span.from - first, this.span.to - first];
    this.ends.forEach((end, at) => {
      end.value = String(values[at]);
      const name = monthName((values[at] ?? 0) + first);
      end.setAttribute("aria-valuetext", name);
      const output = this.names[at];
      if (output) output.value = name;
    });
    this.mark();
  }

  /** Shade the stretch that is chosen. */
  private mark(): void {
    this.chosen.style.display = this.span === null ? "none" : "";
    if (this.span === null) return;
    const { first, sure } = this.months;
    const month = this.svg.clientWidth / sure.length;
    this.chosen.setAttribute("x", ((this.span.from - first) * month).toFixed(1));
    this.chosen.setAttribute("width", ((this.span.to - this.span.from + 1) * month).toFixed(1));
  }

  private draw(): void {
    const width = this.svg.clientWidth;
    if (width === 0) return;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    const { first, sure, may } = this.months;
    const each = Math.max(1, Math.ceil((sure.length * NARROWEST) / width));
    const [solid, light]: [number[], number[]] = [[], []];
    for (let month = 0; month < sure.length; month += each) {
      solid.push(sum(sure.slice(month, month + each)));
      light.push(Math.max(...may.slice(month, month + each)));
    }
    const high = Math.max(1, ...solid.map((n, bar) => n + (light[bar] ?? 0)));
    const bar = (width / sure.length) * each;
    const room = HEIGHT - AXIS;
    const parts: SVGElement[] = [];
    solid.forEach((n, at) => {
      const [tall, more] = [(n / high) * room, ((light[at] ?? 0) / high) * room];
      if (more > 0) parts.push(rectangle("bar-may", at * bar, room - tall - more, bar - 0.5, more));
      if (tall > 0) parts.push(rectangle("bar-sure", at * bar, room - tall, bar - 0.5, tall));
    });
    const years = Math.ceil((YEAR_ROOM * sure.length) / width / 12);
    for (let month = (12 - (first % 12)) % 12; month < sure.length; month += 12) {
      const year = Math.floor((first + month) / 12);
      if (year % years !== 0) continue;
      const x = (month / sure.length) * width;
      parts.push(line("year", x, room, x, HEIGHT));
      parts.push(words("year-name", x + 3, HEIGHT - 3, String(year)));
    }
    this.svg.replaceChildren(...parts, this.chosen);
    this.mark();
  }
}

function slider(name: string, months: Months): { label: HTMLLabelElement; input: HTMLInputElement; output: HTMLOutputElement } {
  const [label, input, output] = [document.createElement("label"), document.createElement("input"), document.createElement("output")];
  input.type = "range";
  input.min = "0";
  input.max = String(months.sure.length - 1);
  label.append(name, input, output);
  return { label, input, output };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

function element(name: string, kind: string, facts: Readonly<Record<string, number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  made.setAttribute("class", kind);
  for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value.toFixed(1));
  return made;
}

function rectangle(kind: string, x: number, y: number, width: number, height: number): SVGElement {
  return element("rect", kind, { x, y, width: Math.max(0.5, width), height });
}

function line(kind: string, x1: number, y1: number, x2: number, y2: number): SVGElement {
  return element("line", kind, { x1, y1, x2, y2 });
}

function words(kind: string, x: number, y: number, text: string): SVGElement {
  const made = element("text", kind, { x, y });
  made.textContent = text;
  return made;
}
