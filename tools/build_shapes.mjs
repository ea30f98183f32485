// Pieces and memberships to a simplified, quantised topology: node tools/build_shapes.mjs GIVEN.json MADE.json
// Called by tools/build_shapes.py. Borders are simplified once, for all units that share them, so no gaps arise.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { topology } = require("topojson-server");
const { mergeArcs, quantize } = require("topojson-client");
const { presimplify, simplify, filter, filterWeight, sphericalTriangleArea, sphericalRingArea } = require("topojson-simplify");

const EARTH_KM2 = 6371 ** 2; // a steradian in square kilometres
const DETAIL_KM2 = 30; // corners whose triangle is smaller are cut off
const ISLAND_KM2 = 25; // smaller islands are left out where their unit has others
const GRID = 40_000; // steps of the quantisation: 0.8 km at the equator

const [given, made] = process.argv.slice(2);
const { pieces, members } = JSON.parse(readFileSync(given, "utf8"));

let world = topology({ pieces });
world = presimplify(world, sphericalTriangleArea);
world = simplify(world, DETAIL_KM2 / EARTH_KM2);
world = filter(world, keepLargest(world, filterWeight(world, ISLAND_KM2 / EARTH_KM2, sphericalRingArea)));
const byId = new Map(world.objects.pieces.geometries.map((piece) => [piece.id, piece]));

for (const [name, units] of Object.entries(members)) {
  const geometries = units.map(({ id, pieces: numbers, ...properties }) => ({
    ...mergeArcs(world, numbers.map((n) => byId.get(n)).filter((piece) => piece?.type)),
    id,
    properties,
  }));
  world.objects[name] = { type: "GeometryCollection", geometries: geometries.filter((g) => g.arcs.length > 0) };
}
delete world.objects.pieces;
writeFileSync(made, JSON.stringify(quantize(prune(world), GRID)));

/** A ring stays if it is large, or if the piece would vanish without it: then its largest ring stays. */
function keepLargest(_world, large) {
  return (ring, interior) => large(ring, interior) || (!interior && sphericalRingArea(ring, false) > 0.5 / EARTH_KM2);
}

/** The topology without the arcs that merging made superfluous. */
function prune(topologyOf) {
  const renumbered = new Map();
  const arcs = [];
  const one = (arc) => {
    const at = arc < 0 ? ~arc : arc;
    if (!renumbered.has(at)) renumbered.set(at, arcs.push(topologyOf.arcs[at]) - 1);
    return arc < 0 ? ~renumbered.get(at) : renumbered.get(at);
  };
  const walk = (list) => list.map((item) => (Array.isArray(item) ? walk(item) : one(item)));
  for (const object of Object.values(topologyOf.objects)) {
    for (const geometry of object.geometries) geometry.arcs = walk(geometry.arcs);
  }
  return { type: "Topology", objects: topologyOf.objects, arcs };
}
