"""Every format from real files of it, and what bad ones give: one line that names the file and the remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.files import STORY, docx, locked, pdf, read, read_all, zip_bomb
from khabar.documents import Columns, Fetched, Origin, Parsed, ParseOptions, fetch, parse, parse_all
from khabar.errors import KhabarError
from khabar.records import Interval
from khabar.text import repaired_text, sha256

PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Blast in town | Example Times</title>
<meta name="author" content="Jane Roe"><meta property="og:site_name" content="Example Times">
<meta property="article:published_time" content="2019-04-12T10:00:00+05:00"></head>
<body><nav><a href="/">Home</a> <a href="/asia">Asia</a></nav><article><h1>Blast in town</h1>
<p>{STORY}</p><h2>Claims</h2><p>{STORY}</p><ul><li>Nine were killed, the police said.</li></ul></article>
<footer>Copyright 2019 Example Times</footer></body></html>"""

RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Example Times</title>
<item><title>Blast in &amp; near town</title><link>https://example.org/1</link><guid>a1</guid>
<pubDate>Mon, 24 Oct 2016 23:30:00 -0500</pubDate>
<description><![CDATA[<p>{STORY}</p><p>Officials <b>denied</b> it.</p><script>no()</script>]]></description></item>
<item><title>Empty</title><link>https://example.org/2</link></item>
<item><title>Raid</title><link>https://example.org/3</link><description>{STORY}</description></item>
</channel></rss>"""


def refusal(data: bytes, name: str) -> list[str]:
    """The message with which a file is refused, if it is."""
    try:
        list(parse_all(data, Origin(name)))
    except KhabarError as problem:
        return [str(problem)]
    return []


def parsed(data: bytes, name: str) -> list[Parsed]:
    """The documents of a file with their bytes; none of a file that is refused."""
    if refusal(data, name):
        return []
    return [item for item in parse_all(data, Origin(name)) if isinstance(item, Parsed)]


def test_plain_text_is_kept_to_the_code_point() -> None:
    raw = "\ufeffA title of the report\r\n\r\n".encode() + STORY.encode() + b"\r\n"
    document = read(raw)
    assert document.text == raw.decode("utf-8")
    assert document.id == sha256(raw)
    assert document.title == "A title of the report"
    assert read(f"## Nine killed in town\n\n{STORY}", "a.md").title == "Nine killed in town"


def test_a_page_gives_its_article_and_what_it_says_about_itself() -> None:
    document = read(PAGE, "page.html")
    assert (document.title, document.author, document.publisher) == ("Blast in town", "Jane Roe", "Example Times")
    assert (document.published, document.published_by) == (Interval("2019-04-12", "2019-04-12"), "metadata")
    assert "Claims" in document.text.split("\n\n")
    assert "Home" not in document.text
    assert "<" not in document.text


def test_a_page_is_known_by_content_under_another_name() -> None:
    assert read(PAGE, "page.txt").media_type == "text/html"
    assert read('<?xml version="1.0"?>\n' + PAGE, "-").media_type == "text/html"


def test_broken_pages_give_what_text_they_have() -> None:
    for markup in (
        f"<p>{STORY}<div><b>more",
        f"<html><body><table><tr><td>{STORY}",
        f"<html><![if x]><p>{STORY}</p><!-- never closed",
        "<html>" + "<div>" * 5000 + STORY,
    ):
        assert "car bomb" in read(markup, "page.html").text
    assert read("<html></html>", "page.html").unread == "no text"


def test_a_pdf_gives_its_pages_joined_and_its_own_heading_as_title() -> None:
    head = "Review of Conflict, No. 7"
    first = "The men of the first group crossed the river and reached the govern-"
    pages = [
        [head, "The Valley After the Truce", "", "By Jane Roe", "", "May 2017", "", first,
         "ment post at night, and nobody was hurt on that day, which all of the", "1"],
        [head, "elders put down to the rain. In the spring they came back with more", "men and took the road.", "2"],
        [head, "The army did not come to the town at all, said the people who live", "there and saw it.", "3"],
    ]  # fmt: skip
    data = pdf(pages, title="Microsoft Word - final.doc", author="user1")
    document = read(data, "report.pdf")
    reading = repaired_text(document).text
    assert "government post" in reading
    assert "all of the elders put down" in reading.replace("\n", " ")
    assert document.author in (None, "Jane Roe")
    assert document.published == Interval("2017-05-01", "2017-05-31")


def test_an_encrypted_pdf_is_refused_and_one_that_everybody_may_open_is_read() -> None:
    data = pdf([[STORY[:80], STORY[80:160]]])
    with pytest.raises(KhabarError, match=r"a\.pdf: the PDF is encrypted.*without password") as caught:
        read(locked(data, "secret"), "a.pdf")
    assert "\n" not in str(caught.value)
    assert "car bomb" in read(locked(data, ""), "a.pdf").text


@pytest.mark.parametrize("cut", [10, 200, -300])
def test_a_damaged_pdf_or_docx_is_one_line(cut: int) -> None:
    for data, name in ((pdf([[STORY[:80]]])[:cut], "a.pdf"), (docx([STORY])[:cut], "a.docx")):
        for message in refusal(data, name):  # a tolerant parser may also read what is left
            assert name in message
            assert "\n" not in message


def test_a_word_document_gives_paragraphs_and_tables_in_order() -> None:
    document = read(docx(["Nine Killed in Town", STORY], [["Place", "Killed"], ["Town", "9"]]), "a.docx")
    assert document.text.split("\n\n") == ["Nine Killed in Town", STORY, "Place | Killed", "Town | 9"]
    assert document.title == "Nine Killed in Town"
    assert document.author is None


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(KhabarError, match=r"bomb\.docx: the DOCX file would unpack to 300 MB"):
        read(zip_bomb(300), "bomb.docx")


def test_json_lines_keep_the_callers_fields_and_bad_lines_are_named() -> None:
    lines = [
        json.dumps({"id": 7, "text": STORY, "title": "Blast", "publisher": "Example", "published": "2016-10-25"}),
        "{not json",
        json.dumps({"text": " "}),
        "[1]",
        json.dumps(
            {"text": STORY + " More.", "published": {"earliest": "2016-10-01", "latest": None}, "genre": "op-ed"}
        ),
        json.dumps({"text": STORY, "genre": "poem"}),
        json.dumps({"text": STORY, "published": "soon"}),
        "",
        json.dumps({"text": "a \ud800 b"}),
    ]
    documents, problems = read_all("\n".join(lines), "in.jsonl")
    first, second, third = documents
    assert (first.external_id, first.title, first.publisher) == ("7", "Blast", "Example")
    assert (first.published, first.published_by) == (Interval("2016-10-25", "2016-10-25"), "metadata")
    assert first.id == sha256(lines[0].encode())
    assert first.text == STORY
    assert (second.published.earliest, second.published.latest, second.genre) == ("2016-10-01", None, "op-ed")
    assert third.text == "a \ufffd b"
    assert [problem.file for problem in problems] == [f"in.jsonl:{n}" for n in (2, 3, 4, 6, 7)]
    assert all(problem.remedy and "\n" not in str(problem) for problem in problems)


def test_a_json_file_is_one_document_or_a_list() -> None:
    one, _ = read_all(json.dumps({"text": STORY}, indent=2), "a.json")
    many, problems = read_all(json.dumps([{"text": STORY}, {"body": STORY + "!"}, 3], indent=2), "a.json")
    assert len(one) == 1
    assert len(many) == 2
    assert [problem.file for problem in problems] == ["a.json:3"]


def test_the_table_of_a_press_archive_with_its_own_column_names() -> None:
    table = (
        "Headline,Published date,Publication,Byline,Body\r\n"
        f'"Blast, in town","October 25, 2016",Example Times,Jane Roe,"{STORY}\r\nHe said ""no""."\r\n'
        "Empty,2016-10-26,Example Times,,\r\n"
        f"Raid,26/10/2016,Example Times,,{STORY.replace(',', ';')}\r\n"
    )
    documents, problems = read_all(table, "export.csv")
    assert [d.title for d in documents] == ["Blast, in town", "Raid"]
    assert documents[0].text.endswith('He said "no".')
    assert documents[0].published == Interval("2016-10-25", "2016-10-25")
    assert documents[1].published == Interval("2016-10-26", "2016-10-26")
    assert [problem.file for problem in problems] == ["export.csv:4"]
    start = table.encode().index(b'"Blast')
    assert documents[0].id == sha256(table.encode()[start : table.encode().index(b"Empty")])


def test_factiva_codes_join_the_lead_and_the_rest() -> None:
    documents, _ = read_all(f"HD\tPD\tSN\tLP\tTD\nBlast\t25 October 2016\tExample\tLead words.\t{STORY}\n", "f.tsv")
    assert documents[0].text == f"Lead words.\n\n{STORY}"
    assert documents[0].publisher == "Example"


def test_columns_can_be_named_and_a_table_without_text_says_so() -> None:
    table = f"nr;inhalt;datum\n1;{STORY};03/04/2019\n"
    options = ParseOptions(columns=Columns(text=("Inhalt",), published=("datum",), external_id=("nr",), day_first=True))
    documents, _ = read_all(table, "t.csv", options)
    assert (documents[0].external_id, documents[0].published.earliest) == ("1", "2019-04-03")
    none, problems = read_all(table, "t.csv")
    assert none == []
    assert "no text column among: nr, inhalt, datum" in problems[0].message


def test_a_cell_longer_than_the_csv_modules_limit_is_read() -> None:
    documents, problems = read_all(f'id,text\n1,"{STORY * 600}"\n2,{STORY}\n', "t.csv")
    assert len(documents[0].text) > 131_072
    assert "cells" in problems[0].message, "a row with unquoted commas is not cut silently"


def test_a_quotation_mark_that_is_never_closed_ends_the_table_with_one_problem() -> None:
    table = f'id,text\n1,{STORY.replace(",", "")}\n2,"' + "more words\n" * 100_000
    documents, problems = read_all(table, "t.csv", ParseOptions(longest_text=200_000))
    assert len(documents) == 1
    assert [problem.file for problem in problems] == ["t.csv:3"]
    assert "quotation marks" in problems[0].remedy


def test_a_page_saved_with_its_images_inside_is_read() -> None:
    image = '<img src="data:image/png;base64,' + "QUJD" * 2_000_000 + '">'
    assert "car bomb" in read(PAGE.replace("<h2>", image + "<h2>"), "page.html").text


def test_feeds_give_an_entry_each_without_markup() -> None:
    documents, problems = read_all(RSS, "feed.xml")
    first, second = documents
    assert first.text == f"{STORY}\n\nOfficials denied it."
    assert (first.title, first.publisher, first.external_id) == ("Blast in & near town", "Example Times", "a1")
    assert first.url == "https://example.org/1"
    assert first.published == Interval("2016-10-24", "2016-10-24"), "the day as the feed prints it"
    assert second.published_by == "open"
    assert [problem.file for problem in problems] == ["feed.xml:2"]


def test_an_entry_keeps_its_id_when_the_feed_grows() -> None:
    grown = RSS.replace(
        "<item><title>Raid", f"<item><title>New</title><description>{STORY}!</description></item><item><title>Raid"
    )
    ids = {document.id for document in read_all(RSS, "feed.xml")[0]}
    assert ids < {document.id for document in read_all(grown, "feed.xml")[0]}


def test_a_broken_feed_still_gives_entries() -> None:
    documents, _ = read_all(RSS.replace("</channel></rss>", "<oops"), "feed.rss")
    assert len(documents) == 2


@pytest.mark.parametrize(
    ("data", "file", "words"),
    [
        (b"\x00\x01\x02" * 30, "junk.txt", "binary data"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc", "old Word"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "map.png", "image"),
        (b"\x1f\x8b\x08" + b"\0" * 99, "a.txt.gz", "gzip"),
        (rb"{\rtf1 text}", "a.rtf", "RTF"),
        (b"PK\x03\x04" + b"\0" * 99, "a.docx", "damaged"),
        (b"x" * 101, "long.txt", "longer than"),
        (b"<rss></rss>", "feed.xml", "no entries"),
        (b'<?xml version="1.0"?><nitf><body/></nitf>', "wire.xml", "no RSS or Atom"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(data: bytes, file: str, words: str) -> None:
    with pytest.raises(KhabarError, match=words) as caught:
        parse(data, Origin(file), ParseOptions(longest_text=100))
    assert file in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_what_is_not_english_is_kept_and_not_read() -> None:
    document = read("پولیس نے بتایا کہ شہر میں ایک دھماکے سے نو افراد ہلاک ہو گئے اور کسی نے ذمہ داری قبول نہیں کی۔")
    assert (document.language, document.unread) == ("ur", "language: ur")


NAMES = ["a.txt", "a.html", "a.pdf", "a.docx", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.xml", "a.rss", "a", "-"]
STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"<html>",
    b"<rss><channel><item>",
    b'{"text": "',
    b"text,date\n",
    b"\xff\xfe",
    b"[{",
]


@given(st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(NAMES))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_documents_problems_or_a_named_error(start: bytes, rest: bytes, name: str) -> None:
    assert all("\n" not in message for message in refusal(start + rest, name))
    for item in parsed(start + rest, name):
        item.document.text.encode("utf-8")
        repaired_text(item.document)
        assert item.document.id == sha256(item.original)


@example("\r,", "a.xml")
@given(st.text(max_size=400), st.sampled_from(["a.txt", "a.html", "a.csv", "a.xml"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_document_whose_offsets_hold(text: str, name: str) -> None:
    for item in parsed(text.encode(), name):
        document = item.document
        for edit in document.repairs:
            assert 0 <= edit.start < edit.end <= len(document.text)
        for start, end in document.skipped:
            assert document.text[start:end].strip()
        repaired_text(document)


@pytest.mark.shared
def test_the_three_real_articles(shared: Path) -> None:
    documents = {}
    for item in fetch([shared / "seeds"]):
        assert isinstance(item, Fetched)
        (document,) = parse(item.data, item.origin)
        assert document.text == Path(item.origin.file).read_bytes().decode("utf-8")
        documents[Path(item.origin.file).name[:3]] = document
    paper, opinion, article = documents["000"], documents["003"], documents["004"]

    assert article.title is not None
    assert article.title.startswith("IS Footprint in Pakistan")
    assert (article.author, article.publisher, article.genre) == (
        "Farhan Zahid",
        "Counter Terrorist Trends and Analyses",
        "analysis",
    )
    assert (article.published, article.published_by) == (Interval("2017-05-01", "2017-05-31"), "text")
    notes = [e for e in article.repairs if e.why == "footnote number"]
    assert [article.text[e.start : e.end] for e in notes] == ["1", "9", "11"]
    reading = repaired_text(article).text
    assert "pledged allegiance to IS." in reading
    assert "wide range of" in reading
    assert "\xa0" not in reading
    for gone in ("About the Author", "Related posts", "Leave a Comment"):
        assert gone in article.text
        assert gone not in reading

    assert (opinion.title, opinion.author, opinion.genre) == (None, None, "op-ed")
    assert (opinion.published, opinion.published_by) == (Interval("2020-08-03", None), "open")
    assert opinion.repairs == ()

    assert paper.title == "Daesh in Pakistan"
    assert (paper.published, paper.published_by) == (Interval(None, None), "open")
    assert [paper.text[start:end] for start, end in paper.skipped] == ["ePaper - Nawaiwaqt"]


@pytest.mark.shared
def test_real_wire_digests_are_read_one_a_line(shared: Path) -> None:
    path = shared / "data" / "newswire" / "dev.jsonl"
    documents, problems = read_all(path.read_bytes(), "dev.jsonl")
    assert problems == []
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [d.external_id for d in documents] == [record["id"] for record in records]
    assert all(d.unread is None for d in documents)
    assert all(
        d.published_by == "metadata" for d, record in zip(documents, records, strict=True) if record["published"]
    )
