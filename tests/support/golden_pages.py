"""Golden pictures of the papers' samples, printed with the shipped fonts alone.

python -m tests.support.golden_pages    draws them anew, after one has looked at the change
"""

import io
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from PIL import Image
from reportlab import rl_config

from desktop import assets
from desktop.documents.fonts import FontBook
from desktop.documents.paper import print_paper
from desktop.documents.preview import page_pngs
from desktop.documents.template import read_template

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "papers"
SAMPLES = dict(assets.sample_papers())
CODES = sorted(SAMPLES.keys() - {"common"})
RARE, COMMON = "䶮", "龚"  # the shipped fonts refuse the first by name
SCALE = 0.4  # pixels a point: lines and blocks can be told apart, faces hardly


def shipped_fonts(*more: Path) -> FontBook:
    """The fonts that every installation has, and those of `more`, whatever the machine has."""
    before = rl_config.canvas_basefontname
    try:
        return FontBook([*more, Path(str(files("paperang_p2_fonts_cjk").joinpath("fonts")))])
    finally:
        rl_config.canvas_basefontname = before


def sheet_of(code: str, fonts: FontBook) -> Image.Image:
    """Draw all pages of a sample side by side, in grey."""
    said = json.dumps({**SAMPLES["common"], **SAMPLES[code]}, ensure_ascii=False)  # type: ignore[dict-item]
    fields = json.loads(said.replace(RARE, COMMON))
    if "overview" in fields:  # its sums come from the ledgers
        fields["overview"] = "期间运行总体平稳。"
    pdf = print_paper(read_template(assets.template_file(code)), fields, fonts)
    pages = list(_drawn(pdf))
    sheet = Image.new("L", (sum(p.width for p in pages), max(p.height for p in pages)), 128)
    x = 0
    for page in pages:
        sheet.paste(page, (x, 0))
        x += page.width
    return sheet


def _drawn(pdf: bytes) -> Iterator[Image.Image]:
    for png in page_pngs(pdf, scale=SCALE):
        yield Image.open(io.BytesIO(png)).convert("L")


def main() -> None:
    """Draw all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    fonts = shipped_fonts()
    for code in CODES:
        sheet_of(code, fonts).quantize(32).save(FOLDER / f"{code}.png", optimize=True)


if __name__ == "__main__":
    main()
