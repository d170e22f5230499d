"""Every schema that was ever released, in order; each only goes forward."""

from desktop.storage.migrations import v001, v002, v003, v004, v005, v006
from desktop.storage.migrations.step import Step

STEPS: tuple[Step, ...] = (
    Step(1, v001.STATEMENTS),
    Step(2, v002.STATEMENTS),
    Step(3, v003.STATEMENTS),
    Step(4, v004.STATEMENTS),
    Step(5, v005.STATEMENTS),
    Step(6, v006.STATEMENTS),
)
