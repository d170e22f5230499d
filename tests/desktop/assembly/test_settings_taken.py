"""Settings that are changed while the program runs hold from then on."""

from pathlib import Path

from desktop.assembly.program import Program
from desktop.paths import Paths
from desktop.settings import Settings, Traffic
from desktop.system.secrets import MemorySecrets

NOWHERE = "http://127.0.0.1:9"


def test_rounds_line_backups_and_terms_go_by_the_new_settings(tmp_path: Path) -> None:
    wanted = Settings(
        server_url=NOWHERE,
        sync_every_s=60,
        keep_backups=3,
        keep_clips_days=30,
        traffic=Traffic.METERED,
        proxy_url="http://proxy.example:3128",
    )
    with Program(Paths(tmp_path), Settings(server_url=NOWHERE), MemorySecrets()) as program:
        program.take_settings(wanted)
        assert program.sync.every_s == 60
        assert program.backups.keep == 3
        assert program.tidy.terms.clips.days == 30
        assert program.session.settings.metered
        assert program.session.settings.proxy == "http://proxy.example:3128"
