"""How texts word that two names are one. Invariant: every pattern is linear in the length of what it is tried on."""

from __future__ import annotations

import re

__all__ = [
    "BRACKET",
    "GLOSS",
    "KUNYA",
    "MARKER",
    "OPENING",
    "OR",
    "REMARK",
    "RUN",
    "SLASH",
    "WORD",
    "names_place",
    "organisation_kind",
]

WORD = r"(?:[‘’'ʼ]?[A-ZÀ-ÖØ-Þ][\w’'‘-]*|(?:al|el)-[‘’'ʼ]?[A-Z][\w’'-]*)"
_LINK = r"(?:of|the|for|and|in|al|el|ul|ud|ur|bin|ben|ibn|ag|ould|abu|e|i|de|del|la|y|on|wa|fi)"
# A run of capitalised words with the small words between them.
RUN = re.compile(rf"{WORD}(?:[ \t\u00a0]+(?:{_LINK}[ \t]+){{0,2}}{WORD}){{0,9}}")

# Short forms: in brackets, after "or", after a slash.
BRACKET = re.compile(
    r"[ \t\u00a0]?\([ \t]?(?:or |the |also |hereafter |henceforth )?[“\"'‘]?"
    r"(?P<short>[A-Z][\w&/’'-]{0,10}[A-Z\d]?)[”\"'’]?[ \t]?(?:\)|[,;] )"
)
OR = re.compile(r",[ \t\u00a0]or (?:the )?(?P<short>[A-Z][A-Z\d][\w-]{0,8}|[A-Z][a-z]{1,2}[A-Z])\b")
SLASH = re.compile(r"[ \t]/[ \t](?P<short>[A-Z]{2}[A-Z\d]{0,6})\b")

# A whole second name in brackets: said to be one, in quotation marks, or of another language.
GLOSS = re.compile(
    r"[ \t\u00a0]?\((?P<said>(?:or|also|meaning|literally|lit\.|in English|Arabic for)[:,]? )?(?:the )?"
    r"(?P<quote>[“\"‘'])?(?P<name>[A-Z‘’'][^()“”\"\n]{2,70}?)[”\"’']?(?P<tongue> in [A-Z][a-z]+)?\)"
)
KUNYA = re.compile(r"(?:Abu|Abou|Umm|Oum)[ -]")

# "(deceased)", "(QDe.115)": remarks between a name and what defines it.
REMARK = re.compile(r"[ \t]?\([^()\n]{1,40}\)\Z")

_HOW = r"(?:also|better|otherwise|commonly|popularly|widely|locally|sometimes|best|more commonly)"
_NAMES = r"(?:nom de guerre|alias|kunya|pseudonym|nickname|name|initials|acronym|sobriquet)"
MARKER = re.compile(
    r"\b(?P<marker>alias|a\.?k\.?a\.?|(?:another name|short) for|"
    rf"(?:{_HOW} )?known by (?:his|her|its|their|the) {_NAMES}(?: of| as)?|"
    rf"(?:{_HOW}|now|later|then|currently|still|since) (?:known|called|referred to)(?: as| by)?|"
    r"known as|known (?:formally|officially|locally|popularly|widely|commonly|simply) as|"
    r"known (?:to|among|by) (?:[a-z]+ ){1,3}as|"
    r"(?:formerly|previously) (?:known as|called|named)|"
    r"(?:now |later |also |which |that )?(?:calling|calls|called|styling|styled|naming|renaming|renamed|rebranding|"
    r"rebranded|relaunched|relaunching) itself(?: as)?|"
    r"(?:which was |since |later |now )?(?:renamed|rebranded)(?: as)?|"
    r"(?:which |later |also |then |subsequently |soon )?(?:changed|changing|changes) (?:its|his|her|their) name to|"
    rf"(?:who |which )?(?:went|goes|going|go) by (?:the |his |her )?{_NAMES}(?: of)?|"
    rf"(?:using|under) the {_NAMES}(?: of)?|"
    rf"nom de guerre|kunya|listed as|born|"
    rf"whose (?:real|full|actual|given) name (?:is|was)|whose {_NAMES} (?:is|was)|"
    r"(?:(?:his|her) )?real name(?: is| was)?)"
    r"[ \t]*[:,]?[ \t]*(?:the |his |her |nom de guerre )?[“\"'‘]?[ \t]*"
)
# What may stand between the first name and the marker.
OPENING = re.compile(
    r"(?:[ \t]?\([^()\n]{1,40}\)){0,2},?[”\"’']?[ \t]*+[(“\"]?[ \t]*+"
    r"(?:(?:who|which|that) (?:is|was) |is |was |were )?\Z"
)

_BODY = re.compile(
    r"\b(?:party|movement|front|army|group|organi[sz]ation|council|forces?|league|union|alliance|coalition|network|"
    r"brigades?|tigers|tehr[ei]+k|tahrik|jamaat\w*|lashkar\w*|harkat\w*|jaish\w*|jamiat|sipah\w*|ansar\w*|mujahid\w+|taliban|"
    r"resistance|guards?|liberation|emirate|congress|cartel|faction|wing|militia|cell|command|hizb\w*|katibat?|jund\w*|"
    r"fighters|rebels|society|federation|association|committee|conference|assembly|regiment|battalion)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:department|ministry|bureau|agency|police|institute|cent(?:er|re)|authority|commission|service|directorate|"
    r"university|mission|court|office|secretariat|observatory|foundation|corps|programme|program|database|school|"
    r"command|rangers|task force|division|branch|board|initiative|monitor|watch|nations|fund|"
    r"trust|government|navy|bank|company)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:province|districts?|areas?|region|valley|territor(?:y|ies)|city|county|airport|highway|corridor|road|line|"
    r"plan|report|act|agreement|accord|law|hospital|island|operation|airfield|dam|summit|code|framework|mountains?|gate)\b",
    re.IGNORECASE,
)


def organisation_kind(name: str) -> str | None:
    """Organization or agency if the words of `name` say it is one, else None; a place's name is neither."""
    head = re.split(r" (?:of|for|in|and) ", name)[0].split()[-1:]
    for words in (" ".join(head), name):  # the head noun speaks first: a Valley Institute is no valley
        if _PLACE.search(words):
            return None
        if _BODY.search(words):
            return "organization"
        if _OFFICE.search(words):
            return "agency"
    return None


def names_place(name: str) -> bool:
    """Whether the words of `name` say that it is a place's, a road's, a plan's: nobody's."""
    return _PLACE.search(name) is not None
