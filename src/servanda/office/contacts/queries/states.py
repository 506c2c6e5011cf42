"""The States that a mailing list is narrowed to."""

from datetime import date

from servanda.office.obligations.queries import current_law
from servanda.treaty.status import status_table


def chosen_states(on: date, *, group: str = "", status: str = "") -> frozenset[str] | None:
    """The States of a regional group and of a status on a day; None when neither is asked for. Raises BeforeAdoption."""
    if not group and not status:
        return None
    law = current_law()
    found = {state.iso3 for state in law.states if group in ("", state.regional_group)}
    if status:
        found &= {state.iso3 for state in status_table(law, law.require_day(on)).states if state.status == status}
    return frozenset(found)
