"""Who pays, on which scale, and for how much of the year: the choices a model leaves to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .errors import Remark, TextRefused, TreatyError, UnknownScale, sentence
from .law import EUROPEAN_UNION, Law
from .model import FinancingModel
from .shares import Scale
from .status import parties, standing


class NoScaleForYear(TreatyError):
    says = sentence("No scale we hold covers {year}; name one, such as {latest}, with its resolution.")


_OTHER_YEARS = sentence("{resolution} is for {first}–{last} and is used for {year} because it was named.")
_NO_PARTICIPATION = sentence("Participation in meetings is not recorded yet; the States Parties in force are taken as payers.")


def choose_scale(law: Law, model: FinancingModel, year: int, override: str | None = None) -> tuple[Scale, tuple[Remark, ...]]:
    """The scale named, the model's, or that of the year; a named scale of other years is used with a warning."""
    named = override or model.resolution
    if named is None:
        try:
            return law.scale(str(year)), ()
        except UnknownScale:
            raise NoScaleForYear(year=year, latest=law.scales[-1].resolution) from None
    scale = law.scale(named)
    if scale.covers(year):
        return scale, ()
    facts = {"resolution": scale.resolution, "first": scale.period[0], "last": scale.period[1], "year": year}
    return scale, (Remark(_OTHER_YEARS, facts),)


def choose_payers(law: Law, model: FinancingModel, on: date, basis: str | None = None) -> tuple[tuple[str, ...], tuple[Remark, ...]]:
    """The payers on a day by the model's basis, or by `basis` instead of it."""
    wanted = basis or model.basis
    law.require_day(on)
    if wanted == "listed":
        return model.listed, ()
    if wanted == "participating":
        return parties(law, on, "in-force"), (Remark(_NO_PARTICIPATION),)
    return parties(law, on, wanted), ()


def read_payers(law: Law, text: str, name: str) -> tuple[str, ...]:
    """Payers from a text, one ISO3 a line (blank lines and # comments apart); raises TextRefused naming the line."""
    found: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        iso3 = line.partition("#")[0].strip().upper()
        if not iso3:
            continue
        if iso3 != EUROPEAN_UNION and iso3 not in law.state_codes:
            problem = Remark(sentence("no State has the code “{iso3}”"), {"iso3": iso3[:20]})
            raise TextRefused(name, f"line {number}", problem, sentence("write one ISO 3166-1 alpha-3 code a line, such as LAO"))
        if iso3 in found:
            raise TextRefused(
                name, f"line {number}", Remark(sentence("{iso3} stands twice"), {"iso3": iso3}), sentence("keep one of the two")
            )
        found.append(iso3)
    return tuple(sorted(found))


def months_in(law: Law, model: FinancingModel, payers: Sequence[str], on: date) -> dict[str, int]:
    """Months of `on`'s year for payers that join or leave in it, where the model counts in twelfths; others are absent."""
    if "twelfths" not in (model.joiners, model.leavers):
        return {}
    months = {}
    for iso3 in payers:
        if iso3 == EUROPEAN_UNION:
            continue
        state = standing(law, iso3, date(on.year, 12, 31))
        first, last = state.entry_into_force, state.withdrawal_effective
        count = 12
        if model.joiners == "twelfths" and first and first.year == on.year:
            count -= first.month - 1
        if model.leavers == "twelfths" and last and last.year == on.year:
            count -= 12 - last.month + (last.day == 1)
        if count != 12:
            months[iso3] = max(count, 0)
    return months
