"""Which documents a viewer may see: what is restricted answers like what is absent."""

from datetime import date

from django.conf import settings
from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from servanda.office.common.choices import UNIT_ONLY
from servanda.office.common.policies import Viewer, visible_to
from servanda.treaty import symbols

from ..choices import DESTROYED, KEPT, REVIEW
from ..files.store import Store
from ..models import File, FormerAddress, Work

_KEPT_FIRST = Case(When(standing=KEPT, then=0), When(standing=REVIEW, then=1), default=2)


def store() -> Store:
    return Store(settings.FILES)


def works_seen(viewer: Viewer, on: date) -> QuerySet[Work]:
    """The documents this viewer may see on a day."""
    return Work.objects.filter(seen_by(viewer, on))


def seen_by(viewer: Viewer, on: date, path: str = "") -> Q:
    """The condition that a document may be seen; `path` leads to it from the rows that are asked for."""
    kinds = visible_to(viewer)
    if UNIT_ONLY in kinds:
        return Q()
    free = Q(**{f"{path}embargo": None}) | Q(**{f"{path}embargo__lte": on})
    return free & Q(**{f"{path}visibility__in": kinds, f"{path}standing__in": (KEPT, DESTROYED)})


def find_work(address: str, viewer: Viewer, on: date) -> Work | None:
    """A document by identifier, by symbol however it is written, or by an address it once had.

    Of several with one symbol, the one kept. The same two queries whether a document is restricted or absent.
    """
    seen = works_seen(viewer, on)
    canonical = symbols.parse(address).canonical
    in_any_case = Exact(Lower("symbol"), address.lower())
    found = list(seen.filter(Q(identifier=address) | in_any_case | Q(symbol=canonical)).order_by(_KEPT_FIRST, "pk")[:1])
    former = list(FormerAddress.objects.filter(path=address, work__in=seen).select_related("work")[:1])
    return found[0] if found else former[0].work if former else None


def stands_at(work: Work, address: str, viewer: Viewer, on: date) -> bool:
    """Whether a document has its page at this address; else a reader is led on to its own.

    One whose symbol another kept document has too stands at its identifier: its own address leads to the other.
    """
    if f"/documents/{address}/" == work.address:
        return True
    return address == work.identifier and find_work(work.symbol, viewer, on) != work


def find_file(sha256: str, viewer: Viewer, on: date) -> File | None:
    """A file that a document the viewer may see is made of; one query."""
    return File.objects.filter(sha256=sha256, destroyed_at=None, versions__work__in=works_seen(viewer, on)).first()
