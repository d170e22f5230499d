"""The OpenAPI document keeps its word: no failure of the server, no status that is not told of."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.support.live_server import LiveServer
from tests.support.sync_client import SyncClient
from tests.support.sync_office import PASSWORD

PROMISES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
FEW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def document(server: LiveServer) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{server.url}/openapi.json")


@pytest.fixture(scope="module")
def tokens(server: LiveServer, people: object) -> Iterator[dict[str, str]]:
    """Somebody who may administer, and somebody who may not and may lease numbers instead."""
    admin, clerk = SyncClient(server.url), SyncClient(server.url)
    admin.session.sign_in("admin", server.admin_password)
    clerk.session.sign_in("seal_clerk", PASSWORD)
    yield {"ADMIN": admin.session._access, "SEAL_CLERK": clerk.session._access}
    admin.close()
    clerk.close()


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("role", ["ADMIN", "SEAL_CLERK"])
def test_a_request_of_any_kind_is_answered_as_told(
    document: BaseSchema, tokens: dict[str, str], role: str, mode: GenerationMode
) -> None:
    token = {"Authorization": f"Bearer {tokens[role]}"}

    def ask(case: Case) -> None:
        case.call_and_validate(headers=token, checks=PROMISES, timeout=30)

    for found in document.get_all_operations():
        route = found.ok()
        if mode is GenerationMode.POSITIVE or route.body or list(route.iter_parameters()):
            FEW(given(route.as_strategy(generation_mode=mode))(ask))()


def test_requests_that_follow_from_answers_are_answered_as_told(
    document: BaseSchema, tokens: dict[str, str]
) -> None:
    class Caller(document.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": {"Authorization": f"Bearer {tokens['ADMIN']}"}, "timeout": 30}

        def validate_response(self, response: Any, case: Case, **words: Any) -> None:
            case.validate_response(response, checks=PROMISES)

    run_state_machine_as_test(Caller, settings=FEW)
