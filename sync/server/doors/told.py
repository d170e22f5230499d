"""What refusals mean, for the OpenAPI document."""

from typing import Any

from fastapi import FastAPI

PROBLEM_JSON = "application/problem+json"

REASONS = {
    400: "It cannot be read: bad_request, bad_cursor, bad_metadata, bad_checksum, cut_off …",
    401: "Nobody is signed in, or not any more: signed_out, wrong_credentials",
    403: "Not for this user or device: not_allowed, not_named, device_revoked, bad_signature …",
    404: "not_found, also for what the caller may not know of",
    405: "wrong_method",
    409: "It does not fit what is there: broken_chain, other_epoch, other_offset, username_taken …",
    410: "expired",
    412: "other_tus: Tus-Resumable must be 1.0.0",
    413: "too_large",
    415: "bad_encoding or bad_type",
    416: "No such range",
    422: "It can be read and makes no sense: bad_request, bad_digest, weak_password …",
    426: "other_protocol or other_schema: this program is too old, or the server is",
    429: "too_many_requests, too_many_tries; Retry-After says when",
    460: "wrong_checksum or wrong_digest (tus)",
    503: "busy; Retry-After says when",
}

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem details; `code` is stable, other fields explain it",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
    },
}


def describe(app: FastAPI) -> None:
    """Complete the document: the form of refusals, bearer tokens, and no refusal left out."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        parts = document.setdefault("components", {})
        parts.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path in document["paths"].values():
            for operation in path.values():
                _complete(operation)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(operation: dict[str, Any]) -> None:
    """Any route may be refused at the porch; a wrong word is a problem, not FastAPI's own form."""
    for status in (400, 413, 415, 422, 426, 429):
        operation["responses"][str(status)] = {
            "description": REASONS[status],
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if any(p["name"].lower() == "authorization" for p in operation.get("parameters", ())):
        kept = [p for p in operation["parameters"] if p["name"].lower() != "authorization"]
        operation["parameters"] = kept
        operation["security"] = [{"token": []}]
