"""The same commands over PostgreSQL: from nothing to a base that is listed, decided on and checked."""

from __future__ import annotations

import os
from pathlib import Path

from command import khabar
from servers import Server

REPORTS = {
    "one.txt": "Kabul, 3 March 2019. Gunmen shot dead two policemen at a checkpoint in Kabul on Sunday, police said.\n",
    "two.txt": "Herat, 9 May 2019. A roadside bomb killed four soldiers near Herat on Thursday, the army said.\n",
}


def test_a_base_on_a_server_from_nothing_to_a_decision(tmp_path: Path, pg_server: Server) -> None:
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pg_server.database(empty=True) as address:
        told = {**os.environ, "KHABAR_STORE": address, "KHABAR_FILES": str(tmp_path / "files"), "KHABAR_PROCESSES": "1"}

        def ran(*arguments: str, code: int = 0) -> str:
            return khabar(tmp_path, *arguments, env=told, code=code).stdout

        assert "There is no store in postgresql://" in ran("doctor")
        assert "no store in postgresql://" in khabar(tmp_path, "incidents", env=told, code=1).stderr
        khabar(tmp_path, "add", *REPORTS, env=told)
        assert "incidents       2" in ran("run")
        listed = ran("incidents", "--format", "jsonl").splitlines()
        assert len(listed) == 2
        keys = [line.split('"id": "')[1].split('"')[0] for line in listed]
        ran("judge", "different", *keys, "--by", "zoe")
        assert "zoe" in ran("judge", "list")
        assert "2 documents, " in ran("doctor")
        assert "No faults" in ran("check")
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["archive", "memory"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".txt") == ["files"]


def test_a_server_that_is_not_there_is_one_line_without_the_password(tmp_path: Path) -> None:
    address = "postgresql://zoe:se%20cret@127.0.0.1:9/khabar?connect_timeout=2"
    for command in (("incidents",), ("run",), ("doctor",), ("add", "-")):
        done = khabar(tmp_path, *command, code=1, env={**os.environ, "KHABAR_STORE": address}, input="")
        whole = done.stdout + done.stderr
        assert "postgresql://zoe@127.0.0.1:9/khabar" in whole
        assert "cannot be reached" in whole
        assert "cret" not in whole
