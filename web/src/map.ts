/**
 * The map island. Invariant: counts and outlines are asked for at once, while the code that draws is still on its way.
 */

import type { Sources } from "./map/drawing";

/** Mounts the map on its section of the page. */
export function drawMap(section: HTMLElement): void {
  performance.mark("map-start");
  const sources: Sources = { counts: json(section.dataset["counts"]), outlines: json(section.dataset["shapes"]) };
  void import("./map/drawing").then(({ IncidentMap }) => new IncidentMap(section).start(sources));
}

async function json(address: string | undefined): Promise<unknown> {
  const answer = await fetch(address ?? "");
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
  return answer.json();
}
