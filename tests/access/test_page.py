"""Who may see a report, changed on its page."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from access.made import SETTINGS, named, read, resolve
from khabar.access import Clearances
from khabar.serve.app import create_app
from khabar.store import open_store


def test_a_report_is_restricted_on_its_page_by_who_can_see_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "k.db") as base:
        for number in range(4):
            read(base, number, ("north",) if number == 2 else ())
        resolve(base)
        views = Clearances(base, SETTINGS)
        nobody = frozenset[str]()
        with TestClient(create_app(views.view(nobody), desk=views.desk(nobody), user="amal")) as client:
            sent = client.post(f"/documents/{named(1)}/access", data={"groups": "south, north"}, follow_redirects=False)
            assert sent.status_code == 303
            assert base.restrictions()[named(1)] == ("north", "south")
            assert client.post(f"/documents/{named(2)}/access", data={"groups": ""}).status_code == 404
            assert client.post(f"/documents/{named(3)}/access", data={"groups": "x" * 61}).status_code == 422
            assert base.restrictions()[named(2)] == ("north",)
        views.close()
