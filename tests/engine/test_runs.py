"""`khabar run` over every engine: the same base, byte for byte; a bad document costs itself, and is set aside."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from command import khabar
from copies import copied
from khabar import pipeline
from khabar.coding import coder_of
from khabar.settings import Settings, load_settings
from khabar.store import open_store
from khabar.store.questions import DocumentFilter

sys.path.insert(0, str(Path(__file__).parent))
from poison import Poisoned

REPORTS = (
    "A car bomb killed 12 people in Kandahar on 4 March 2018. The Grey Falcon Front claimed the attack.",
    "Police said gunmen shot dead two teachers in Quetta on 5 March 2018, and blamed the Grey Falcon Front.",
    "The minister denied on 6 March 2018 that the Grey Falcon Front is present in Punjab.",
    "Farmers brought in the wheat early this year. Prices are lower than last spring.",
    "At least 29 were wounded when a roadside bomb hit a bus near Mardan on Tuesday, officials said.",
    "The Blue River Brigade pledged allegiance to the Grey Falcon Front in May 2018, a statement said.",
)
ENGINES = {
    "one process": ("--processes", "1"),
    "two processes": ("--processes", "2"),
    "ray": ("--engine", "ray", "--processes", "2"),
}


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of some forty reports that nobody has read yet."""
    folder = tmp_path_factory.mktemp("added")
    lines = (
        json.dumps({"id": f"{n}", "text": f"Report {n}.\n\n{text}", "published": "2018-06-01"})
        for n, text in enumerate(REPORTS * 7)
    )
    (folder / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    khabar(folder, "add", "reports.jsonl", "--store", "new.db")
    return folder / "new.db"


def _told(added: Path, folder: Path, *options: str, **env: str) -> dict[str, str]:
    """What a base holds after `khabar run`, in all the ways it can be told."""
    folder.mkdir()
    copied(added, folder / "k.db")
    khabar(folder, "run", "--store", "k.db", *options, env={**os.environ, **env})
    asked = (("claims", "--format", "jsonl"), ("incidents", "--format", "jsonl"), ("export", "csv"))
    told = {name: khabar(folder, name, *rest, "--store", "k.db").stdout for name, *rest in asked}
    with closing(sqlite3.connect(folder / "k.db")) as base:
        rows = base.execute("SELECT id, document, start, data FROM claims ORDER BY id").fetchall()
    return {**told, "rows": "\n".join(map(str, rows))}


@pytest.fixture(scope="module")
def here(added: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The base that this process makes by itself, without engines or limits."""
    folder = tmp_path_factory.mktemp("here") / "base"
    return _told(added, folder, "--processes", "1", "--timeout", "0", "--memory", "0")


@pytest.mark.parametrize("engine", ["one process", "two processes", pytest.param("ray", marks=pytest.mark.slow)])
def test_every_engine_makes_the_same_base(
    engine: str, added: Path, here: dict[str, str], ray_path: str, tmp_path: Path
) -> None:
    if engine == "ray":
        pytest.importorskip("ray", reason="Ray is not installed (pip install 'khabar[ray]')")
    assert _told(added, tmp_path / "base", *ENGINES[engine], PYTHONPATH=ray_path) == here
    assert here["rows"].count("Grey Falcon Front") > 20


@pytest.mark.slow
def test_a_bad_document_costs_itself_and_is_set_aside(tmp_path: Path) -> None:
    _poison(tmp_path, replace(load_settings(), processes=2))


@pytest.mark.slow
def test_so_it_is_on_a_cluster(cluster: None, tmp_path: Path) -> None:
    _poison(tmp_path, replace(load_settings(), processes=2, engine="ray"))


def _poison(folder: Path, settings: Settings) -> None:
    """Four bad documents among good ones, four runs."""
    words = {"KILL": "twice", "HANG": "longer than 10 seconds", "RAISE": "It cannot be read.", "EAT": "more than 1 GB"}
    texts = [f"{word}: {REPORTS[0]}" for word in words] + [f"{n}. {text}" for n, text in enumerate(REPORTS * 7)]
    (folder / "r.jsonl").write_text(
        "\n".join(json.dumps({"id": t.split()[0], "text": t}) for t in texts), encoding="utf-8"
    )
    settings = replace(settings, timeout=10.0, memory=1.0)
    with pytest.MonkeyPatch.context() as patch, open_store(folder / "k.db") as base:
        patch.setattr(pipeline, "coder_of", lambda given: Poisoned(coder_of(given)))
        pipeline.add(base, [folder / "r.jsonl"])
        ran = pipeline.run(base, settings)
        assert (ran.read, ran.aside) == (len(texts) - len(words), 0)
        failed = {d.external_id: d.message or "" for d in base.document_list(DocumentFilter(states=("failed",)))}
        assert len(failed) == len(ran.failed) == len(words)
        for word, said in words.items():
            assert said in failed[f"{word}:"]
        assert base.overview().claims["event"] > 0
        for tried in (2, 3):  # only the bad ones come again
            ran = pipeline.run(base, settings)
            assert (ran.read, len(ran.failed), ran.aside) == (
                0,
                len(words),
                len(words) if tried == pipeline.TRIES else 0,
            )
        ran = pipeline.run(base, settings)
        assert (ran.read, ran.failed, ran.aside) == (0, [], len(words))
        patch.undo()  # the step is mended
        ran = pipeline.run(base, settings, again=True)
        assert (ran.read, ran.failed, ran.aside) == (len(words), [], 0)


def test_where_no_cluster_answers_it_is_said_at_once(added: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'khabar[ray]')")
    copied(added, tmp_path / "k.db")
    done = khabar(tmp_path, "run", "--store", "k.db", "--address", "127.0.0.1:1", code=1)
    assert "no Ray cluster answers at 127.0.0.1:1. Start one with `ray start --head`" in done.stderr


def test_where_ray_is_not_installed_the_remedy_is_said(added: Path, tmp_path: Path) -> None:
    (tmp_path / "ray.py").write_text("raise ImportError", encoding="utf-8")
    copied(added, tmp_path / "k.db")
    done = khabar(
        tmp_path, "run", "--store", "k.db", "--engine", "ray", code=1, env={**os.environ, "PYTHONPATH": str(tmp_path)}
    )
    assert "the ray engine needs Ray. Install it with: pip install 'khabar[ray]'" in done.stderr


def test_nothing_is_sent_to_the_makers_of_ray(cluster: None) -> None:
    usage = pytest.importorskip("ray._common.usage.usage_lib", reason="this Ray tells of its usage elsewhere")
    assert not usage.usage_stats_enabled()
