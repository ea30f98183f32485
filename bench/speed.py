"""Words per second, memory and start-up, beside a bare spaCy pass over the same text in the same run.

    python bench/speed.py [--words 60000] [--rounds 3]

The two programs take turns (A B A B …) so that a drifting machine does not favour one; medians are printed.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle
from pathlib import Path

from khabar.coding import Coder
from khabar.documents import Fetched, ParseOptions, fetch, parse_all
from khabar.documents.model import Origin, Parsed
from khabar.engine import LocalEngine
from khabar.exchange import claim_line
from khabar.reading.syntax import MODEL
from khabar.records import Document
from khabar.samples import sample_folder
from khabar.settings import load_settings

HERE = Path(__file__).resolve().parent
WORKERS_TEXT = 4  # times as much text for two processes, whose start (three seconds) counts too


def reports() -> list[str]:
    """The texts of the English sample reports."""
    texts = []
    for item in fetch([sample_folder()]):
        if isinstance(item, Fetched):
            parsed = (p.document for p in parse_all(item.data, item.origin, ParseOptions()) if isinstance(p, Parsed))
            texts += [d.text for d in parsed if d.unread is None]
    return texts


def neutral() -> list[str]:
    """Plain prose that reports no violence, two paragraphs a text."""
    paragraphs = (HERE / "neutral.txt").read_text(encoding="utf-8").split("\n\n")
    return ["\n\n".join(paragraphs[i : i + 2]) for i in range(0, len(paragraphs), 2)]


def stream(parts: Sequence[Sequence[str]], words: int) -> list[str]:
    """Texts taken in turn from the parts until there are enough words; each numbered, so that none is a copy."""
    texts: list[str] = []
    sources = [cycle(part) for part in parts]
    total = 0
    while total < words:
        for source in sources:
            text = f"Report {len(texts)}.\n\n{next(source)}"
            texts.append(text)
            total += len(text.split())
    return texts


def khabar_pass(texts: Sequence[str], processes: int) -> int:
    """What `khabar extract` does with texts, without starting a program; the number of characters it would write."""
    settings = load_settings()
    coder = Coder(settings.cache, "political-violence")
    written = 0
    for outcome in LocalEngine(processes).map(coder, documents(texts)):
        written += sum(len(claim_line(claim, outcome.item)) for claim in outcome.result or ())
    return written


def documents(texts: Sequence[str]) -> Iterable[Document]:
    """The texts as files would be parsed."""
    for number, text in enumerate(texts):
        for item in parse_all(text.encode(), Origin(f"{number}.txt"), ParseOptions()):
            if isinstance(item, Parsed):
                yield item.document


def spacy_pass(texts: Sequence[str], processes: int) -> int:
    """Tagger, parser and entity recogniser of the same model over the texts."""
    return sum(len(doc) for doc in _bare().pipe(texts, n_process=processes, batch_size=32))


_CACHE: list[object] = []


def _bare():  # type: ignore[no-untyped-def]  # spaCy's Language, imported only here
    if not _CACHE:
        import spacy

        _CACHE.append(spacy.load(MODEL, exclude=["senter", "attribute_ruler", "lemmatizer"]))
    return _CACHE[0]


def paired(texts: Sequence[str], processes: int, rounds: int) -> tuple[float, float, float]:
    """Median words per second of Khabar and of spaCy, and the median of the ratios round by round."""
    words = sum(len(t.split()) for t in texts)
    mine, theirs = [], []
    for number in range(rounds + 1):
        a, b = timed(lambda: khabar_pass(texts, processes)), timed(lambda: spacy_pass(texts, processes))
        if number:  # the first round warms up
            mine.append(words / a)
            theirs.append(words / b)
    ratio = statistics.median(m / t for m, t in zip(mine, theirs, strict=True))
    return statistics.median(mine), statistics.median(theirs), ratio


def timed(work: Callable[[], int]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def start_up(rounds: int = 7) -> float:
    """Median seconds of `khabar --help` as a whole process."""
    command = [str(Path(sys.executable).parent / "khabar"), "--help"]
    return statistics.median(
        timed(lambda: subprocess.run(command, check=True, capture_output=True).returncode) for _ in range(rounds)
    )


def peak_memory(texts: Sequence[str]) -> float:
    """Peak resident megabytes of one process that extracts the texts."""
    code = (
        "import json, resource, sys; sys.path.insert(0, sys.argv[1]); import speed;"
        "speed.khabar_pass(json.load(sys.stdin), 1);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(HERE)], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return float(found.stdout.strip())


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--words", type=int, default=40_000)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    conflict = {n: stream([reports()], asked.words * size) for n, size in ((1, 1), (2, WORKERS_TEXT))}
    mixed = {n: stream([reports(), *[neutral()] * 4], asked.words * size) for n, size in ((1, 1), (2, WORKERS_TEXT))}
    print(f"{'stream':34} {'processes':>9} {'khabar w/s':>11} {'spaCy w/s':>10} {'ratio':>6}")
    for name, texts in (("every report on violence", conflict), ("four fifths report no violence", mixed)):
        for processes in (1, 2):
            mine, theirs, ratio = paired(texts[processes], processes, asked.rounds)
            print(f"{name:34} {processes:9} {mine:11,.0f} {theirs:10,.0f} {ratio:6.2f}", flush=True)
    print(f"peak memory of one process          {peak_memory(conflict[1]):6.0f} MB")
    print(f"start-up of khabar --help           {start_up():6.2f} s")
    print(f"this process                        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")


if __name__ == "__main__":
    main()
