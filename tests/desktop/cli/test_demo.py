"""Where the main job without a window puts what it makes."""

from pathlib import Path

from desktop.cli.demo import unused


def test_a_second_run_leaves_the_profile_of_the_first_alone(tmp_path: Path) -> None:
    places = []
    for _ in range(3):
        places.append(unused(tmp_path / "profile"))
        places[-1].mkdir()
    assert [place.name for place in places] == ["profile", "profile-2", "profile-3"]
