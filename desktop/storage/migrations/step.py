"""One step from a schema to the next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Statements that lead to schema `version` from the one before."""

    version: int
    statements: tuple[str, ...]
