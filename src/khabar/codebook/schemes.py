"""The closed lists of other people's codebooks. Invariant: only values that their owners publish are here.

Sources: ACLED's guide to the 2023 column changes; UCDP GED codebook 22.1; GTD codebook (codes as in its public files);
PLOVER 2.0 manual. A codebook of ours maps its event types to these.
"""

from __future__ import annotations

__all__ = ["ARMED_SIDES", "CLASS_SCHEMES", "PLOVER_QUADS", "PLOVER_SCORES", "ROLES", "SCHEMES", "SUB_EVENTS"]

ROLES = ("perpetrator", "target", "victim", "weapon", "event", "place", "topic")

# ACLED: event types and the sub-event types each holds.
SUB_EVENTS: dict[str, tuple[str, ...]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
}

_PLOVER_EVENTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_PLOVER_MODES = (
    "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
    "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional", "seize", "restrict",
    "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber", "convict", "expel",
    "withdraw", "discontinue", "disapprove", "investigate", "allege", "relations", "territory", "violence", "troops",
    "weapons", "police", "militia", "demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize", "release",
    "disarm", "ceasefire", "access", "resign", "visit", "third-party", "multilateral", "phone", "assist", "change",
    "yield", "meet",
)  # fmt: skip

_PLOVER_CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip
_PLOVER_SECTORS = (
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
)  # fmt: skip

# Scheme, its keys, and the values each key allows; an empty tuple allows any text. The first key is required
# unless the mapping says `inclusion: none`.
SCHEMES: dict[str, dict[str, tuple[str, ...]]] = {
    "acled": {
        "event_type": tuple(SUB_EVENTS),
        "sub_event_type": tuple(s for subs in SUB_EVENTS.values() for s in subs),
        "disorder_type": (
            "Political violence",
            "Demonstrations",
            "Strategic developments",
            "Political violence; Demonstrations",
        ),
        "actor1": ("home government",),
        "note": (),
    },
    "ucdp-ged": {
        "type_of_violence": ("1", "2", "3"),
        "inclusion": ("at least one death", "only with a death", "none"),
        "side_a": ("home government",),
        "note": (),
    },
    "gtd": {
        "attacktype": tuple(str(n) for n in range(1, 10)),
        "weaptype": tuple(str(n) for n in range(1, 14)),
        "suicide": ("0", "1"),
        "inclusion": ("none",),
        "note": (),
    },
    "plover": {"event": _PLOVER_EVENTS, "mode": _PLOVER_MODES, "context": _PLOVER_CONTEXTS, "note": ()},
}

# PLOVER: the quad of each event, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
PLOVER_QUADS: dict[str, int] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}

# PLOVER: scores of events (mode None) and of modes that differ from them. Its table prints ACCUSE as +3 while its modes
# are negative, which looks like a slip, so that event has none here.
PLOVER_SCORES: dict[tuple[str, str | None], float] = {
    ("ASSAULT", None): -9.0,
    ("ASSAULT", "suicide-attack"): -9.5,
    ("ASSAULT", "drone"): -9.5,
    ("COERCE", None): -7.0,
    ("SANCTION", None): -6.0,
    ("MOBILIZE", None): -5.5,
    ("PROTEST", None): -5.0,
    ("THREATEN", None): -3.5,
    ("REJECT", None): -2.0,
    ("REQUEST", None): 0.0,
    ("AGREE", None): 2.5,
    ("SUPPORT", None): 5.0,
    ("RETREAT", None): 6.5,
    ("COOPERATE", None): 9.5,
    ("AID", None): 10.0,
}

ARMED_SIDES = ("government", "group", "civilians")

_NUMBERS = tuple(str(n) for n in range(1, 9))

# What the same codebooks call the classes of targets and weapons, in the form of `SCHEMES`; nothing is required.
CLASS_SCHEMES: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "targets": {
        "acled": {"inter": _NUMBERS, "actor": (), "associated": ()},
        "ucdp-ged": {"side": ARMED_SIDES},
        "gtd": {
            "targtype": tuple(str(n) for n in range(1, 23)),
            "targsubtype": tuple(str(n) for n in range(1, 114)),
        },
        "plover": {"sector": _PLOVER_SECTORS, "context": _PLOVER_CONTEXTS},
    },
    "weapons": {
        "acled": {"sub_event_type": SUB_EVENTS["Explosions/Remote violence"]},
        "gtd": {
            "weaptype": tuple(str(n) for n in range(1, 14)),
            "weapsubtype": tuple(str(n) for n in range(1, 32)),
        },
        "plover": {"mode": _PLOVER_MODES},
    },
}
