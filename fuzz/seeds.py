"""What fuzzing begins with: small made-up files of every kind, sound and hostile. Invariant: nothing in them is
anybody's text; the same seeds every time.
"""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

__all__ = ["mutated", "seeds_of"]

_STORY = (
    "Example Town, 4 March 2019 - Gunmen shot dead at least 29 people near a checkpoint on Sunday, officials said. "
    "“We lost twelve men,” Colonel Ahmad Example told the Example Times. Between 20 and 30 were wounded in Quetta, "
    "Balochistan, in the second half of last year; the Example Front (EF) denied it."
)
_TRICKS = (
    "a\u202eb\u202c c\u2066d\u2069 e\u200bf\u00adg \ufeffh Аhmad Ехаmple \x00 \x1b[31mred\x1b[0m\x07 \ud7ff\U000e0041 ﬁ e\u0301",  # noqa: E501
    '=HYPERLINK("http://example.org")\t+1\r-2\n@SUM(A1)',
    "'; DROP TABLE documents; -- \" OR 1=1 {{7*7}} ${7*7} <%= 7*7 %> %s %n ../../../../etc/passwd",
    'NEAR(a b) AND OR NOT "unclosed ^a* title:x {a b}:c - ""',
    "2019-02-30 31/04/2019 0000-00-00 99/99/9999 on the 40th of Mayember last next previous month of the year before",
    "1,2,3,4,,,, 10^99 9999999999999999999999 ½ ٣٤ minus -12 twenty-hundred dozens of scores of millions",
    " " * 300 + "\n" * 50 + "A. " * 60 + "“" * 60 + "(" * 60 + "a-" * 60,
)
_PAGE = (
    "<!DOCTYPE html><html><head><title>Example</title><meta property='article:published_time' content='2019-03-04'>"
    "<script>alert(1)</script></head><body><article><h1>Example</h1><p>{story}</p><svg onload=alert(1)><text>x</text>"
    "</svg><img src=x onerror=alert(1)><p onclick='alert(1)'>{story}</p><table><tr><td>a</table></article></body></html>"  # noqa: E501
)
_FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Example</title><item><title>a</title><link>http://example.org"
    "/a</link><guid>1</guid><pubDate>Mon, 04 Mar 2019 10:00:00 GMT</pubDate><description>&lt;p&gt;{story}&lt;/p&gt;"
    "</description></item></channel></rss>"
)
_LAUGHS = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'>{rows}]><rss><channel><item><title>&e;</title></item></channel></rss>"  # noqa: E501
_ENTITY = (
    "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><item>"
    "<description>&x;</description></item></channel></rss>"
)
_LIST = (
    "<?xml version='1.0'?><CONSOLIDATED_LIST dateGenerated='2024-01-01'><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>Ex</FIRST_NAME>"  # noqa: E501
    "<SECOND_NAME>Ample</SECOND_NAME><UN_LIST_TYPE>Example</UN_LIST_TYPE><REFERENCE_NUMBER>EXi.001</REFERENCE_NUMBER>"
    "<LISTED_ON>2001-02-03</LISTED_ON><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>X</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    "</INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
)
_GED_HEAD = "id,type_of_violence,side_a,side_b,where_prec,country,date_prec,date_start,date_end,best,low,high,latitude,longitude"  # noqa: E501
_GED = f"{_GED_HEAD}\n1,1,Government of X,EF,1,Pakistan,1,2019-03-04,2019-03-04,3,2,5,30.1,67.0\n2,3,EF,Civilians,9,,9,x,,,,,,\n"  # noqa: E501
_BOOK = "id: mine\nversion: '1'\ntitle: Mine\nextends: political-violence\nevents:\n  bombing:\n    label: Bombs\n    triggers: [a, b]\n"  # noqa: E501
_LAUGHING_BOOK = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
_RECORD = '{"id": "1", "text": "%s", "published": "2019-03-04", "genre": "news", "author": ["a", "b"]}'
_ADDRESSES = (
    "ftp://example.org/a", "file:///etc/passwd", "gopher://127.0.0.1:25/_x", "jar:http://x!/", "a://b", "javascript://%0aalert(1)",
    "data://text/plain,x", "HTTP ://x", "dict://localhost:11211/",
)  # fmt: skip


