"""A mapping profile leaves as a file and comes back as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import assets
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.profile_file import (
    named,
    read_profile_file,
    read_profile_text,
    write_profile,
)
from desktop.exchange.profiles import read_profiles

SHIPPED = read_profiles(assets.mapping_files())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_profile_comes_back_as_it_was(name: str) -> None:
    assert read_profile_text(name, write_profile(SHIPPED[name])) == SHIPPED[name]


@given(st.text(st.characters(exclude_categories=("Cs",))), st.text(st.characters(codec="utf-8")))
def test_columns_and_codes_of_any_name_come_back(column: str, code: str) -> None:
    standard = SHIPPED["standard"]
    odd = replace(
        named(standard, column), case={"case_no": (column, code)}, codes={"kind": {code: "ACCEPT"}}
    )
    assert read_profile_text("odd", write_profile(odd)) == odd


@pytest.mark.parametrize(
    "text",
    [
        "id = ",
        'id = "x"',
        'id = "x"\nversion = "1"\nzh = "x"\nen = "x"\nzone = "Asia/Nowhere"\n[case]',
    ],
)
def test_what_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(ExchangeError) as told:
        read_profile_file(path)
    assert told.value.trouble is ExchangeTrouble.BAD_PROFILE


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as told:
        read_profile_file(tmp_path / "none.toml")
    assert told.value.trouble is ExchangeTrouble.MISSING_FILE
    binary = tmp_path / "b.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExchangeError) as again:
        read_profile_file(binary)
    assert again.value.trouble is ExchangeTrouble.NOT_READABLE
