"""The list of cases: its first rows, its scroll steps, and its search, also while an import runs.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.case_list [--cases N]

A step moves the real table by some rows and paints it, with whatever has arrived meanwhile. The
peer is the same table over rows of plain text that are all in memory. Printed are the waiting and
the processor time; on a busy machine the second says more.
"""

import argparse
import random
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop import assets
from desktop.domain.calendar import read_calendar
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.storage.case_lines import Wish
from desktop.usecases.organisation import set_up_hall
from desktop.viewmodels.approvals.rows import CaseRows
from desktop.viewmodels.lines import Lines, Row
from desktop.views.kit.tables import Table
from desktop.workers.case_book import CaseBook
from desktop.workers.case_desk import CaseDesk
from tests.benchmarks.search import WORDS, seconds, take_in
from tests.support.profiles import SetClock, hall_plan, open_store, person

STEPS = 1000
Times = Sequence[tuple[float, float]]


def table_of(model: object) -> Table:
    """Show a model as the page does."""
    table = Table("bench")
    table.setModel(model)  # type: ignore[arg-type]
    table.resize(1040, 560)
    table.show()
    QApplication.processEvents()
    return table


def steps(table: Table, application: QApplication) -> Times:
    """Scroll down by three rows and now and then to another place; each step is painted."""
    draw, bar = random.Random(7), table.verticalScrollBar()
    found = []
    for turn in range(STEPS):
        place = draw.randrange(bar.maximum()) if turn % 50 == 0 else bar.value() + 3

        def step(place: int = place) -> None:
            bar.setValue(place)
            application.processEvents()
            table.viewport().repaint()

        found.append(seconds(step))
    return found


def told(label: str, times: Times, share: float = 0.99) -> float:
    """Print how long most of them took; answers the processor time of that one in ms."""
    waits, works = (sorted(1000 * each[n] for each in times) for n in (0, 1))
    at = min(int(len(times) * share), len(times) - 1)
    print(f"{label}: {share:.0%} within {waits[at]:.1f} ms, processor {works[at]:.1f} ms")
    return works[at]


def searches(find: Callable[[str], object], goes_on: Callable[[], bool]) -> Times:
    """Ask for words, a round at least."""
    found = [seconds(lambda words=words: find(words)) for words in WORDS]  # type: ignore[misc]
    while goes_on() and len(found) < 20 * len(WORDS):
        found += [seconds(lambda words=words: find(words)) for words in WORDS]  # type: ignore[misc]
    return found


def main() -> None:
    """Fill a case file and use its list."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    count = parser.parse_args().cases
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        clock, plan = SetClock(), hall_plan()
        desk = CaseDesk(open_store(Path(folder), clock))
        desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
        take_in(desk, plan.hall.id, 0, count, clock)
        rules = RuleSet(Catalogue(assets.rule_files()))
        book = CaseBook(desk, rules, read_calendar(assets.calendar_files()), clock)
        hall_id, model = plan.hall.id, CaseRows()
        model.wanted.connect(lambda numbers: model.fill(book.glimpse(numbers).result()))

        def first() -> None:
            model.show(book.find(Wish(hall_id)).result().numbers, {})
            model.index(0, 0).data()

        began = time.perf_counter()
        print(f"{count} cases; first rows: processor {1000 * seconds(first)[1]:.0f} ms on this "
              f"thread, {1000 * (time.perf_counter() - began):.0f} ms in all")  # fmt: skip
        ours = told("a scroll step of ours", steps(table_of(model), application))
        texts = Lines(lambda: ("x",) * 9)
        texts.rows = [Row(str(n), (str(n),) * 9) for n in range(count)]
        peer = told("a step over plain text", steps(table_of(texts), application))
        print(f"ours costs {ours / max(peer, 0.001):.1f} times plain text")

        def find(words: str) -> object:
            return book.find(Wish(hall_id, words=words)).result()

        told("a search", searches(find, lambda: False))
        more = threading.Thread(target=take_in, args=(desk, hall_id, count, count // 2, clock))
        more.start()
        told("a search while an import runs", searches(find, more.is_alive))
        more.join()
        desk.close()


if __name__ == "__main__":
    main()
