"""Every schema that was ever released, in order; each only goes forward."""

from desktop.storage.migrations import v001, v002
from desktop.storage.migrations.step import Step

STEPS: tuple[Step, ...] = (Step(1, v001.STATEMENTS), Step(2, v002.STATEMENTS))
