"""The words of requests, as the OpenAPI document shows them, and the refusals of each route."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from sync.protocol import MOST_OPS
from sync.server.doors.told import PROBLEM_JSON, REASONS
from sync.server.leases import MOST as MOST_LEASES

BIGGEST = 2**31 - 1  # of an integer column


class _Words(BaseModel):
    """A number that comes as true or as text is refused, not guessed at."""

    model_config = ConfigDict(strict=True)


class Unsent(_Words):
    """What a device says of itself when it greets."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"unsent": 3, "conflicts": 0}]})

    unsent: int = Field(0, ge=0, le=BIGGEST)
    conflicts: int = Field(0, ge=0, le=BIGGEST)


class OpsWords(_Words):
    """Changes by name, of which a device asks which are known here."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"epoch": "4f1d2c3b5a697887", "ops": ["019ab3f0-0000-7000-8000-000000000001"]}
            ]
        }
    )

    epoch: str
    ops: list[str] = Field(max_length=MOST_OPS)


class NewUserWords(_Words):
    """What an administrator says of somebody new."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "username": "li.ming",
                    "name": "李明",
                    "password": "a long password",
                    "roles": ["VIDEO_SUP"],
                    "scopes": ["region"],
                }
            ]
        }
    )

    username: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*$")
    name: str = Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")
    password: str = Field(max_length=1000)
    roles: list[str] = Field(max_length=50)
    scopes: list[str] = Field(max_length=5000)


class UserWords(_Words):
    """What is to become of a user; what is not named stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"roles": ["HEAD"]}]})

    roles: list[str] | None = Field(None, max_length=50)
    scopes: list[str] | None = Field(None, max_length=5000)
    active: bool | None = None
    password: str | None = Field(None, max_length=1000)


class BlockWords(_Words):
    """A block of document numbers that is wanted."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"series": "某效监黄", "year": 2026, "count": 20}]}
    )

    series: str = Field(max_length=100, pattern=r"^[^\x00]*$")
    year: int
    count: int


class LeaseWords(_Words):
    """What a device wants to take care of, in one scope; nothing lets go of all."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"scope": "hall-1", "names": ["camera-1", "camera-2"]}]}
    )

    scope: str = Field(max_length=100, pattern=r"^[^\x00]*$")
    names: list[Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]] = Field(
        max_length=MOST_LEASES
    )


ENVELOPE: dict[str, Any] = {
    "op_id": "019ab3f0-0000-7000-8000-000000000001",
    "group_id": "019ab3f0-0000-7000-8000-000000000002",
    "device_id": "019ab3f0-0000-7000-8000-000000000003",
    "dev_seq": 1,
    "prev_hash": "",
    "user_id": "019ab3f0-0000-7000-8000-000000000004",
    "entity": "hall",
    "id": "hall-1",
    "scope": "hall-1",
    "kind": "update",
    "patch": {"name": ["old", "new"]},
    "expect_ver": None,
    "schema_ver": 1,
    "wall_time": "2026-11-24T01:00:00+00:00",
    "mono": 12.5,
    "boot_id": "019ab3f0-0000-7000-8000-000000000005",
    "sig": "base64 of 64 bytes",
}

PUSH_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["changes"],
                    "properties": {
                        "changes": {"type": "array", "items": {"type": "object"}},
                        "epoch": {"type": "string"},
                    },
                },
                "example": {"changes": [ENVELOPE], "epoch": "4f1d2c3b5a697887"},
            }
        },
    }
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the refusals of a route."""
    return {
        status: {
            "description": REASONS[status],
            "content": {
                PROBLEM_JSON: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": {
                        "type": "urn:hallwatch:problem:example",
                        "title": "example",
                        "status": status,
                        "code": "example",
                    },
                }
            },
        }
        for status in statuses
    }
