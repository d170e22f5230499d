"""A hall without cameras gets its first one, and is watched without a restart."""

from dataclasses import replace
from pathlib import Path
from queue import Queue

from desktop.assembly.cameras import CameraChange, CameraOffice
from desktop.assembly.demonstration import Stagehand, drawn_plan, set_up_demonstration
from desktop.assembly.program import Program
from desktop.domain.roles import Role
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.secrets import MemorySecrets
from desktop.workers.video_process import Heard
from tests.desktop.workers.test_video_process import first
from video.messages import CameraStream, StateSpan, WindowStatus


def test_the_first_camera_starts_the_watching_and_a_retired_one_ends_it(tmp_path: Path) -> None:
    plan = drawn_plan()
    camera = plan.cameras[0]
    with Program(Paths(tmp_path), Settings(), MemorySecrets()) as program:
        set_up_demonstration(program, replace(plan, cameras=()))
        Stagehand(program).enter(Role.DATA_MGR)
        actor = program.door.actor
        assert actor is not None
        assert program.video is None

        office = CameraOffice(program)
        office.keep(actor, CameraChange(camera, (), is_new=True)).result()
        assert program.video is not None
        heard: Queue[Heard] = Queue()
        program.video.subscribe(heard.put)
        first(heard, lambda h: isinstance(h, CameraStream) and h.camera_id == camera.id)
        first(heard, lambda h: isinstance(h, WindowStatus) and h.observation.at_s >= 2.0)

        office.retire(actor, camera, retired=True).result()
        first(heard, lambda h: isinstance(h, StateSpan) and h.camera_id == camera.id)
