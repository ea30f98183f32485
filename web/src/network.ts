/**
 * Makes the network easier to read: pointing at a group lights up its ties and neighbours; dragging moves the sheet,
 * the wheel with Ctrl and the buttons make it larger and smaller.
 */
export function pointAtGroups(section: HTMLElement): void {
  const sheet = section.querySelector<SVGSVGElement>("svg.network");
  const scroller = section.querySelector<HTMLElement>(".sheet");
  if (!sheet || !scroller) return;
  lightUp(sheet);
  const view = new View(sheet);
  scroller.before(tools(view));
  sheet.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return; // without Ctrl the wheel moves the page
      event.preventDefault();
      view.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY);
    },
    { passive: false },
  );
  drag(sheet, view);
}

/** What part of the sheet is in view. */
class View {
  private readonly whole: readonly [number, number, number, number];
  private box: [number, number, number, number];

  constructor(private readonly sheet: SVGSVGElement) {
    const { x, y, width, height } = sheet.viewBox.baseVal;
    this.whole = [x, y, width, height];
    this.box = [x, y, width, height];
  }

  reset(): void {
    this.show([...this.whole]);
  }

  /** Larger (factor below 1) or smaller, around a point of the screen, else around the middle. */
  zoom(factor: number, clientX?: number, clientY?: number): void {
    const [x, y, width, height] = this.box;
    const rect = this.sheet.getBoundingClientRect();
    const fx = clientX === undefined ? 0.5 : (clientX - rect.left) / rect.width;
    const fy = clientY === undefined ? 0.5 : (clientY - rect.top) / rect.height;
    const wide = Math.min(this.whole[2], Math.max(this.whole[2] / 8, width * factor));
    const high = (wide * this.whole[3]) / this.whole[2];
    this.show([x + (width - wide) * fx, y + (height - high) * fy, wide, high]);
  }

  /** Moves by pixels of the screen. */
  pan(dx: number, dy: number): void {
    const [x, y, width, height] = this.box;
    const scale = width / this.sheet.getBoundingClientRect().width;
    this.show([x - dx * scale, y - dy * scale, width, height]);
  }

  private show(box: [number, number, number, number]): void {
    const [left, top, wide, high] = this.whole;
    const x = Math.min(Math.max(box[0], left), left + wide - box[2]);
    const y = Math.min(Math.max(box[1], top), top + high - box[3]);
    this.box = [x, y, box[2], box[3]];
    this.sheet.setAttribute("viewBox", this.box.map((n) => n.toFixed(1)).join(" "));
  }
}

function lightUp(sheet: SVGSVGElement): void {
  const nodes = [...sheet.querySelectorAll<SVGAElement>("[data-node]")];
  const ties = [...sheet.querySelectorAll<SVGElement>("[data-one]")];
  const point = (key: string | null): void => {
    const near = new Set(key === null ? [] : [key]);
    for (const tie of ties) {
      const { one = "", other = "" } = tie.dataset;
      const touches = key !== null && (one === key || other === key);
      tie.classList.toggle("near", touches);
      if (touches) near.add(one).add(other);
    }
    for (const node of nodes) node.classList.toggle("near", near.has(node.dataset["node"] ?? ""));
    sheet.classList.toggle("pointed", key !== null);
  };
  for (const node of nodes) {
    node.addEventListener("pointerenter", () => point(node.dataset["node"] ?? null));
    node.addEventListener("pointerleave", () => point(null));
  }
}

function drag(sheet: SVGSVGElement, view: View): void {
  let last: { x: number; y: number } | null = null;
  let moved = false;
  sheet.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return; // fingers scroll
    last = { x: event.clientX, y: event.clientY };
    moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!last) return;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    view.pan(dx, dy);
    last = { x: event.clientX, y: event.clientY };
  });
  window.addEventListener("pointerup", () => {
    last = null;
  });
  sheet.addEventListener("dragstart", (event) => event.preventDefault());
  sheet.addEventListener("click", (event) => {
    if (moved) event.preventDefault(); // the end of a drag opens nothing
  });
}

function tools(view: View): HTMLElement {
  const box = document.createElement("div");
  box.className = "network-tools";
  const buttons: readonly (readonly [string, string, () => void])[] = [
    ["+", "Larger", () => view.zoom(1 / 1.4)],
    ["−", "Smaller", () => view.zoom(1.4)],
    ["Whole sheet", "", () => view.reset()],
  ];
  for (const [text, name, act] of buttons) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "quiet", textContent: text });
    if (name) button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    box.append(button);
  }
  return box;
}
