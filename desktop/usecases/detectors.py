"""Choosing what finds persons: evidence rests on it, so the choice is an act of somebody."""

from desktop.usecases.ports import UnitOfWork


def choose_detector(work: UnitOfWork, device_id: str, *, detector: str) -> None:
    """Write down who let a device find persons with a model; the empty name is our own."""
    work.note("detector.choose", f"device/{device_id}", reason=detector)
