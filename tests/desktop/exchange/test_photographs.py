"""Photographs: taken as they are, with what they say of themselves; what is none is refused."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.photographs import (
    is_device_name,
    photograph_of,
    read_photograph,
    small_copy,
)
from tests.support.inspections import jpeg

LOCAL = timedelta(hours=8)
OTHERWISE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_a_photograph_says_when_and_by_what_it_was_taken(tmp_path: Path) -> None:
    data = jpeg(make="HUAWEI", model="P60", taken="2026:11:24 09:31:02")
    (tmp_path / "窗口.jpg").write_bytes(data)
    photo = read_photograph(tmp_path / "窗口.jpg", local_offset=LOCAL)
    assert photo.data == data
    assert (photo.device, photo.media_type, photo.size) == ("HUAWEI P60", "image/jpeg", (640, 360))
    assert photo.taken_at == datetime(2026, 11, 24, 1, 31, 2, tzinfo=UTC)


def test_the_offset_that_a_camera_names_is_believed() -> None:
    data = jpeg(taken="2026:11:24 09:31:02", offset="+09:00")
    photo = photograph_of(data, "a.jpg", otherwise=OTHERWISE, local_offset=LOCAL)
    assert photo.taken_at == datetime(2026, 11, 24, 0, 31, 2, tzinfo=UTC)


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "yesterday"])
def test_one_that_does_not_say_when_was_taken_when_it_was_written(taken: str) -> None:
    photo = photograph_of(jpeg(taken=taken), "a.jpg", otherwise=OTHERWISE, local_offset=LOCAL)
    assert photo.taken_at == OTHERWISE


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("CON.jpg", True), ("con", True), ("LPT1.tar.gz", True), ("COM¹.png", True),
        ("nul .jpg", True), ("CONTROL.jpg", False), ("console.jpg", False), ("COM10.jpg", False),
        ("窗口CON.jpg", False),
    ],
)  # fmt: skip
def test_names_that_windows_keeps_for_devices_are_known(name: str, is_one: bool) -> None:
    assert is_device_name(name) is is_one


def test_a_file_called_con_is_a_photograph_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "CON.jpg").write_bytes(jpeg())
    photo = read_photograph(tmp_path / "CON.jpg", local_offset=LOCAL)
    assert (photo.file_name, photo.size) == ("CON.jpg", (640, 360))


def test_eighty_megapixels_are_kept_whole_and_drawn_small() -> None:
    out = io.BytesIO()
    Image.new("L", (10_000, 8_000), 90).save(out, "JPEG", quality=20)
    data = out.getvalue()
    photo = photograph_of(data, "big.jpg", otherwise=OTHERWISE, local_offset=LOCAL)
    assert photo.data is data
    with Image.open(io.BytesIO(small_copy(data, 320))) as small:
        assert small.size == (320, 256)


def test_a_picture_is_drawn_the_way_up_it_was_held() -> None:
    told = Image.Exif()
    told[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (64, 32)).save(out, "JPEG", exif=told)
    with Image.open(io.BytesIO(small_copy(out.getvalue(), 320))) as small:
        assert small.size == (32, 64)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", ExchangeTrouble.EMPTY),
        (b"GIF89a not really", ExchangeTrouble.NOT_A_PICTURE),
        (b"%PDF-1.7 no picture at all", ExchangeTrouble.NOT_A_PICTURE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, ExchangeTrouble.NOT_A_PICTURE),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, trouble: ExchangeTrouble) -> None:
    with pytest.raises(ExchangeError) as refused:
        photograph_of(data, "x.jpg", otherwise=OTHERWISE, local_offset=LOCAL)
    assert refused.value.trouble is trouble


def test_a_picture_that_says_it_is_monstrous_is_not_opened() -> None:
    header = b"P6 40000 40000 255\n"
    with pytest.raises(ExchangeError):
        photograph_of(header, "x.ppm", otherwise=OTHERWISE, local_offset=LOCAL)
    png = io.BytesIO()
    Image.new("1", (16_000, 13_000)).save(png, "PNG")
    with pytest.raises(ExchangeError) as refused:
        photograph_of(png.getvalue(), "x.png", otherwise=OTHERWISE, local_offset=LOCAL)
    assert refused.value.trouble is ExchangeTrouble.TOO_LARGE


def test_half_a_photograph_is_kept_but_cannot_be_drawn() -> None:
    data = jpeg()[:-2000]
    assert photograph_of(data, "x.jpg", otherwise=OTHERWISE, local_offset=LOCAL).data == data
    with pytest.raises(ExchangeError):
        small_copy(data, 320)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_photograph(tmp_path / "gone.jpg", local_offset=LOCAL)
    assert (refused.value.trouble, refused.value.file) == (
        ExchangeTrouble.MISSING_FILE, "gone.jpg",
    )  # fmt: skip