def seeds_of(name: str) -> list[bytes]:
    """The seeds of a target."""
    texts = [_STORY.encode(), *(t.encode("utf-8", "surrogatepass") for t in _TRICKS)]
    page, feed = _PAGE.format(story=_STORY).encode(), _FEED.format(story=_STORY).encode()
    rows = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcd", "bcde", strict=True))
    feeds = [feed, _LAUGHS.format(rows=rows).encode(), _ENTITY.encode()]
    records = [
        (_RECORD % _STORY.replace('"', "")).encode(),
        b'[{"text": "a"}, 1, null]',
        b"[" * 500,
        b'{"text": "\\ud800"}',
    ]
    table = [
        f'text,date,title\n"{_STORY}",04/03/2019,a\n"open'.encode(),
        b"text\ttitle\na\tb\tc\n",
        b"\xef\xbb\xbftext;x\n=1;2\n",
    ]
    books = [_BOOK.encode(), _LAUGHING_BOOK.encode(), b"a: &a [*a]\n", b"? [a]\n: b\n"]
    own = {
        "html": [page], "markup": [page, b"<![CDATA[x]]><!doctype <a b='\">&#x110000;&#xd800;&bogus"],
        "pdf": _pdfs(), "docx": _words(), "feed": feeds, "json": records, "table": table, "codebook": books,
        "ged": [_GED.encode()], "unlist": [_LIST.encode(), _ENTITY.encode(), b'{"ref": "1", "kind": "entity", "name": "A"}'],  # noqa: E501
        "address": [a.encode() for a in _ADDRESSES],
    }  # fmt: skip
    own["file"] = [
        bytes([i]) + d for i, d in enumerate([*texts[:2], page, *feeds, *records, *table, *_pdfs(), *_words()])
    ]
    return own.get(name) or texts


def _pdfs() -> list[bytes]:
    from pypdf import PdfWriter

    plain = PdfWriter()
    plain.add_blank_page(200, 200)
    plain.add_metadata({"/Title": "Example"})
    out = BytesIO()
    plain.write(out)
    words = b"BT /F1 12 Tf 20 100 Td (Nine people were killed.) Tj ET"
    written = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"  # noqa: E501
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"  # noqa: E501
        b"trailer<</Root 1 0 R/Size 6>>\n%%%%EOF" % (len(words), words)
    )
    return [out.getvalue(), written, b"%PDF-1.7\n1 0 obj\n<</Kids[1 0 R]>>\nstream"]


def _words() -> list[bytes]:
    from docx import Document

    made = Document()
    made.add_paragraph(_STORY)
    made.add_table(2, 2).cell(0, 0).text = "killed"
    out = BytesIO()
    made.save(out)
    return [
        out.getvalue(),
        _packed({"word/document.xml": b"<a/>"}),
        _packed({"../../evil": b"x", "word/document.xml": b""}),
    ]


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def mutated(data: bytes, others: list[bytes], draw: random.Random, largest: int) -> bytes:
    """The bytes with a few random changes: bits flipped, pieces cut, doubled, moved, repeated, or of another seed."""
    made = bytearray(data)
    for _ in range(draw.randint(1, 6)):
        at, end = sorted((draw.randint(0, len(made)), draw.randint(0, len(made))))
        match draw.randint(0, 6):
            case 0 if made:
                made[min(at, len(made) - 1)] ^= 1 << draw.randint(0, 7)
            case 1:
                del made[at : min(end, at + 40)]
            case 2:
                made[at:at] = made[at:end] * draw.randint(1, 4)
            case 3:
                made[at:at] = draw.choice(
                    [b"\0", b"\xff\xfe", b"&", b"<", b">", b'"', b"'", b"\n", b"]]>", b"\xe2\x80\xae", b"{", b"-", b"="]
                )
            case 4:
                made[at : at + 1] = bytes([draw.randint(0, 255)]) * draw.randint(1, 200)
            case 5:
                other = draw.choice(others)
                made[at:at] = other[draw.randint(0, len(other)) :][:300]
            case _:
                made[at:end] = bytes(draw.sample(list(made[at:end]), end - at)[:200])
    return bytes(made[:largest])
