/** How the map looks. Invariant: every colour is a token of the page; letters are drawn with fonts of the system. */

/** Colours as the browser resolves them, light or dark. */
export type Colours = Readonly<Record<"water" | "land" | "line" | "ink" | "shown" | "whole" | "extent" | "point", string>>;

const TOKENS: Colours = {
  water: "--sunk", land: "--raised", line: "--line-strong", ink: "--ink", shown: "--cat-1", whole: "--cat-5", extent: "--cat-4", point: "--cat-2",
};
const OPACITY = [0.18, 0.32, 0.46, 0.6, 0.75] as const;

/** Letters of labels and of numbers in signs. */
export const [LABEL, NUMBER] = ["12px system-ui, sans-serif", "10.5px system-ui, sans-serif"];

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

/** How dark an area with so many incidents is. */
export function opacityOf(n: number, steps: readonly number[]): number {
  return n === 0 ? 0 : (OPACITY[steps.filter((step) => n >= step).length] ?? OPACITY[OPACITY.length - 1] ?? 1);
}
