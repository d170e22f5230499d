"""Refusals of the server: RFC 9457 problem details with a stable code."""

from typing import Any


class Problem(Exception):
    """A request that is refused: HTTP status, stable code, and fields that explain it.

    Attributes:
        headers: go along with the answer.
    """

    def __init__(self, status: int, code: str, **fields: Any) -> None:
        super().__init__(status, code, fields)
        self.status = status
        self.code = code
        self.fields = fields
        self.headers: dict[str, str] = {}

    def to_json(self) -> dict[str, Any]:
        """Write it as problem+json."""
        kind = f"urn:hallwatch:problem:{self.code}"
        return {"type": kind, "title": self.code, "status": self.status, "code": self.code} | {
            name: value for name, value in self.fields.items() if name != "retry_after"
        }
