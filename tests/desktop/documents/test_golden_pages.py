"""Every page of every paper looks as it did when somebody last looked at it."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from desktop.documents.fonts import FontBook
from tests.support.golden_pages import CODES, FOLDER, sheet_of, shipped_fonts

# Of 255, after a blur: another build of the drawing library differs by less, a moved line by more.
MEAN, WORST = 2.0, 60.0


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return shipped_fonts()


def softened(picture: Image.Image) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    blurred = picture.convert("L").filter(ImageFilter.GaussianBlur(2))
    return np.asarray(blurred, dtype=np.float64)


@pytest.mark.parametrize("code", CODES)
def test_a_paper_looks_as_it_did(code: str, fonts: FontBook) -> None:
    with Image.open(FOLDER / f"{code}.png") as golden:
        now = sheet_of(code, fonts)
        assert now.size == golden.size, "another number of pages: look, then draw anew"
        differs = np.abs(softened(now) - softened(golden))
    assert differs.mean() < MEAN
    assert differs.max() < WORST


def test_a_line_that_moves_is_seen(fonts: FontBook) -> None:
    now = sheet_of(CODES[0], fonts)
    moved = Image.new("L", now.size, 255)
    moved.paste(now, (0, 12))
    assert np.abs(softened(now) - softened(moved)).max() > WORST
