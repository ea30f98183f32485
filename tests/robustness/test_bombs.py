"""Files that unpack, expand or go on without end: refused in one line, in bounded time and memory."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from documents.files import raw_pdf
from khabar.codebook.check import check_codebook
from khabar.documents import Origin, Problem, parse_all
from khabar.errors import CodebookError, DocumentError
from khabar.imports.lines import bounded_lines
from khabar.imports.shapes import open_reference, shape_named

_STORY = "Gunmen shot dead two policemen at a checkpoint in Kabul on Sunday, officials said."
_WORDS_OF_THE_MACHINE = "the-secret-of-the-machine"
_RELATIONS = "application/vnd.openxmlformats-officedocument"


def _parsed(data: bytes, file: str) -> list[str]:
    return ["!" if isinstance(item, Problem) else item.document.text for item in parse_all(data, Origin(file))]


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _word(body: bytes) -> bytes:
    """A Word file with this as its text part."""
    kinds = (
        b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        b"<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        b"<Override PartName='/word/document.xml' "
        b"ContentType='" + _RELATIONS.encode() + b".wordprocessingml.document.main+xml'/></Types>"
    )
    ties = (
        b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' "
        b"Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' "
        b"Target='word/document.xml'/></Relationships>"
    )
    return _packed({"[Content_Types].xml": kinds, "_rels/.rels": ties, "word/document.xml": body})


def _body(declared: bytes, words: bytes) -> bytes:
    return (
        b"<?xml version='1.0'?>" + declared + b"<w:document "
        b"xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>"
        + words + b"</w:t></w:r></w:p></w:body></w:document>"
    )  # fmt: skip


def _laughs(depth: int = 9) -> bytes:
    rows = b"".join(b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, depth))
    return b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + rows + b"]>"


@pytest.fixture
def secret(tmp_path: Path) -> bytes:
    path = tmp_path / "secret.txt"
    path.write_text(_WORDS_OF_THE_MACHINE)
    return f"<!DOCTYPE x [<!ENTITY x SYSTEM '{path.as_uri()}'>]>".encode()


def _try(data: bytes, file: str) -> str:
    begun = time.process_time()
    try:
        found = " ".join(_parsed(data, file))
    except DocumentError as problem:
        found = f"! {problem}"
        assert "\n" not in found
    assert time.process_time() - begun < 20
    return found


def test_a_word_file_is_read_and_its_entities_are_not_followed(secret: bytes) -> None:
    assert _try(_word(_body(b"", _STORY.encode())), "a.docx") == _STORY
    assert _WORDS_OF_THE_MACHINE not in _try(_word(_body(secret, _STORY.encode() + b" &x;")), "a.docx")
    assert len(_try(_word(_body(_laughs(), b"&a8;")), "a.docx")) < 10_000


def test_nor_those_of_a_feed(secret: bytes) -> None:
    feed = (
        b"<rss version='2.0'><channel><item><title>a</title><description>"
        + _STORY.encode()
        + b" %s</description></item></channel></rss>"
    )
    assert _STORY in _try(b"<?xml version='1.0'?>" + feed % b"", "a.rss")
    assert _WORDS_OF_THE_MACHINE not in _try(b"<?xml version='1.0'?>" + secret + feed % b"&x;", "a.rss")
    assert len(_try(b"<?xml version='1.0'?>" + _laughs() + feed % b"&a8;", "a.rss")) < 100_000


def test_nor_those_of_a_list(secret: bytes, tmp_path: Path) -> None:
    for declared in (secret, _laughs()):
        path = tmp_path / "list.xml"
        path.write_bytes(b"<?xml version='1.0'?>" + declared + b"<CONSOLIDATED_LIST>&x;&a8;</CONSOLIDATED_LIST>")
        with pytest.raises(DocumentError):
            list(open_reference(shape_named("un-list"), path)[1])


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": b"\0" * 60_000_000},
        {f"word/{n}.xml": b"" for n in range(6_000)} | {"word/document.xml": b""},
        {"word/document.xml": _packed({"inner.zip": _packed({"a": b"\0" * 50_000_000})}) * 2},
        {"../../../tmp/evil": b"x", "/etc/evil": b"x", "word/document.xml": b"<a/>"},
    ],
    ids=["ratio", "entries", "nested", "paths"],
)
def test_packed_traps_are_refused(parts: dict[str, bytes], tmp_path: Path) -> None:
    assert _try(_packed(parts), "a.docx").startswith("!")
    assert not Path("/tmp/evil").exists()


def test_a_stream_of_a_pdf_that_unpacks_without_end_is_given_up() -> None:
    once = zlib.compress(b" " * 400_000_000, 9)
    assert _try(raw_pdf(zlib.compress(b"BT /F 9 Tf (words) Tj ET")), "a.pdf") == "words"
    for packed in (raw_pdf(once), raw_pdf(zlib.compress(once, 9), b"[/FlateDecode/FlateDecode]")):
        assert len(_try(packed, "a.pdf")) < 10_000


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 20_000, "a: &a [*a]", "x" * 6_000_000], ids=["[", "{", "*", "x"]
)
def test_codebooks_without_an_end(text: str, tmp_path: Path) -> None:
    path = tmp_path / "book.yml"
    path.write_text(text)
    assert check_codebook(path)


def test_a_codebook_whose_aliases_multiply(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))]
    path = tmp_path / "book.yml"
    path.write_text("\n".join(rows))
    assert "too deeply or too large" in str(check_codebook(path)[0])
    from khabar.codebook.load import load_codebook

    with pytest.raises(CodebookError, match="too large"):
        load_codebook(path)


def test_lines_are_bounded() -> None:
    assert list(bounded_lines(io.StringIO("ab\ncd"), "x", 3)) == ["ab\n", "cd"]
    with pytest.raises(DocumentError, match="line 2 is longer than 3"):
        list(bounded_lines(io.StringIO("ab\nabcd\n"), "x", 3))


_PEAK = """
    import sys
    from pathlib import Path
    from khabar.documents import fetch, parse_all, Problem
    from khabar.errors import KhabarError
    from khabar.imports.shapes import open_reference, shape_named
    how, path = sys.argv[1], Path(sys.argv[2])
    try:
        if how == "add":
            for item in fetch([path]):
                list(parse_all(item.data, item.origin)) if not isinstance(item, Problem) else print(item)
        else:
            list(open_reference(shape_named(how), path)[1])
    except KhabarError as problem:
        print(problem)
    print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])  # kilobytes, at most
"""


@pytest.mark.parametrize(
    ("how", "ending"), [("add", "txt"), ("add", "jsonl"), ("ucdp-ged", "csv"), ("un-list", "jsonl")]
)
def test_a_line_of_three_hundred_megabytes_takes_no_more_memory_than_the_limit(
    how: str, ending: str, tmp_path: Path
) -> None:
    """Nothing is read beyond the limit of a file or line, so a larger one takes the same: 1 GB was tried by hand."""
    path = tmp_path / f"line.{ending}"
    with path.open("wb") as out:
        out.write(b'{"text": "' if ending == "jsonl" else b"a")
        for _ in range(300):
            out.write(b"a" * 1_000_000)
    said = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_PEAK), how, str(path)],
        capture_output=True, text=True, check=True, timeout=120,
    ).stdout.splitlines()  # fmt: skip
    assert len(said) == 2, said
    assert "larger than" in said[0] or "longer than" in said[0]
    assert int(said[1]) < 330_000, f"{said[1]} kB"
