"""Measure the verdicts: no false "no change", no false "silent".

    python benchmarks/verdicts.py [--only NAME,NAME] [--quick] [--misses] [--json] [--half HALF]

Made pages (`fixtures/verdicts`) and the real ones of the shared data beside the checkout. A line a
figure: how many were right, by halves (`dev` may be read by whoever writes rules, `held` may not),
and what the figure is to be. With ``--misses`` every wrong one, with what the program said; of one
half alone with ``--half``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.judging import claims, hostile, lost, quiet, shapes, silence, walls
from benchmarks.judging.scoring import Case, Figure, Measure, Verdict, tally

__all__ = ["MEASURES", "main", "run"]

MEASURES: dict[str, Measure] = {
    one.name: one
    for one in (
        shapes.STRUCTURES,
        shapes.SIGHT,
        walls.WALLS,
        walls.ARTICLES,
        walls.REAL,
        claims.FACTS,
        claims.SUBSCRIPTIONS,
        claims.NOTES,
        claims.LINES,
        claims.NEGATIONS,
        claims.HEADLINES,
        quiet.NOISE,
        quiet.LAYOUT,
        lost.LOST,
        lost.HELD,
        lost.MOVED,
        silence.SILENT,
        silence.GRADES,
        hostile.HOSTILE,
    )
}
"""Every measure by its name, in the order in which they are printed."""

Task = tuple[str, Case]


def _tasks(names: Sequence[str], quick: bool) -> list[list[Task]]:
    """All cases, those with one key together, the others in small heaps."""
    keyed: dict[str, list[Task]] = {}
    heaps: list[list[Task]] = [[]]
    for name in names:
        for case in MEASURES[name].cases(quick):
            if case.key:
                keyed.setdefault(case.key, []).append((name, case))
                continue
            if len(heaps[-1]) >= 20:
                heaps.append([])
            heaps[-1].append((name, case))
    # hostile pages first: they take longest
    order = sorted(keyed, key=lambda key: not key.startswith("hostile"))
    return [*(keyed[key] for key in order), *(heap for heap in heaps if heap)]


def _judge(tasks: list[Task]) -> list[tuple[str, Verdict]]:
    found = []
    for name, case in tasks:
        try:
            found += [(name, verdict) for verdict in MEASURES[name].judge(case)]
        except Exception as error:
            raise RuntimeError(f"{name}, {case.name}: {error!r}") from error
    return found


def run(names: Sequence[str], quick: bool, jobs: int) -> Iterator[tuple[str, list[Figure]]]:
    """The figures of some measures."""
    verdicts: dict[str, list[Verdict]] = {name: [] for name in names}
    with ProcessPoolExecutor(jobs) as pool:
        for found in pool.map(_judge, _tasks(names, quick)):
            for name, verdict in found:
                verdicts[name].append(verdict)
    for name in names:
        yield name, tally(MEASURES[name].targets, verdicts[name])


def _told(figures: Sequence[Figure], misses: bool, half: str) -> Iterator[str]:
    for figure in figures:
        yield figure.line()
        if misses:
            wanted = [miss for miss in figure.misses if half == "both" or f"[{half}]" in miss[:6]]
            yield from (f"  - {miss}" for miss in wanted)


def main() -> None:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", default=",".join(MEASURES), help="some measures, by commas")
    parser.add_argument("--quick", action="store_true", help="a sample of the cases")
    parser.add_argument("--misses", action="store_true", help="every wrong verdict")
    parser.add_argument("--half", choices=["dev", "held", "both"], default="both")
    parser.add_argument("--json", action="store_true", help="figures and misses as JSON")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args()
    names = options.only.split(",")
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        parser.error(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    began = time.perf_counter()
    gathered = list(run(names, options.quick, options.jobs))
    if options.json:
        print(json.dumps({name: [f.to_json() for f in found] for name, found in gathered}))
        return
    for _, figures in gathered:
        print(*_told(figures, options.misses, options.half), sep="\n")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
