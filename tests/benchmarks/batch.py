"""200 signed cards issued from the batch desk, against the disk and the printing alone in one run.

    python -m tests.benchmarks.batch

Each is an act of its own: its number, its paper with a list of evidence and masked pictures, the
seal, the record, the outbox and the audit row, in an encrypted store that syncs every commit.
"""

import os
import sys
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PySide6.QtCore import QCoreApplication, QEventLoop

from desktop.domain.cards import CardState
from desktop.domain.evidence import Paper
from desktop.domain.roles import Role
from desktop.viewmodels.papers.batch import MOST, Batch, BatchAct
from tests.support.casework import FakeOffice, working_office
from tests.support.profiles import DAY

_APART = timedelta(minutes=16)  # so that no two absences are one
_A_MORNING, _DAYS = 8, 40


def signed_cards(office: FakeOffice, count: int) -> None:
    """Lead cards to their signature, each on a finding of its own."""
    items, windows = office.items(), office.plan.windows
    back = (DAY - timedelta(days=number) for number in range(_DAYS))
    days = [day for day in back if office.calendar.is_working(day.date())]
    for number in range(count):
        round_, window = divmod(number, len(windows))
        day, slot = divmod(round_, _A_MORNING)
        start = days[day] + slot * _APART
        times = {"started_at": start, "ended_at": start + timedelta(minutes=15, seconds=12)}
        office.signed(office.confirmed(items=items, window_id=windows[window].id, **times))


def issued(office: FakeOffice) -> float:
    """Issue all that wait, as the page does; answer the seconds."""
    office.enter(Role.SEAL_CLERK)
    batch, loop = Batch(office), QEventLoop()
    batch.listed.connect(loop.quit)
    batch.gather(BatchAct.ISSUE)
    loop.exec()
    batch.listed.disconnect(loop.quit)
    batch.finished.connect(loop.quit)
    started = time.perf_counter()
    batch.begin()
    loop.exec()
    took = time.perf_counter() - started
    assert batch.done == batch.total == MOST, [each.said for each in batch.refusals]
    batch.stop_listening()
    return took


def printed_alone(office: FakeOffice) -> float:
    """Print one of the papers as often, and do nothing with it."""
    (card, *_) = office.cards()
    started = time.perf_counter()
    for _ in range(MOST):
        office.desk.look(partial(office.press.preview, card=card)).result()
    return time.perf_counter() - started


def synced(folder: Path, size: int) -> float:
    """Write as many files of a paper's size to the disk, each to its end."""
    started = time.perf_counter()
    for number in range(MOST):
        with (folder / f"{number}").open("wb") as file:
            file.write(bytes(size))
            file.flush()
            os.fsync(file.fileno())
    return time.perf_counter() - started


def main() -> None:
    """Print seconds and ratios."""
    app = QCoreApplication(sys.argv)
    with TemporaryDirectory() as folder, working_office(Path(folder)) as office:
        signed_cards(office, MOST)
        started = time.process_time()
        took = issued(office)
        cpu = time.process_time() - started
        papers = office.desk.look(lambda reading: reading.find(Paper)).result()
        numbers = {paper.doc_no for paper in papers}
        assert len(numbers) == MOST
        assert all(card.state is CardState.ISSUED for card in office.cards())
        size = papers[0].pdf_size
        with pypdfium2.PdfDocument(office.vault.get(papers[0].pdf_sha256)) as pdf:
            pages = len(pdf)
        print(f"{MOST} cards of {pages} pages, {size / 1024:.0f} KB: {took:.2f} s, {cpu:.2f} s CPU")
        alone, disk = printed_alone(office), synced(Path(folder), size)
    print(f"  their pages alone take {alone:.2f} s: ratio {took / alone:.2f}")
    print(f"  as many synced files take {disk:.2f} s: ratio {took / disk:.1f}")
    app.quit()


if __name__ == "__main__":
    main()
