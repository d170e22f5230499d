"""Interprets the entity files: fields, classes, rights and transitions, as the server does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import cast

from desktop.domain.errors import (
    BadField,
    DomainError,
    MissingField,
    NotAllowed,
    SamePerson,
    Sealed,
    WrongState,
)
from desktop.domain.roles import Actor

Body = Mapping[str, object]


class EntityClass(Enum):
    """How records of an entity may change and merge."""

    APPEND_ONLY = "append_only"
    FIELDS = "fields"
    STRICT = "strict"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What one field may hold."""

    type: str
    required: bool = False
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Transition:
    """One act that moves a record from a state to another, and its guards."""

    name: str
    sources: frozenset[str]
    target: str
    roles: tuple[str, ...]
    roles_by: tuple[str, Mapping[str, tuple[str, ...]]] | None = None
    requires: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    may_change: frozenset[str] = frozenset()

    def roles_for(self, body: Body) -> tuple[str, ...]:
        """Give the roles that may do this to this record."""
        if self.roles_by is None:
            return self.roles
        discriminator, table = self.roles_by
        return table.get(str(body.get(discriminator)), self.roles)


@dataclass(frozen=True, slots=True)
class EntityRule:
    """All that one entity file says."""

    name: str
    kind: EntityClass
    scope_field: str
    fields: Mapping[str, FieldRule]
    create_roles: tuple[str, ...]
    edit_roles: tuple[str, ...] = ()
    edit_states: tuple[str, ...] = ()
    state_field: str | None = None
    initial: str = ""
    transitions: tuple[Transition, ...] = ()
    index: tuple[str, ...] = ()
    numbering: Mapping[str, str] = field(default_factory=dict)

    @property
    def stamped(self) -> frozenset[str]:
        """Fields that only a transition sets."""
        return frozenset(name for act in self.transitions for name in act.stamps)


class Book:
    """The rules of all entities; refuses what the central server would refuse."""

    def __init__(self, files: Mapping[str, Mapping[str, object]]) -> None:
        self._rules = {name: _parse(content) for name, content in files.items()}

    def rule(self, entity: str) -> EntityRule:
        """Give the rule of an entity; a KeyError is our own mistake."""
        return self._rules[entity]

    def names(self) -> tuple[str, ...]:
        """Name all entities."""
        return tuple(self._rules)

    def acts_on(self, entity: str, body: Body, actor: Actor) -> tuple[str, ...]:
        """Name the transitions that this person could begin from this record's state."""
        rule = self._rules[entity]
        return tuple(t.name for t in rule.transitions if not _bars(rule, t, body, actor))

    def must_allow(self, entity: str, body: Body, act: str, actor: Actor) -> None:
        """Refuse an act that this person could not begin from this record's state.

        Raises:
            WrongState, NotAllowed, SamePerson.
        """
        rule = self._rules[entity]
        for transition in rule.transitions:
            if transition.name == act and (bar := _bars(rule, transition, body, actor)):
                raise bar

    def roles_for(self, entity: str, body: Body, act: str) -> tuple[str, ...]:
        """Name the roles that may do this to this record."""
        acts = self._rules[entity].transitions
        return next(t.roles_for(body) for t in acts if t.name == act)

    def must_allow_new(self, entity: str, actor: Actor) -> None:
        """Refuse a person who may not create such records.

        Raises:
            NotAllowed.
        """
        roles = self._rules[entity].create_roles
        if not _holds(actor, roles):
            raise NotAllowed(entity, "create", roles)

    def check_new(self, entity: str, body: Body, actor: Actor) -> None:
        """Refuse a record that may not be created so, or not by this person."""
        rule = self._rules[entity]
        self.must_allow_new(entity, actor)
        _check_fields(rule, body, "create")
        if rule.state_field and body.get(rule.state_field) != rule.initial:
            raise WrongState(entity, "create", str(body.get(rule.state_field)))
        _check_authorship(rule, body, actor)

    def check_change(self, entity: str, old: Body, new: Body, actor: Actor) -> None:
        """Refuse a change that the record's class, state, fields or the person's role forbid."""
        rule = self._rules[entity]
        if rule.kind in {EntityClass.APPEND_ONLY, EntityClass.SEALED}:
            raise Sealed(entity, "change")
        changed = {name for name in rule.fields if old.get(name) != new.get(name)}
        _check_fields(rule, new, "change")
        if rule.state_field and rule.state_field in changed:
            _check_transition(rule, old, new, changed, actor)
        else:
            _check_edit(rule, old, changed, actor)


def _bars(rule: EntityRule, act: Transition, body: Body, actor: Actor) -> DomainError | None:
    """Tell what keeps a person from beginning an act, None when nothing does."""
    state, roles = str(body.get(rule.state_field or "", "")), act.roles_for(body)
    if state not in act.sources:
        return WrongState(rule.name, act.name, state)
    if not _holds(actor, roles):
        return NotAllowed(rule.name, act.name, roles)
    same = next((f for f in act.unlike if _names(body.get(f), actor)), None)
    return SamePerson(rule.name, act.name, same) if same else None


