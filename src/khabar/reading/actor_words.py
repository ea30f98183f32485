"""Words by which people, bodies and names are told apart. Invariant: entries are in lower case, except acronyms."""

from __future__ import annotations

__all__ = [
    "BODIES",
    "COMMON_NAMES",
    "CREDITS",
    "EMPTY_VERBS",
    "FORCE_KINDS",
    "HONORIFICS",
    "NAME_PARTICLES",
    "NOT_IN_NAMES",
    "NOT_NOUNS",
    "OFFICE_KINDS",
    "PERSON_NOUNS",
    "PERSON_OWNS",
    "PERSON_ROLES",
    "PERSON_SUFFERS",
    "PERSON_VERBS",
    "PLURAL_ROLES",
    "SENTENCE_STARTERS",
    "STATE_ACTIONS",
    "STATIVE_VERBS",
    "STRONG_TITLES",
    "TITLES",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What people are called by their office or part in events.
PERSON_ROLES = _words(
    "activist administrator adviser advisor aide ambassador analyst archbishop author bishop brigadier captain "
    "chairman chairperson chairwoman chief cleric colonel commander commissioner councillor deputy diplomat "
    "director doctor elder emir envoy expert eyewitness founder general governor head inspector investigator "
    "journalist judge king lawmaker lawyer leader magistrate major mayor mediator minister mp negotiator observer "
    "officer official parliamentarian premier president priest prince prosecutor relative reporter researcher "
    "resident scholar secretary senator sheikh source spokesman spokesperson spokeswoman superintendent witness"
)

# What only people do, what only people suffer, and what only people have: their subjects and owners are persons.
PERSON_VERBS = _words(
    "lead head command found co-found establish marry graduate study join rejoin serve finance fund recruit "
    "succeed preach write tweet confess testify surrender flee travel move return work own provide supply"
)
PERSON_SUFFERS = _words(
    "arrest detain sentence convict extradite imprison jail indict deport appoint name elect bear release educate "
    "train recruit radicalise radicalize designate sanction list assassinate behead marry"
)
PERSON_OWNS = _words(
    "leadership command death arrest capture trial killing assassination widow wife son brother supporters"
)

# Roles that speak in the plural: "officials said".
PLURAL_ROLES = _words("analyst expert eyewitness investigator observer official resident source witness")

# Bodies that act and speak.
BODIES = _words(
    "administration agency army authority coalition command department establishment force government "
    "intelligence judiciary military ministry navy paramilitary parliament police regime troop"
)

# What makes "forces" armed forces.
FORCE_KINDS = _words(
    "air armed army border coalition enforcement government military paramilitary police security special"
)

# What makes an "agency" or "department" one of the state.
OFFICE_KINDS = _words("district enforcement federal intelligence investigation local provincial security state")

# Titles before a name, which are not part of it.
TITLES = _words(
    "agent special staff acting vice assistant additional senior lord lady dame master "
    "activist admiral ambassador archbishop bishop brig brigadier capt captain chairman chief col colonel commander "
    "commissioner comrade congressman constable deputy director dr emir ex-president father former founder gen "
    "general gov governor inspector journalist judge justice king lawyer leader lieutenant lord lt maj major mayor "
    "militant minister mr mrs ms officer pope premier president prince prof professor queen rep representative rev "
    "reverend secretary sen senator sergeant sgt sir spokesman spokesperson spokeswoman superintendent "
    "vice-president"
)

# Titles which the press keeps as part of the name: Mullah Omar, Haji Daud.
HONORIFICS = _words(
    "abu ayatollah hafiz haji hajji imam khwaja malik maulana maulvi mawlawi mufti mullah nawab pir qari sardar "
    "sayed sayyid shaikh shaykh sheikh syed umm ustad"
)

# Capitalised words which no name of a person holds.
NOT_IN_NAMES = _words(
    "underground marathon airfield tribunal assembly parliament congress senate airlines airways league championship "
    "bridge square park palace centre center hall stadium station checkpoint fort hotel highway tower building border "
    "near book gate dam barrage mountains mountain agreement summit dialogue code community room framework strategic "
    "component act report plan strategy treaty accord index cup league radio television news times post tribune press "
    "accords convention protocol day week festival conference studies review analyses journal institute street house "
    "airport april august base bay bazaar caliphate camp central chowk christmas church city college court december "
    "district east eastern eid february friday gulf gurdwara hospital imambargah islamic jail january july june "
    "lake march market may minister ministry monday mosque muslim north northern november october operation prison "
    "province quran ramadan republic river road saint saturday school sea september sharia shia shiite shrine south "
    "southern state street sufi sunday sunni temple thursday tuesday university valley wednesday west western"
)

# Titles which make even one word a person's name.
STRONG_TITLES = _words(
    "brig brigadier capt captain chancellor col colonel dr gen general governor haji judge justice king maulana "
    "maulvi mayor mr mrs ms mufti mullah president prince princess qari queen senator sheikh"
)

# Words of names which are no use alone: too many people bear them, or they are ordinary words.
COMMON_NAMES = _words(
    "abd abdel abdul ahmad ahmed ali and bin christian ibn islam john jose maria mohamad mohamed mohammad mohammed "
    "muhammad muslim son the"
)

# Words that begin sentences before a name.
SENTENCE_STARTERS = _words("After Although And As Before But However If Later Meanwhile Since Then When While")

# Small words inside names.
NAME_PARTICLES = _words("- Al ag al ben bin bint de del e el ibn la ould ud ul ur van von wa")

# News agencies and outlets, whose letters in brackets credit a report.
CREDITS = _words("AFP ANI ANSA AP APP BBC CNN DPA EFE IANS INP KUNA MENA NNI PPI PTI SANA TASS UPI WAM XINHUA")

# Things done or held by the state whose adjective stands before them: "US strike".
STATE_ACTIONS = _words(
    "airstrike assault attack bombardment bombing campaign drone embassy hand incursion intelligence intervention "
    "invasion involvement jet link missile offensive official operation raid sanction shelling strike warplane"
)

# Verbs whose subject does nothing.
STATIVE_VERBS = _words("appear be become border face have lie look need remain see seem suffer witness")

# Verbs of which "it" may be the subject without standing for anything.
EMPTY_VERBS = _words(
    "'s appear appeared appears are be became become becomes been is looked looks remain remained remains seem "
    "seemed seems takes took was were"
)

# People said by neither name nor office, who may be "he" of what follows.
PERSON_NOUNS = _words(
    "man woman boy girl bomber attacker gunman suspect militant victim soldier assailant driver guard student worker "
    "youth teenager fighter perpetrator shooter hostage policeman constable father son brother teacher farmer "
    "businessman prisoner detainee"
)

# Words that end a name where everything is in capitals and the tagger cannot tell.
NOT_NOUNS = _words(
    "also said says has have had was were is are be been will would who whom which that this and or but not did does "
    "do on in at to from with by as today yesterday told added"
)
