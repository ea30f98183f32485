from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from khabar.evaluation.geowebnews import read_articles, score_articles
from khabar.reading.gazetteer import open_gazetteer
from khabar.settings import load_settings

TEXT = "Two men were shot in Quetta. An Afghan bank & Co is in Kandahar. Mr Lahore left. Mount Zzyzx fell."
# words, type, GeoNames id, latitude, longitude
MARKED = [
    ("Quetta", "Literal", "1167528", "30.2", "67"),
    ("Afghan", "Non_Literal_Modifier", "1149361", "33", "66"),
    ("Kandahar", "Literal", "1", "0", "0"),
    ("Lahore", "Homonym", "", "", ""),
    ("Zzyzx", "Literal", "", "", ""),
]


def toponym(words: str, kind: str, number: str, latitude: str, longitude: str) -> str:
    start = TEXT.index(words)
    fields = {
        "extractedName": words, "type": kind, "start": str(start), "end": str(start + len(words)),
        "geonamesID": number, "latitude": latitude, "longitude": longitude,
    }  # fmt: skip
    return "<toponym>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items() if v) + "</toponym>"


def test_resolving_and_finding_are_counted_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "gold.xml"
    marked = "".join(toponym(*row) for row in MARKED)
    xml = f"<articles><article><text>{escape(TEXT)}</text><toponyms>{marked}</toponyms></article></articles>"
    path.write_text(xml, encoding="utf-8")
    (article,) = read_articles(path)
    assert [article.text[t.start : t.end] for t in article.toponyms] == [row[0] for row in MARKED]
    gazetteer = open_gazetteer(load_settings().cache)
    outcome = score_articles([article], gazetteer)
    gazetteer.close()
    linked, named, known, same, found, near = outcome.figures
    assert (linked.size, round(linked.value, 3)) == (3, 0.667)  # Kandahar is not at 0, 0
    assert (named.size, named.value) == (2, 0.5)
    assert (known.size, known.note.split(" ")[0]) == (3, "0")
    assert (same.size, round(same.value, 3)) == (3, 0.667)
    assert (found.size, found.note) == (3, "P 1.00, R 0.67")  # Zzyzx is missed, and nobody takes Mr Lahore for a place
    assert (near.size, near.value) == (2, 0.5)
    (slip,) = outcome.slips
    assert (slip.what, slip.kind, slip.cause) == (
        "Kandahar",
        "wrong",
        "the gazetteer has other places of that name only",
    )
