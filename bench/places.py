"""Measures the place finder: GeoWebNews (finding and resolving), UCDP GED Pakistan (unit and distance), speed and size.

    python bench/places.py [--misses N]

Data is read from the folder named by KHABAR_SHARED, or ../shared beside the project; nothing of it is kept.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from khabar.reading.gazetteer import Candidate, Gazetteer, open_gazetteer
from khabar.reading.gazetteer_build import build_gazetteer
from khabar.reading.place_choice import distance_km
from khabar.reading.place_words import place_words
from khabar.reading.places import PlaceContext, find_places, locate_names
from khabar.records import Place
from khabar.settings import load_settings

SHARED = Path(os.environ.get("KHABAR_SHARED") or Path(__file__).resolve().parents[2] / "shared")
# Kinds of toponym that name a place where something can be; demonyms, languages and homonyms are not looked for.
LITERAL = {"Literal", "Mixed", "Coercion", "Literal_Modifier", "Embedded_Literal", "Metonymic"}
ANY = LITERAL | {"Non_Literal_Modifier", "Embedded_Non_Lit"}
DEFINITE = {f"the {what}" for what in ("country", "city", "province", "town", "district", "village")}


def at(latitude: float, longitude: float) -> Candidate:
    return Candidate(0, "", "", None, None, None, latitude, longitude, 0, None, None, capital=False)


def km(place: Place, latitude: float, longitude: float) -> float | None:
    if place.latitude is None or place.longitude is None:
        return None
    return distance_km(at(place.latitude, place.longitude), at(latitude, longitude))


def articles() -> list[tuple[str, list[dict[str, str]]]]:
    root = ET.parse(SHARED / "data" / "geo" / "geowebnews.xml").getroot()  # noqa: S314 a file of ours
    return [(a.findtext("text") or "", [{f.tag: f.text or "" for f in t} for t in a.iter("toponym")]) for a in root]


def geowebnews(gazetteer: Gazetteer, misses: int) -> None:
    adjectives = set(place_words().demonyms)
    tally: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    unfound: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for text, toponyms in articles():
        gold = [t for t in toponyms if t["type"] in ANY and t.get("geonamesID") and t.get("latitude")]
        spans = sorted({(int(t["start"]), int(t["end"])) for t in gold})
        spans = [s for i, s in enumerate(spans) if i == 0 or s[0] >= spans[i - 1][1]]
        by_span = {(int(t["start"]), int(t["end"])): t for t in gold}
        for span, mention in zip(spans, locate_names(text, spans, gazetteer), strict=True):
            t = by_span[span]
            near = km(mention.place, float(t["latitude"]), float(t["longitude"])) if mention else None
            same = mention is not None and str(mention.place.id) == t["geonamesID"]
            ok = same or (near is not None and near <= 161)
            tally["linked"] += 1
            tally["right"] += ok
            tally["right by distance"] += near is not None and near <= 161
            tally["same id"] += same
            if not ok:
                given = f"{mention.place.name}/{mention.place.country}" if mention else "-"
                key = f"{t['extractedName']} -> {given} (gold {t['normalisedName']} {t['latitude']},{t['longitude']})"
                wrong[key] += 1
        found = find_places(text, [], gazetteer)
        every = [(int(t["start"]), int(t["end"])) for t in toponyms if t["type"] in ANY]
        for t in gold:
            if t["type"] not in LITERAL or t["extractedName"].lower() in adjectives:
                continue  # a demonym is no place by our convention
            hit = any(m.start < int(t["end"]) and int(t["start"]) < m.end for m in found)
            tally["to find"] += 1
            tally["found"] += hit
            if not hit:
                unfound[t["extractedName"]] += 1
        for m in found:
            if m.text.lower() in DEFINITE:
                continue
            good = any(m.start < b and a < m.end for a, b in every)
            tally["given"] += 1
            tally["given right"] += good
            if not good:
                false[m.text + " -> " + m.place.name + "/" + str(m.place.country)] += 1
    linked = tally["linked"]
    print(f"GeoWebNews: {linked} linked toponyms: Acc@161km or same id {tally['right'] / linked:.3f}")
    print(f"  distance alone {tally['right by distance'] / linked:.3f}, same id {tally['same id'] / linked:.3f}")
    print(f"  finding: recall {tally['found'] / tally['to find']:.3f} of {tally['to find']}")
    print(f"  finding: precision {tally['given right'] / tally['given']:.3f} of {tally['given']}")
    for title, counter in (("wrong", wrong), ("not found", unfound), ("false", false)):
        for name, count in counter.most_common(misses):
            print(f"    {title}: {count} {name}")


def ged(gazetteer: Gazetteer, misses: int, size: int = 600) -> None:
    with (SHARED / "data" / "ged" / "ged_pakistan_1989_2014.csv").open(encoding="utf-8") as stream:
        rows = [r for r in csv.DictReader(stream) if r["where_prec"] in "123" and r["adm_1"] and r["date_start"]]
    tally: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in random.Random(1).sample(rows, size):  # noqa: S311 a sample for measuring
        parts = [row["where_coordinates"], row["adm_2"], row["adm_1"], "Pakistan"]
        text = "Men were killed in " + ", ".join(p for p in parts if p) + "."
        mentions = find_places(text, [], gazetteer, PlaceContext(row["date_start"][:10]))
        tally["rows"] += 1
        if not mentions:
            continue
        place = mentions[0].place
        unit = row["adm_1"].lower().split(" p")[0].replace("khyber pakhtunkwa", "khyber pakhtunkhwa")
        same = place.admin1 is not None and (
            unit in place.admin1.lower().replace("and", "&") or unit in place.admin1.lower()
        )
        away = km(place, float(row["latitude"]), float(row["longitude"]))
        tally["unit"] += same
        tally["near"] += away is not None and away <= 25
        if not same or away is None or away > 25:
            wrong[f"{parts[:3]} -> {place.name} {place.kind} {place.admin1} {away and round(away)} km"] += 1
    print(f"GED Pakistan: {tally['rows']} rows: first-order unit {tally['unit'] / tally['rows']:.3f},"
          f" within 25 km {tally['near'] / tally['rows']:.3f}")  # fmt: skip
    for name, count in wrong.most_common(misses):
        print(f"    wrong: {count} {name}")


def speed(gazetteer: Gazetteer) -> None:
    text = [t for t, _ in articles()]
    size = sum(len(t.encode()) for t in text)
    start = time.process_time()
    count = sum(len(find_places(t, [], gazetteer)) for t in text)
    took = time.process_time() - start
    print(f"Speed: {size / took / 1e6:.2f} MB a second of processor time over {size / 1e6:.2f} MB, {count} mentions")


def building() -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "gazetteer.db"
        start = time.perf_counter()
        build_gazetteer(target, "bench")
        print(f"Building: {time.perf_counter() - start:.1f} s, {target.stat().st_size / 1e6:.0f} MB")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", type=int, default=0, help="show this many misses of each kind")
    options.add_argument("--build", action="store_true", help="also time the compilation")
    chosen = options.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cache = load_settings().cache
    open_gazetteer(cache).close()
    start = time.perf_counter()
    gazetteer = open_gazetteer(cache)
    print(f"Opening: {(time.perf_counter() - start) * 1000:.0f} ms")
    speed(gazetteer)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"Memory: {(after - before) / 1024:.0f} MB more than before opening")
    geowebnews(gazetteer, chosen.misses)
    ged(gazetteer, chosen.misses)
    if chosen.build:
        building()


if __name__ == "__main__":
    main()
