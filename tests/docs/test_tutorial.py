"""The commands of the first hour, run one after the other as the page gives them: on sample reports and on a PDF."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs_pages import blocks, page
from reportlab.pdfgen.canvas import Canvas

from khabar.cli.main import main
from khabar.samples import sample_folder

_REPORTS = (
    "quetta-college-first.txt", "quetta-college-toll.txt", "sehwan-first.txt", "shah-noorani.txt",
    "jamaat-ul-ahrar-split.txt", "analysis-khorasan.txt", "annual-totals.txt", "denial-of-presence.txt",
)  # fmt: skip
_SENTENCE = "QUETTA: Gunmen killed 14 traders in a bazaar in Quetta on 3 March 2016, police said on Friday."
_GED = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,country,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n"
    "901,3,Red Lantern Front,Civilians,1,Quetta town,Balochistan,30.18,67.0,Pakistan,1,1,2016-03-03,2016-03-03,"
    "0,0,14,0,14,14,14\n"
)
_CASE = (
    "cases:\n  - id: bazaar\n    text: Gunmen killed 14 traders in Quetta on Monday.\n    published: 2016-03-08\n"
    "    claims:\n      - {kind: event, quote: Gunmen killed 14 traders, type: armed_assault, killed: [14, 14, 14]}\n"
)
_STAY = ("serve",)  # runs until it is stopped; the browser tests open it


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the page takes for granted: a folder of articles, an export, a journal, a data set, cases of one's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KHABAR_PROCESSES", "1")
    for name in ("my-articles", "journal-may", "my-cases/cases"):
        (tmp_path / name).mkdir(parents=True)
    for name in _REPORTS:
        shutil.copy(sample_folder() / name, tmp_path / "my-articles")
    (tmp_path / "my-articles" / "names.txt").write_text(
        "Jundullah claimed a bombing in Peshawar that killed five people. Jundallah claimed an attack in Zahedan.\n"
    )
    own = Canvas(str(tmp_path / "my-articles" / "own.pdf"))
    own.drawString(40, 780, _SENTENCE)
    own.save()
    (tmp_path / "export.csv").write_text(
        'Full story,Kopf,Day\n"A bomb in Kabul killed 3 people on Monday.",Bomb,2016-05-10\n'
    )
    (tmp_path / "journal-may" / "one.txt").write_text(
        "In April the Red Lantern Front split from the Union of Lanterns.\n"
    )
    (tmp_path / "GEDEvent.csv").write_text(_GED)
    (tmp_path / "report.txt").write_text(_SENTENCE)
    (tmp_path / "my-cases" / "cases" / "mine.yml").write_text(_CASE)
    return tmp_path


def _commands() -> Iterator[list[str]]:
    """Every command of the page, in its order, without what stays open."""
    for block in blocks(page("docs/first-hour.md")):
        for line in block.text.splitlines():
            for command in line.split(" && "):
                words = shlex.split(command, comments=True)
                if words[:1] == ["khabar"] and words[1] not in _STAY:
                    yield words[1:]


def _run(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints; it must end well."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr()
    assert not ended.value.code, f"khabar {shlex.join(words)}: {said.err}"
    return said.out


def test_every_command_of_the_first_hour_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = 0
    claim = ""
    stands_for: dict[str, str] = {}
    for words in _commands():
        if words[0] in ("show", "judge", "review"):  # an incident's id changes when reports join or leave it
            stands_for, claim = _ids(claim, capsys)
        _run([stands_for.get(word, word) for word in words], capsys)
        ran += 1
    assert ran > 25
    assert "14" in (folder / "claims.jsonl").read_text(encoding="utf-8")
    assert (folder / "october.pdf").read_bytes().startswith(b"%PDF")


def _ids(claim: str, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, str], str]:
    """The ids that the page makes up with those of this base that play their parts; the claim stays the same."""
    told = [json.loads(line) for line in _run(["incidents", "-f", "jsonl"], capsys).splitlines()]
    told.sort(key=lambda i: -len(i["claims"]))
    claim = claim or next(value["claims"][0] for value in told[0]["values"]["killed"])
    one = next((i for i in told if claim in i["claims"]), told[0])  # a corrected claim gives way to another
    other = next(i for i in told if i is not one)
    text = page("docs/first-hour.md")
    merged = re.search(r"khabar judge merge (\w{6}) (\w{6})", text)
    split = re.search(r"khabar judge split (\w{6}) (\w{8})", text)
    assert merged is not None
    assert split is not None
    return {merged[1]: one["id"], merged[2]: other["id"], split[1]: one["id"], split[2]: claim}, claim
