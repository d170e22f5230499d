"""The people of a demonstration: one step puts another of them at the desk."""

from dataclasses import dataclass, field

from desktop.domain.roles import Role
from desktop.viewmodels.naming import role_name
from desktop.viewmodels.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody fictitious who can be played."""

    username: str
    name: str
    roles: tuple[Role, ...]

    @property
    def line(self) -> str:
        """Name and roles in the current language."""
        return " · ".join([self.name, *(role_name(role) for role in self.roles)])


@dataclass(frozen=True, slots=True)
class Identities:
    """All of them; they share a password that nobody needs to type."""

    sign_in: SignIn
    people: tuple[Identity, ...]
    password: str = field(repr=False)

    def become(self, username: str) -> None:
        """Put this person at the desk."""
        self.sign_in.try_in(username, self.password)
