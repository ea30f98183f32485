"""Words by which a text tells an armed group from other capitalised names. Invariant: entries are folded by `plain`.

The names of armed groups are built of few words in many spellings. `NAME_WORDS` say so by themselves ("Jaish al-…");
`NAME_HEADS` do so where one of `QUALIFIERS` stands in the name ("Salvation Army", not every army).
"""

from __future__ import annotations

import re

__all__ = [
    "AFTER",
    "BEFORE",
    "CALENDAR",
    "NAME_HEADS",
    "NAME_WORDS",
    "NOT_GROUPS",
    "OPENING",
    "PEOPLE",
    "QUALIFIERS",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAME_WORDS = _words(
    "jund jundallah jundullah jaish jaysh jeish katibat katiba katibah kataib lashkar ansar ansaru harakat harkat "
    "harakah harakatul hizb hizbul hezb hezbul hizbut jamaat jamaah jemaah jemmah jamaatul jamaatud jamaatu tehrik "
    "tehreek tahrik sipah sepah liwa liwaa saraya mujahideen mujahidin mujahedin mujahedeen mujahideens jabhat "
    "asbat tanzim shabaab shabab taliban emarat imarat wilayat asaib ahrar jihad khilafah khilafat caliphate "
    "emirate militia militias guerrilla guerrillas tigers falcons fighters brigades liberation resistance rebels "
    "martyrs insurgents maoist cartel jebhat muqawama fedayeen feday partisans mourabitoun mulathamin vanguards"
)

NAME_HEADS = _words(
    "front army movement forces brigade battalion group union party organization organisation cell wing mouvement "
    "movimiento frente ejercito armee fuerzas comando column columna"
)

QUALIFIERS = _words(
    "free people peoples salvation islamic revolutionary revolution republican lords lord red democratic redemption "
    "armed fighting salafist combatant popular patriotic freedom unity national liberation defence defense self- "
    "defence youth jihadist independence mujahideen black true real provisional continuity united islamist syrian "
    "sadrist"
)

# Single words before "fighters" or "militants" that name a people, a faith or a direction.
NOT_GROUPS = _words(
    "sunni shia shiite shi'ite kurdish kashmiri chechen islamist islamic muslim christian maoist marxist naxalite "
    "salafi salafist jihadi jihadist arab western uighur uyghur pashtun baloch tuareg palestinian sikh hindu jewish "
    "tamil uzbek tajik dagestani caucasian european african asian american foreign eastern northern southern "
    "central kurd islam god allah state government police army council parliament senate congress committee "
    "ministry department"
)

# What opens a sentence or a date, and is no part of a name.
OPENING = _words(
    "the a an in on at by of from to as but it its this that these those his her their both several some many most "
    "all other former armed suspected alleged presumed masked local foreign hundreds dozens thousands scores two three "
    "four five six seven eight nine ten"
)
CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
# First words of persons' names.
PEOPLE = _words("abu umm ibn bin haji mullah sheikh shaykh maulana mawlawi maulvi imam mufti qari hafiz sayyid")

_ARMED = (
    r"(?:militant|terrorist|terror|armed|rebel|extremist|insurgent|jihadist|jihadi|jihad|Islamist|separatist|guerrilla|"
    r"paramilitary|sectarian|secessionist|splinter|proscribed|banned|outlawed|violent|Salafist)"
)
_BODY = r"(?:group|organi[sz]ation|outfit|movement|network|faction|militia|cell|insurgency|alliance|coalition)"
_LINKED = r"[\w-]+-(?:affiliated|linked|aligned|allied|inspired|backed|associated)(?: \([\w.]+\))?"

# Words right before a name, with how much they say of its being a group: 2 is enough.
BEFORE: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"\b(?:{_ARMED}|{_LINKED}) (?:[\w-]+ )?{_BODY},? (?:called |named |known as |calling itself )?"
                r"(?:the )?[“\"‘']?\Z"), 2),
    (re.compile(r"\b(?:(?:changed|changing|changes) (?:its|their) name to|(?:re)?named itself|rebranded (?:itself )?as|"
                r"call(?:ed|ing|s) itself|(?:took|taken|adopted|under|using) the (?:new )?name(?: of)?) "
                r"(?:the )?[“\"‘']?\Z"), 2),
    (re.compile(rf"\b{_BODY} (?:called|named|known as|calling itself) (?:the )?[“\"‘']?\Z"), 2),
    (re.compile(r"\b(?:emirs?|amirs?|militants?|fighters?|operatives?|cadres?|insurgents?|terrorists?|jihadists?|"
                r"facilitators?|financiers?|recruiters?|splinter|offshoot|ranks|ringleaders?) "
                r"(?:of|for|within|belonging to) (?:the )?\Z"), 2),
    (re.compile(r"\b(?:leaders?|members?|commanders?|(?:co-)?founders?|spokes(?:man|men|person|woman)|leadership|wing|"
                r"faction|branch|cells?|affiliate|camps?|chief|head) "
                r"(?:of|for|within) (?:the )?\Z"), 1),
    (re.compile(r"\b(?:allegiance|loyalty|fealty|bayat?h?|bay’?a) to (?:the )?\Z"), 1),
    (re.compile(r"\b(?:joined|rejoined|(?:associated|affiliated|linked|ties|links) (?:with|to)|on behalf of|broke "
                r"(?:away )?from|split from|merged with|defected to|fought for) (?:the )?\Z"), 1),
)  # fmt: skip

# Words right after a name.
AFTER: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"(?: ?\([^()\n]{{1,40}}\))*(?:,| is| was| are| were| has been)(?: also)? (?:an?|the|one of the)"
                rf" (?:[\w’'-]+(?: \([\w.]+\))?,? ){{0,5}}?(?:{_ARMED}|{_LINKED}) (?:[\w-]+ )?{_BODY}\b"), 2),
    (re.compile(r"(?:[’']s?)? (?:militants?|fighters?|operatives?|insurgents?|rebels|gunmen|jihadists?|terrorists?|"
                r"cadres|emirs?|amirs?|splinter|cells?|financiers?|facilitators?)\b"), 2),
    (re.compile(r"(?: ?\([^()\n]{1,40}\))?(?:,| is| was) (?:an?|the) (?:[\w’'-]+ ){0,3}?(?:militia|guerrilla "
                r"(?:group|army|movement)|death squad|(?:armed|military|paramilitary) (?:wing|branch|arm) of)\b"), 2),
    (re.compile(r"(?: ?\([^()\n]{1,40}\))?(?:,| is| was) an? (?:[\w’'-]+ ){0,2}?(?:alliance|coalition|grouping) of "
                r"(?:[\w’'-]+ ){0,3}?(?:militias|rebels|insurgents|militants|guerrillas|jihadists|fighters)\b"), 2),
    (re.compile(r"-(?:affiliated|linked|aligned|allied|inspired|backed|associated|led)\b"), 1),
    (re.compile(r"(?: ?\([^()\n]{1,40}\))?(?:[’']s?)? (?:leaders?|members?|leadership|commanders?|spokes\w+|"
                r"founders?|camps?|training camps?|supporters|attacks?|(?:network|faction|branch|wing)(?! of))\b"), 1),
    (re.compile(r"(?: ?\([^()\n]{1,40}\))? (?:has |have |had |later |also |publicly )?(?:claimed responsibility|"
                r"pledged|swore|split|broke away|merged|carried out)\b"), 1),
)  # fmt: skip
