"""Tables of cases in which each row carries its reason as its name."""

from collections.abc import Mapping

import pytest


def table(names: str, rows: Mapping[str, tuple[object, ...]]) -> pytest.MarkDecorator:
    """Give the mark that runs a test once a row; `names` as for parametrize."""
    return pytest.mark.parametrize(
        tuple(names.split()), [pytest.param(*row, id=reason) for reason, row in rows.items()]
    )
