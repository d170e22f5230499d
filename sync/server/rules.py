"""Interprets the entity files on the server: who may make which change of which record."""

import errno
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sync.protocol.change import Body, Change

_DIGEST = re.compile(r"[0-9a-f]{64}")
_EMPTY: tuple[object, ...] = (None, "", [], {}, False)


class Refusal(Exception):
    """A change that the rules forbid: a stable code and its fields."""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code, fields)
        self.reason = {"code": code, **fields}


class Signer:
    """Who made a change: the user, the roles of the server's own table."""

    def __init__(self, user_id: str, roles: Sequence[str]) -> None:
        self.user_id = user_id
        self.roles = frozenset(roles)

    def holds(self, roles: Sequence[str]) -> bool:
        """Tell whether one of the roles is held."""
        return "*" in roles or bool(self.roles.intersection(roles))


class Rules:
    """All entity files."""

    def __init__(self, folder: Path) -> None:
        """Read the files.

        Raises:
            FileNotFoundError: there are none; a server without rules would refuse everything.
        """
        paths = sorted(folder.glob("*.toml"))
        if not paths:
            raise FileNotFoundError(errno.ENOENT, "no entity files", str(folder))
        files = (tomllib.loads(path.read_text("utf-8")) for path in paths)
        self._entities: dict[str, dict[str, Any]] = {file["name"]: file for file in files}

    def knows(self, entity: str) -> bool:
        """Tell whether there is such an entity."""
        return entity in self._entities

    def is_strict(self, entity: str) -> bool:
        """Tell whether a change must name the version it rests on."""
        return self._entities[entity]["class"] in {"strict", "sealed"}

    def scope_of(self, entity: str, body: Body) -> str:
        """Answer the scope in which a record lives."""
        return str(body.get(self._entities[entity]["scope_field"], ""))

    def is_twin(self, change: Change, body: Body) -> bool:
        """Tell whether two devices made the same record, each by itself: the first one stands."""
        field = self._entities[change.entity].get("twin")
        return field is not None and change.patch.get(field, (None, None))[1] == body.get(field)

    def numbering(self, entity: str) -> Mapping[str, str]:
        """Answer which fields hold a document number, if any."""
        return dict(self._entities[entity].get("numbering", {}))

    def digests(self, entity: str, body: Body) -> list[str]:
        """Answer the digests of bytes that a record names."""
        fields = self._entities[entity].get("fields", {})
        named = (body.get(n) for n, f in fields.items() if f["type"] == "digest")
        return [digest for digest in named if isinstance(digest, str) and digest]

    def check_new(self, entity: str, body: Body, signer: Signer) -> None:
        """Refuse a record that may not be created so, or not by this person."""
        rule = self._entities[entity]
        if not signer.holds(rule.get("create_roles", ())):
            raise Refusal("not_allowed", act="create", roles=rule.get("create_roles", []))
        self._check_fields(entity, body)
        state_field = rule.get("state_field")
        if state_field and body.get(state_field) != rule["initial"]:
            raise Refusal("wrong_state", act="create", state=body.get(state_field))
        self._check_stamps_of_creation(rule, body, signer)

    def check_change(self, entity: str, old: Body, new: Body, signer: Signer) -> None:
        """Refuse a change that class, state, fields or roles forbid."""
        rule = self._entities[entity]
        if rule["class"] in {"append_only", "sealed"}:
            raise Refusal("sealed")
        self._check_fields(entity, new)
        # Fields that a newer program knows are kept; they change as an edit, never with an act.
        named = rule["fields"].keys() | old.keys() | new.keys()
        changed = {name for name in named - {"id"} if old.get(name) != new.get(name)}
        if "id" in new and new["id"] != old.get("id"):
            raise Refusal("bad_field", field="id")
        state_field = rule.get("state_field")
        if state_field and state_field in changed:
            _check_transition(rule, old, new, changed - {state_field}, signer)
        else:
            _check_edit(rule, old, changed, signer)

    def _check_stamps_of_creation(
        self, rule: Mapping[str, Any], body: Body, signer: Signer
    ) -> None:
        """Refuse a record that names somebody else as its author, or an act not yet done."""
        stamped = {name for act in rule.get("transition", ()) for name in act.get("stamps", ())}
        for name in stamped:
            if body.get(name) not in _EMPTY:
                raise Refusal("bad_field", field=name)
        for name in rule["fields"]:
            given = body.get(name)
            if name.endswith("_by") and given not in _EMPTY and given != signer.user_id:
                raise Refusal("bad_field", field=name)

    def _check_fields(self, entity: str, body: Body) -> None:
        for name, limits in self._entities[entity]["fields"].items():
            value = body.get(name)
            if value is None or value == "":
                if limits.get("required"):
                    raise Refusal("missing_field", field=name)
            elif not _fits(limits, value):
                raise Refusal("bad_field", field=name)


