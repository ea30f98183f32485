"""How each way of drawing of the codebook looks and reads. Invariant: one stroke for each of `codebook.ties.DRAWN`.

Relation types choose among these in the codebook (`drawn`); no type is named here. Colours and dashes are in the style
sheet, under the stroke's name, so that they differ in both: nothing is told by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["STROKES", "Stroke"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One way of drawing a tie. `head` is the side that the arrow points at ("" for none); `begins` and `ends` name the
    side whose lane begins or ends with the tie; `under` the side that is drawn beneath the other, where one is; `rank`
    says which tie decides that where several do, the lowest first.
    """

    name: str
    words: str
    head: str = ""
    begins: str = ""
    ends: str = ""
    under: str = ""
    rank: int = 9


_ALL = (
    Stroke("split", "split", head="subject", begins="subject", under="subject", rank=0),
    Stroke("founding", "founding", head="object", begins="object", under="object", rank=1),
    Stroke("part", "part of", head="object", under="subject", rank=2),
    Stroke("succession", "succession", head="object", begins="object", ends="subject", under="object", rank=3),
    Stroke("merger", "merger", head="object", ends="subject", under="subject", rank=4),
    Stroke("pledge", "pledge of allegiance", head="object", under="subject", rank=5),
    Stroke("affiliation", "affiliation", head="object", under="subject", rank=6),
    Stroke("alliance", "alliance"),
    Stroke("rivalry", "rivalry"),
    Stroke("support", "support", head="object"),
)

STROKES = {stroke.name: stroke for stroke in _ALL}
