"""Looks through every pattern of the package and prints, as JSON, how many there are and which of them grow faster than
their text. Run in a process of its own, before anything of the package is imported: `python scan_patterns.py FOLDER`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pattern_attacks import Found, Growth, attacks, compiled_patterns, growth

_WINDOW = 450  # a pattern that is only given a few characters beside a place may take what time it likes
_LENGTH = 2000
_QUICK = 0.0003  # seconds: of a quadratic pattern it takes a millisecond and more, also on a quick machine
_LINEAR = 8.0  # times longer for four times the text: between 4, which is linear, and 16, which is quadratic

_NEWS = """Kabul, 3 March 2019 (AFP) - Gunmen shot dead two policemen near a check-
point in Kabul on Sunday, officials said. The Taliban claimed responsibility for the attack, the newspaper Example Times
reported on 4 March 2019.

“We lost 12 men”, Interior Ministry spokesman Ahmad Example told Example News.1 At least 29 were wounded.

(With inputs from agencies)"""
_ANALYSIS = """By Anna Example and Ben Sample, Example Institute

Friends of the People's Front (FPF) split from the Example Liberation Army, also known as the Example Column, in 2015;
its leader, Ali al-Example, pledged allegiance to Islamic State. Between 20 and 30 fighters were killed in Quetta,
Balochistan, in the second half of last year, according to three officials. The Karachi chapter of the FPF denied it.

Source: Example Daily"""
_REPORTS = (_NEWS, _ANALYSIS)


def exercise(folder: Path) -> None:
    """A small base, and one text without a stop or line end, so that patterns over whole sentences meet a long one."""
    from khabar import pipeline
    from khabar.settings import Settings
    from khabar.store.opening import open_store

    flat = " ".join(_REPORTS * 12).replace("\n", " ").replace(". ", ", ")
    for number, text in enumerate((*_REPORTS, flat, _REPORTS[1].upper(), "\n".join(_REPORTS * 3))):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    paragraphs = "".join(f"<p>{part}</p>" for part in _REPORTS[0].split("\n\n"))
    (folder / "page.html").write_text(f"<html><body><article>{paragraphs * 3}</article></body></html>")
    with open_store(str(folder / "khabar.db")) as base:
        pipeline.add(base, [folder])
        pipeline.run(base, Settings(store=base.address, cache=Settings().cache, processes=1))


def slow(found: Found) -> Growth | None:
    """The first attack that makes a pattern slow."""
    if 0 < found.longest <= _WINDOW:
        return None
    for pump in attacks(found.pattern, found.flags):
        grown = growth(found, pump, _LENGTH, _QUICK)
        if grown is not None and grown.factor > _LINEAR:
            again = growth(found, pump, _LENGTH, 0.0)  # another program may have had the processor meanwhile
            if again is not None and again.factor > _LINEAR:
                return again
    return None


def main() -> None:
    """Print {"patterns", "asked", "windows", "slow"}."""
    found = compiled_patterns(lambda: exercise(Path(sys.argv[1])))
    bad = [(str(f), ",".join(f.methods), f.longest, g.pump, g.seconds) for f in found if (g := slow(f))]
    asked = sum(1 for f in found if f.methods)
    windows = sum(1 for f in found if 0 < f.longest <= _WINDOW)
    json.dump({"patterns": len(found), "asked": asked, "windows": windows, "slow": bad}, sys.stdout)


if __name__ == "__main__":
    main()
