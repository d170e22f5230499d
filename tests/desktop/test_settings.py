"""Settings are checked before anybody uses them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bridges.envelopes import line_of
from desktop.paths import standard_paths
from desktop.settings import (
    Language,
    Settings,
    SettingsError,
    SettingsTrouble,
    Theme,
    Traffic,
    load_settings,
    save_settings,
)
from sync.settings import LineSettings


def trouble_of(text: str, tmp_path: Path) -> tuple[SettingsTrouble, str]:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refusal:
        load_settings(file)
    return refusal.value.trouble, refusal.value.name


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    wanted = Settings(language=Language.ENGLISH, theme=Theme.DARK, lock_after_min=60).with_values(
        server_url="https://hall.example.gov.cn:8443/", preview_per_second=0.5
    )

    save_settings(tmp_path / "home" / "settings.toml", wanted)

    assert load_settings(tmp_path / "home" / "settings.toml") == wanted
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["settings.toml"]


def test_a_first_start_has_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_a_name_from_a_later_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("from_the_future = 1\nlock_after_min = 60\n")

    assert load_settings(tmp_path / "settings.toml").lock_after_min == 60


def test_a_whole_number_will_do_for_a_fraction(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("preview_per_second = 3\n")

    assert load_settings(tmp_path / "settings.toml").preview_per_second == 3.0


@pytest.mark.parametrize(
    ("text", "trouble", "name"),
    [
        ("lock_after_min = 0", SettingsTrouble.OUT_OF_RANGE, "lock_after_min"),
        ("lock_after_min = 241", SettingsTrouble.OUT_OF_RANGE, "lock_after_min"),
        ("lock_after_min = true", SettingsTrouble.WRONG_KIND, "lock_after_min"),
        ('lock_after_min = "10"', SettingsTrouble.WRONG_KIND, "lock_after_min"),
        ("preview_per_second = nan", SettingsTrouble.OUT_OF_RANGE, "preview_per_second"),
        ('theme = "pink"', SettingsTrouble.OUT_OF_RANGE, "theme"),
        ("theme = [1]", SettingsTrouble.OUT_OF_RANGE, "theme"),
        ("lock_after_min = ", SettingsTrouble.UNREADABLE, ""),
        ('model_file = "own.onnx"', SettingsTrouble.OUT_OF_RANGE, "model_sha256"),
        ('model_family = "yolo9"', SettingsTrouble.OUT_OF_RANGE, "model_family"),
    ],
)
def test_a_bad_value_is_named(
    tmp_path: Path, text: str, trouble: SettingsTrouble, name: str
) -> None:
    assert trouble_of(text, tmp_path) == (trouble, name)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://hall.example.gov.cn", id="passwords would travel in the clear"),
        pytest.param("https://user:pw@hall.example.gov.cn", id="a password in the address"),
        pytest.param("https://", id="no host"),
        pytest.param("ftp://hall.example.gov.cn", id="not the web"),
        pytest.param("https://hall:99999", id="no such port"),
        pytest.param("hall.example.gov.cn", id="no scheme"),
    ],
)
def test_an_unsafe_server_address_is_refused(url: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings(server_url=url)

    assert refusal.value.trouble is SettingsTrouble.BAD_ADDRESS


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:8000", "http://[::1]:80", "https://h.cn"])
def test_a_safe_server_address_is_taken(url: str) -> None:
    assert Settings(server_url=url).server_url == url


@given(st.integers(), st.floats(allow_nan=True), st.text())
def test_no_value_slips_past_its_check(minutes: int, rate: float, url: str) -> None:
    try:
        settings = Settings(lock_after_min=minutes, preview_per_second=rate, server_url=url)
    except SettingsError:
        return

    assert 1 <= settings.lock_after_min <= 240
    assert 0.2 <= settings.preview_per_second <= 10
    assert settings.server_url == "" or "://" in settings.server_url


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(SettingsError) as refusal:
        save_settings(tmp_path / "file" / "settings.toml", Settings())

    assert refusal.value.trouble is SettingsTrouble.NOT_WRITABLE


def test_the_home_can_be_named_by_the_environment(tmp_path: Path) -> None:
    paths = standard_paths({"HALLWATCH_HOME": str(tmp_path)})

    assert paths.home == tmp_path
    places = [paths.store, paths.vault, paths.backups, paths.logs, paths.crashes, paths.server]
    assert all(place.parent == tmp_path for place in places)
    assert not list(tmp_path.iterdir())


def test_without_a_name_the_platform_decides() -> None:
    assert standard_paths({}).home == standard_paths({"HALLWATCH_HOME": "  "}).home
    assert standard_paths({}).home.name == "Hallwatch"


@pytest.mark.parametrize("url", ["proxy:3128", "http://proxy", "http://a:b@proxy:1", "ftp://p:1"])
def test_a_proxy_is_a_host_and_a_port_and_no_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(proxy_url=url)
    assert (caught.value.trouble, caught.value.name) == (SettingsTrouble.BAD_ADDRESS, "proxy_url")


def test_the_line_to_the_server_is_as_the_user_set_it() -> None:
    settings = Settings(
        proxy_url="http://proxy:3128",
        authorities_file="office.pem",
        sync_limit_kb=200,
        traffic=Traffic.METERED,
    )
    line = line_of(settings)
    assert (line.proxy, line.authorities) == ("http://proxy:3128", Path("office.pem"))
    assert (line.bytes_per_s, line.metered) == (200_000, True)
    assert line_of(Settings()) == LineSettings()
