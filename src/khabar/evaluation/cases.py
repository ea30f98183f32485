"""Claims on short reports: the golden cases as a measure. Invariant: a case is met as a whole or it is missed.

A case that is missed is a slip whose cause is the one written down for it in `known_misses.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from khabar.evaluation.golden import Case, compare, find_quote
from khabar.evaluation.golden_load import UNEXPLAINED, load_known_misses, load_micro_cases, load_reports
from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.score import Share, phenomena_table
from khabar.evaluation.system import GoldText, System
from khabar.records import Claim, Document
from khabar.samples import sample_folder

__all__ = ["MEASURE", "case_misses", "measure_cases", "measure_folder", "score_cases"]


def measure_cases(root: Path, system: System) -> Outcome:
    """Shares of the project's golden cases that are met, those of `root/golden`."""
    return measure_folder(root / "golden", system)


def measure_folder(folder: Path, system: System) -> Outcome:
    """Shares of a folder's cases that are met: short texts, reports, and short texts by phenomenon.

    The folder is laid out as `eval/golden`; reports are those of the samples. EvaluationError if a file cannot be used.
    """
    cases = [*load_reports(folder, sample_folder()), *load_micro_cases(folder)]
    return score_cases(cases, case_misses(cases, system), load_known_misses(folder))


def case_misses(cases: Sequence[Case], system: System) -> dict[str, list[str]]:
    """What each case misses, in words, by its name; an empty list where it is met."""
    texts = [GoldText(case.text, case.file, case.published) for case in cases]
    answers: list[tuple[Document, list[Claim]]] = system.extract(texts)
    return {
        case.name: [miss.removeprefix(f"{case.name}: ") for miss in compare(case, claims, document)]
        for case, (document, claims) in zip(cases, answers, strict=True)
    }


def score_cases(cases: Sequence[Case], misses: Mapping[str, Sequence[str]], known: Mapping[str, str]) -> Outcome:
    """The shares met and a slip for every miss, given what each case misses and the known causes."""
    reports, short = Share(), Share()
    phenomena: dict[str, Share] = {}
    slips: list[Slip] = []
    for case in cases:
        phenomenon, _, number = case.name.partition("/")
        met = not misses[case.name]
        (short if number else reports).add(met)
        if number:
            phenomena.setdefault(phenomenon, Share()).add(met)
        slips.extend(_slip(case, miss, known.get(case.name, UNEXPLAINED)) for miss in misses[case.name])
    figures = (short.figure("short texts met"), reports.figure("sample reports met"))
    return Outcome(figures, tuple(slips), (phenomena_table(phenomena),))


def _slip(case: Case, miss: str, cause: str) -> Slip:
    kind = "missed" if miss.startswith("no ") else "false" if miss.startswith("must not") else "wrong"
    quotes = (str(e["quote"]) for e in (*case.claims, *case.forbidden) if find_quote(case.text, str(e["quote"])))
    sentence = next((" ".join(q.split()) for q in quotes if " ".join(q.split())[:50] in miss), "")
    return Slip(case.name, kind, miss, cause, sentence=sentence)


MEASURE = Measure(
    name="cases",
    ability="Claims on short reports",
    root="own",
    data=("golden",),
    source="own sentences and sample reports, coded by hand (eval/golden)",
    run=measure_cases,
)