def _check_edit(rule: Mapping[str, Any], old: Body, changed: set[str], signer: Signer) -> None:
    if not signer.holds(rule.get("edit_roles", ())):
        raise Refusal("not_allowed", act="edit", roles=rule.get("edit_roles", []))
    state_field = rule.get("state_field")
    if state_field and old.get(state_field) not in rule.get("edit_states", ()):
        raise Refusal("wrong_state", act="edit", state=old.get(state_field))
    if rule["scope_field"] in changed:
        raise Refusal("bad_field", field=rule["scope_field"])
    stamped = {name for act in rule.get("transition", ()) for name in act.get("stamps", ())}
    for name in sorted(changed & stamped):
        raise Refusal("bad_field", field=name)


def _check_transition(
    rule: Mapping[str, Any], old: Body, new: Body, changed: set[str], signer: Signer
) -> None:
    source, target = old.get(rule["state_field"]), new.get(rule["state_field"])
    paths = [t for t in rule["transition"] if source in t["from"] and t["to"] == target]
    if not paths:
        raise Refusal("wrong_state", act=str(target), state=source)
    fitting = [t for t in paths if signer.holds(_roles(t, old))]
    if not fitting:
        raise Refusal("not_allowed", act=paths[0]["name"], roles=list(_roles(paths[0], old)))
    act = fitting[0]
    stamps, requires = act.get("stamps", []), act.get("requires", [])
    for name in act.get("unlike", ()):
        if _names(old.get(name), signer.user_id):
            raise Refusal("same_person", act=act["name"], field=name)
    for name in (*requires, *stamps):
        if new.get(name) in _EMPTY:
            raise Refusal("missing_field", act=act["name"], field=name)
    for name in stamps:
        if name.endswith("_by") and new[name] != signer.user_id:
            raise Refusal("bad_field", act=act["name"], field=name)
    for name in sorted(changed - {*stamps, *act.get("may_change", ())}):
        raise Refusal("bad_field", act=act["name"], field=name)


def _roles(act: Mapping[str, Any], body: Body) -> Sequence[str]:
    by = act.get("roles_by")
    roles: Sequence[str] = by.get(body.get(by["field"]), act["roles"]) if by else act["roles"]
    return roles


def _names(value: object, user_id: str) -> bool:
    return user_id in value if isinstance(value, list) else value == user_id


def _fits(limits: Mapping[str, Any], value: Any) -> bool:  # noqa: PLR0911  # one line a type
    match limits["type"]:
        case "text" | "ref":
            return isinstance(value, str)
        case "enum":
            return value in limits["values"]
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "bool":
            return isinstance(value, bool)
        case "list":
            return isinstance(value, list)
        case "map":
            return isinstance(value, dict)
        case "digest":
            return isinstance(value, str) and bool(_DIGEST.fullmatch(value))
        case "date":
            return isinstance(value, str) and _parses(date, value)
        case "timestamp":
            return isinstance(value, str) and _parses(datetime, value)
    raise ValueError(limits["type"])


def _parses(kind: type[date], text: str) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True
