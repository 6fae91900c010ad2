"""The history of a CV beside deepdiff and jsonpatch, and what 1,000 versions cost.

    python bench/versions.py [--quick] [--json]

Each time is a median; ratios are medians of runs that followed one another. deepdiff and jsonpatch
(the group `bench`) get the same CVs as JSON Resume documents: jsonpatch's diff and deepdiff's
default name list positions, `deepdiff_unordered` matches items wherever they are, as `diff` does
by their ids. Their merge is the diff of base and theirs, applied to mine. The versions are kept on
an embedded PostgreSQL of the bench's own, whose tables are measured as they lie on disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonpatch
from deepdiff import DeepDiff, Delta

from cvcore.clock import system_clock
from cvcore.cv import Cv, from_json_resume, paths, to_json_resume
from cvcore.ids import OwnerId, random_id
from cvcore.versions import Versions, diff, merge
from cvweb import embedded
from cvweb.adapters.postgres import Database, migrate
from cvweb.wiring.documents import cv_file_writer

VERSIONS = 1000
ADA = OwnerId("ada")
WORDS = """led built migrated reduced services in Python and PostgreSQL for payments with a team of
    engineers across Paris and Lyon while costs fell by 12 % over two years""".split()  # noqa: SIM905 - easier to read
SIZES = "SELECT pg_total_relation_size('cv_content') + pg_total_relation_size('cv_version')"
DOCUMENTS = "SELECT sum(length(content::text)) FROM cv_content"


class Bench:
    """Figures with their targets, as they are measured."""

    def __init__(self, *, is_quick: bool) -> None:
        self.repetitions = 15 if is_quick else 60
        self.figures: dict[str, dict[str, Any]] = {}

    def add(self, name: str, value: float, target: float, better: str, note: str = "") -> None:
        self.figures[name] = {"value": round(value, 3), "target": target, "better": better}
        mark = "" if self._is_met(self.figures[name]) else "  SHORT"
        sign = "≥" if better == "more" else "≤"
        print(f"| {name:26} | {value:10,.2f} | {sign} {target:<6,g} | {note}{mark}", flush=True)

    @property
    def is_met(self) -> bool:
        return all(self._is_met(one) for one in self.figures.values())

    @staticmethod
    def _is_met(one: dict[str, Any]) -> bool:
        value, target = one["value"], one["target"]
        return bool(value >= target if one["better"] == "more" else value <= target)

    def paired(
        self, ours: Callable[[], object], other: Callable[[], object], *, part: int = 1
    ) -> tuple[float, str]:
        """How many times the other's time ours is, and both in words."""
        mine, its = [], []
        for _ in range(max(5, self.repetitions // part)):
            its.append(_seconds(other))
            mine.append(_seconds(ours))
        ratio = statistics.median(one / two for one, two in zip(mine, its, strict=True))
        note = f"{statistics.median(mine) * 1e3:.2f} ms; other {statistics.median(its) * 1e3:.2f}"
        return ratio, f"{note} ms"


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def sentence(number: int) -> str:
    """Eighteen words, another sentence for each number."""
    chosen = (WORDS[(number * 7 + at * (number % 5 + 1)) % len(WORDS)] for at in range(18))
    return f"{' '.join(chosen)} {number}"


def three_pages() -> Cv:
    """A CV of about three pages: 7 jobs of 7 lines, studies, skills, projects."""
    work = [
        {
            "name": f"Company {job}",
            "position": f"Engineer {job}",
            "startDate": f"{2020 - job}-01",
            "endDate": f"{2021 - job}-01",
            "summary": sentence(job + 50),
            "highlights": [sentence(job * 10 + line) for line in range(7)],
        }
        for job in range(7)
    ]
    skills = [
        {"name": f"Group {n}", "keywords": [f"Skill {n}{k}" for k in range(8)]} for n in "abc"
    ]
    projects = [
        {"name": f"Project {n}", "description": sentence(n + 80), "highlights": [sentence(n + 90)]}
        for n in range(4)
    ]
    studies = [{"institution": f"University {n}", "area": "Computing"} for n in range(3)]
    basics = {"name": "Ada Example", "email": "ada@example.org", "summary": sentence(1)}
    document = {"basics": basics, "work": work, "skills": skills, "projects": projects}
    return from_json_resume({**document, "education": studies})


def sides(base: Cv) -> tuple[Cv, Cv]:
    """Two people's edits: two texts; and a moved job, a new line, a lost one, four texts."""
    mine = paths.with_value(base, "basics.summary", "Data engineer in Lyon")
    mine = paths.with_value(mine, "work[w2].highlights[b3]", sentence(200))
    theirs = paths.move(base, "work[w5]")
    theirs = paths.insert(theirs, "work[w1].highlights", sentence(300))
    theirs = paths.remove(theirs, "work[w3].highlights[b2]")
    for job in (1, 4, 6):
        path = f"work[w{job}].highlights[b1]"
        theirs = paths.with_value(theirs, path, f"{paths.get(theirs, path)}, and more")
    return mine, paths.with_value(theirs, "work[w7].summary", sentence(400))


def read_anew(cv: Cv) -> Cv:
    """The CV as it comes from a store, sharing nothing with another in memory."""
    return from_json_resume(json.loads(json.dumps(to_json_resume(cv))))


def of_pure_rules(bench: Bench) -> None:
    """`diff` and `merge` beside the libraries that people use for it."""
    base, mine, theirs = map(read_anew, (three_pages(), *sides(three_pages())))
    assert not merge(base, mine, theirs).conflicts
    was, ours, other = (to_json_resume(cv) for cv in (base, mine, theirs))

    def ours_diff() -> object:
        return diff(base, theirs)

    def ours_merge() -> object:
        return merge(base, mine, theirs)

    def deep_merge() -> object:
        return ours + Delta(DeepDiff(was, other), log_errors=False)

    ratio, note = bench.paired(ours_diff, lambda: DeepDiff(was, other), part=3)
    bench.add("diff_deepdiff", 1 / ratio, 5, "more", note)
    ratio, note = bench.paired(ours_merge, deep_merge, part=3)
    bench.add("merge_deepdiff", 1 / ratio, 5, "more", note)
    ratio, note = bench.paired(ours_diff, lambda: DeepDiff(was, other, ignore_order=True), part=6)
    bench.add("diff_deepdiff_unordered", 1 / ratio, 5, "more", note)
    ratio, note = bench.paired(ours_diff, lambda: jsonpatch.make_patch(was, other))
    operations = len(jsonpatch.make_patch(was, other).patch)
    seen = f"{note}; {len(diff(base, theirs))} changes, other {operations}"
    bench.add("diff_jsonpatch", ratio, 2, "less", seen)
    ratio, note = bench.paired(ours_merge, lambda: jsonpatch.make_patch(was, other).apply(ours))
    bench.add("merge_jsonpatch", ratio, 2, "less", note)


async def of_the_store(bench: Bench, url: str) -> None:
    """A CV edited a thousand times: what listing its versions and keeping them costs."""
    await migrate(url)
    async with Database(url) as database:
        versions = Versions(database.begin, clock=system_clock, new_id=random_id)
        cv = three_pages()
        empty = await _number(database, SIZES)
        record = await versions.create(ADA, filename="cv.json", cv=cv)
        for number in range(2, VERSIONS + 1):
            patch = {
                "op": "replace",
                "path": f"/work/{number % 7}/highlights/{number // 7 % 7}",
                "value": sentence(1000 + number),
            }
            await versions.edit(ADA, record.id, [patch], seen=number - 1)
        took = []
        for _ in range(bench.repetitions):
            began = time.perf_counter()
            listed = await versions.versions(ADA, record.id)
            took.append(time.perf_counter() - began)
        assert len(listed) == VERSIONS
        bench.add("list_1000_ms", statistics.median(took) * 1e3, 20, "less", "all, newest first")
        copies = await _number(database, DOCUMENTS)
        kept = await _number(database, SIZES) - empty
        note = f"{kept / 1e6:.1f} MB on disk, indexes too; {copies / 1e6:.1f} MB of JSON"
        bench.add("kept_percent", 100 * kept / copies, 25, "less", note)


async def _number(database: Database, query: str) -> int:
    async with database.begin() as unit:
        return int(await unit.connection.fetchval(query))


async def of_export(bench: Bench) -> None:
    """A PDF of three pages, warm."""
    write, cv, took = cv_file_writer(), three_pages(), []
    for _ in range(2 + bench.repetitions):
        began = time.perf_counter()
        made = await write(cv, "pdf", template="classic", options={})
        took.append(time.perf_counter() - began)
    note = f"{len(made.data) / 1e3:.0f} kB, first {took[0] * 1e3:.0f} ms"
    bench.add("pdf_warm_ms", statistics.median(took[2:]) * 1e3, 60, "less", note)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="within 50 s, less exactly")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON at the end")
    asked = parser.parse_args()
    bench = Bench(is_quick=asked.quick)
    print(f"| {'figure':26} | {'value':>10} | target   | seen\n|---|---|---|---|")
    of_pure_rules(bench)
    asyncio.run(of_export(bench))
    folder = Path(tempfile.mkdtemp(prefix="cvcore-bench-"))
    folder.chmod(0o755)
    try:
        with embedded.start(folder / "data") as server:
            asyncio.run(of_the_store(bench, server.url()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if asked.json:
        print(json.dumps(bench.figures))
    return 0 if bench.is_met else 1


if __name__ == "__main__":
    sys.exit(main())
