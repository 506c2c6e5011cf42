"""Who asks, and whether they may: every query of restricted records and every act of the office asks here."""

from dataclasses import dataclass

from .choices import POLICIES, READING, STAFF, UNIT
from .errors import NotAllowed


@dataclass(frozen=True)
class Viewer:
    """Who asks: a name for the audit trail, roles held today, the State (ISO3) a delegation speaks for.

    `wanting` are roles held that do not count until the session shows a second factor.
    """

    name: str = ""
    roles: frozenset[str] = frozenset()
    state: str = ""
    wanting: frozenset[str] = frozenset()

    @property
    def signed_in(self) -> bool:
        return bool(self.name)

    @property
    def is_staff(self) -> bool:
        return not self.roles.isdisjoint(STAFF)


ANYONE = Viewer()
COMMAND_LINE = Viewer("command line", frozenset({UNIT}))


def may(viewer: Viewer, act: str) -> bool:
    """Whether one of the viewer's roles may do this act of POLICIES; raises KeyError for an act that is not in the table."""
    allowed = POLICIES[act].roles
    return "public" in allowed or not viewer.roles.isdisjoint(allowed)


def require(viewer: Viewer, act: str) -> None:
    """Raises NotAllowed unless the viewer may."""
    if not may(viewer, act):
        raise NotAllowed(act=str(POLICIES[act].says))


def visible_to(viewer: Viewer) -> tuple[str, ...]:
    """The kinds of visibility whose records the viewer may read; what is not among them does not exist for the viewer."""
    return tuple(visibility for visibility, act in READING.items() if may(viewer, act))