def _check_authorship(rule: EntityRule, body: Body, actor: Actor) -> None:
    """Refuse a record that names somebody else as its author, or an act not yet done."""
    for name in rule.stamped:
        if not _is_empty(body.get(name)):
            raise BadField(rule.name, name, body.get(name))
    for name in rule.fields:
        given = body.get(name)
        if name.endswith("_by") and not _is_empty(given) and given != actor.user_id:
            raise BadField(rule.name, name, given)


def _check_edit(rule: EntityRule, old: Body, changed: set[str], actor: Actor) -> None:
    if not _holds(actor, rule.edit_roles):
        raise NotAllowed(rule.name, "edit", rule.edit_roles)
    if rule.state_field and old.get(rule.state_field) not in rule.edit_states:
        raise WrongState(rule.name, "edit", str(old.get(rule.state_field)))
    for name in sorted(changed & {rule.scope_field, *rule.stamped}):
        raise BadField(rule.name, name, old.get(name))


def _check_transition(
    rule: EntityRule, old: Body, new: Body, changed: set[str], actor: Actor
) -> None:
    state_field = cast(str, rule.state_field)
    source, target = old.get(state_field), new.get(state_field)
    paths = [t for t in rule.transitions if source in t.sources and target == t.target]
    if not paths:
        raise WrongState(rule.name, str(target), str(source))
    fitting = [t for t in paths if _holds(actor, t.roles_for(old))]
    if not fitting:
        raise NotAllowed(rule.name, paths[0].name, paths[0].roles_for(old))
    act = fitting[0]
    for name in act.unlike:
        if _names(old.get(name), actor):
            raise SamePerson(rule.name, act.name, name)
    for name in (*act.requires, *act.stamps):
        if _is_empty(new.get(name)):
            raise MissingField(rule.name, act.name, name)
    for name in act.stamps:
        if name.endswith("_by") and new.get(name) != actor.user_id:
            raise BadField(rule.name, name, new.get(name))
    for name in sorted(changed - {state_field, *act.stamps, *act.may_change}):
        raise BadField(rule.name, name, new.get(name))


def _check_fields(rule: EntityRule, body: Body, act: str) -> None:
    for name, limits in rule.fields.items():
        value = body.get(name)
        if value is None or value == "":
            if limits.required:
                raise MissingField(rule.name, act, name)
        elif not _fits(limits, value):
            raise BadField(rule.name, name, value)


def _fits(limits: FieldRule, value: object) -> bool:  # noqa: PLR0911  # one line a type
    match limits.type:
        case "text" | "ref":
            return isinstance(value, str)
        case "enum":
            return value in limits.values
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "bool":
            return isinstance(value, bool)
        case "list":
            return isinstance(value, list | tuple)
        case "map":
            return isinstance(value, Mapping)
        case "digest":
            return isinstance(value, str) and len(value) == 64 and set(value) <= _HEX
        case "date":
            return isinstance(value, str) and _parses(date.fromisoformat, value)
        case "timestamp":
            return isinstance(value, str) and _parses(datetime.fromisoformat, value)
    raise ValueError(limits.type)


_HEX = set("0123456789abcdef")


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _is_empty(value: object) -> bool:
    return value in (None, "", [], (), {}, False)


def _holds(actor: Actor, roles: Sequence[str]) -> bool:
    return "*" in roles or any(role.value in roles for role in actor.roles)


def _names(value: object, actor: Actor) -> bool:
    if isinstance(value, list | tuple):
        return actor.user_id in value
    return value == actor.user_id


def _parse(content: Mapping[str, object]) -> EntityRule:
    fields = cast(Mapping[str, Mapping[str, object]], content.get("fields", {}))
    acts = cast(Sequence[Mapping[str, object]], content.get("transition", ()))
    return EntityRule(
        name=str(content["name"]),
        kind=EntityClass(content["class"]),
        scope_field=str(content["scope_field"]),
        fields={name: _field(f) for name, f in fields.items()},
        create_roles=_words(content, "create_roles"),
        edit_roles=_words(content, "edit_roles"),
        edit_states=_words(content, "edit_states"),
        state_field=cast("str | None", content.get("state_field")),
        initial=str(content.get("initial", "")),
        transitions=tuple(_transition(act) for act in acts),
        index=_words(content, "index"),
        numbering=cast(Mapping[str, str], content.get("numbering", {})),
    )


def _field(content: Mapping[str, object]) -> FieldRule:
    return FieldRule(
        type=str(content["type"]),
        required=bool(content.get("required", False)),
        values=frozenset(_words(content, "values")),
    )


def _transition(content: Mapping[str, object]) -> Transition:
    by = cast("Mapping[str, object] | None", content.get("roles_by"))
    table = {k: _words(by, k) for k in by if k != "field"} if by else {}
    return Transition(
        name=str(content["name"]),
        sources=frozenset(_words(content, "from")),
        target=str(content["to"]),
        roles=_words(content, "roles"),
        roles_by=(str(by["field"]), table) if by else None,
        requires=_words(content, "requires"),
        stamps=_words(content, "stamps"),
        unlike=_words(content, "unlike"),
        may_change=frozenset(_words(content, "may_change")),
    )


def _words(content: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(cast(Sequence[str], content.get(key, ())))
