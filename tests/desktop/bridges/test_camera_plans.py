"""What the watching process is told of cameras: nothing that it could not watch."""

from dataclasses import replace

from desktop.bridges.footage import Footage, watch_plan
from desktop.domain.identifiers import CameraId
from desktop.domain.organisation import Camera, CameraKind, Transport, Zone
from tests.support.profiles import DAY, hall_plan
from video.messages import (
    WatchPlan,
)
from video.vocabulary.source import RtspPlan

PLAN = hall_plan()
CAMERA = PLAN.cameras[0]


def told(*cameras: Camera) -> WatchPlan:
    return watch_plan(
        PLAN.hall,
        cameras,
        Footage(DAY),
        password=lambda camera_id: f"secret of {camera_id}",
        script=lambda name: name,
    )


def test_a_retired_camera_is_not_watched() -> None:
    other = replace(CAMERA, id=CameraId("other"), retired=True)
    assert [camera.camera_id for camera in told(CAMERA, other).cameras] == [CAMERA.id]


def test_a_polygon_of_two_points_leaves_its_window_alone_unwatched() -> None:
    line = Zone(PLAN.windows[0].id, ((0.1, 0.1), (0.4, 0.4)))
    (camera,) = told(replace(CAMERA, zones=(line, CAMERA.zones[1]))).cameras
    assert [zone.window_id for zone in camera.zones] == [PLAN.windows[1].id]


def test_a_network_camera_gets_its_password_and_its_transport() -> None:
    address = "rtsp://192.168.1.64/live"
    camera = replace(
        CAMERA, kind=CameraKind.RTSP, address=address, username="me", transport=Transport.UDP
    )
    (plan,) = told(camera).cameras
    assert plan.source == RtspPlan(address, "me", f"secret of {CAMERA.id}", "udp")
