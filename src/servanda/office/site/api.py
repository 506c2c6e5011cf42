"""The API: the same answers and keys as the command line, described by its own OpenAPI."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError

from servanda.answers import as_json
from servanda.office.archive.out.packages import metadata_of
from servanda.office.archive.queries.search import search
from servanda.office.archive.queries.visible import find_work
from servanda.office.common.queries import say
from servanda.office.obligations.queries import current_law
from servanda.treaty.dates import parse_day
from servanda.treaty.errors import TreatyError, UnknownModel, UnknownScale, UnknownState
from servanda.treaty.financing import budget_from, compare, run_model
from servanda.treaty.money import Money
from servanda.treaty.obligations import obligations
from servanda.treaty.status import status_table

api = NinjaAPI(title="Servanda", version="1", docs_url=None, urls_namespace="api")

ON = Query("", description="The day asked about, as in 2026-11-23; today when empty.", max_length=40)
ISO3 = Query("", description="One State, as an ISO 3166-1 alpha-3 code; all when empty.", max_length=40)
_NOT_FOUND = (UnknownState, UnknownScale, UnknownModel)


class Refusal(Schema):
    """One sentence that says what is wrong and what to do."""

    detail: str


class Budget(Schema):
    """The keys of a budget file; amounts are strings."""

    year: int
    currency: str
    core: str
    non_core: str = "0"
    savings: str = "0"
    voluntary: list[dict[str, str | None]] = []
    models: list[str] = ["assessed", "voluntary", "hybrid"]


_ANSWERS: dict[Any, Any] = {200: dict[str, Any], 400: Refusal, 404: Refusal}


@api.exception_handler(TreatyError)
def refused(request: HttpRequest, refusal: TreatyError) -> Any:
    status = 404 if isinstance(refusal, _NOT_FOUND) else 400
    return api.create_response(request, {"detail": say(refusal)}, status=status)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, refusal: ValidationError) -> Any:
    """What cannot even be read is refused in one sentence too, naming where it stands."""
    first = refusal.errors[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return api.create_response(request, {"detail": f"{where}: {first['msg']}; correct it and send it again."}, status=400)


def _day(on: str) -> date:
    return parse_day(on) if on.strip() else date.today()


@api.get("/status", response=_ANSWERS, summary="Who has signed, consented, is bound or has withdrawn")
def status(request: HttpRequest, on: str = ON, state: str = ISO3) -> Any:
    law = current_law()
    return as_json.status_json(status_table(law, _day(on)), law.state(state).iso3 if state else None)


@api.get("/states", response=_ANSWERS, summary="Every State with its names in six languages and its codes")
def states(request: HttpRequest, on: str = ON) -> Any:
    law, day = current_law(), _day(on)
    law.require_day(day)
    languages = ("ar", "en", "es", "fr", "ru", "zh")
    return {
        "on": day.isoformat(),
        "states": [
            {
                "iso3": state.iso3,
                "iso2": state.iso2,
                "m49": state.m49,
                "regional_group": state.regional_group,
                "names": {language: law.name(state.iso3, language, on=day) for language in languages},
            }
            for state in law.states
        ],
    }


@api.get("/obligations", response=_ANSWERS, summary="What each State owes, by when, and why")
def owed(
    request: HttpRequest, on: str = ON, state: str = ISO3, article: str = Query("", description="One article, such as 4.", max_length=40)
) -> Any:
    law, day = current_law(), _day(on)
    found = obligations(law, law.require_day(day), iso3=state or None, article=article or None)
    return as_json.obligations_json(day, found)


@api.get("/scales", response=_ANSWERS, summary="The scales held")
def scales(request: HttpRequest) -> Any:
    return {"scales": [{"resolution": scale.resolution, "period": list(scale.period)} for scale in current_law().scales]}


@api.get("/scales/{year}", response=_ANSWERS, summary="One United Nations scale of assessments")
def scale(request: HttpRequest, year: int = Path(..., description="A year the scale covers.")) -> Any:
    return as_json.scale_json(current_law().scale(str(year)))


@api.get("/apportion", response=_ANSWERS, summary="Share one amount among States under one model, with its working")
def apportion(
    request: HttpRequest,
    pool: str = Query(..., description="The amount to share, such as 500000.00.", max_length=40),
    currency: str = Query(..., description="An ISO 4217 code, such as CHF.", max_length=40),
    model: str = Query("plain-scale", description="A shipped model's id.", max_length=80),
    on: str = ON,
) -> Any:
    law, day = current_law(), _day(on)
    amount = Money.parse(pool, law.currency(currency))
    found = run_model(law, amount, law.model(model), law.require_day(day), year=day.year)
    return as_json.apportion_json(found)


@api.post("/compare", response=_ANSWERS, summary="Financing models side by side on one budget")
def compared(request: HttpRequest, budget: Budget, on: str = ON) -> Any:
    law, day = current_law(), _day(on)
    value = budget.model_dump(exclude={"models"})
    models = [law.model(name) for name in budget.models]
    return as_json.compare_json(compare(law, budget_from(law, value, "budget"), models, law.require_day(day)))


@api.get("/documents", response=_ANSWERS, summary="Passages of documents, as “archive search” finds them")
def documents(
    request: HttpRequest,
    q: str = Query("", description="What to find: words, a phrase in quotes, a symbol, state:LAO, 2012..2015.", max_length=500),
    language: str = Query("", description="One of ar, zh, en, fr, ru, es.", max_length=2),
    state: str = ISO3,
    year: str = Query("", description="A year, such as 2012.", max_length=4),
    meeting: str = Query("", description="A meeting's id, such as 2msp.", max_length=60),
    start: int = Query(0, ge=0, le=10_000, description="How many passages to leave out."),
    limit: int = Query(20, ge=1, le=100, description="How many passages to give."),
) -> Any:
    asked = {"language": language, "state": state, "year": year, "meeting": meeting}
    narrowed = {name: (value,) for name, value in asked.items() if value}
    viewer = request.viewer
    found = search(q, viewer, on=date.today(), narrowed=narrowed, start=start, limit=limit)
    return found.as_json()


@api.get("/documents/{identifier}", response=_ANSWERS, summary="One document: what it is, its languages and files")
def document(request: HttpRequest, identifier: str = Path(..., description="Its identifier.", max_length=20)) -> Any:
    work = find_work(identifier, request.viewer, date.today())
    if work is None:
        return 404, {"detail": gettext("No document has this identifier; search for it.")}
    return metadata_of(work)


@dataclass(frozen=True)
class Call:
    """One call as the page for people shows it."""

    verb: str
    address: str
    summary: str
    options: tuple[tuple[str, str], ...]


def api_calls() -> tuple[Call, ...]:
    """Every call, read from the API's own OpenAPI."""
    found = []
    for address, verbs in api.get_openapi_schema()["paths"].items():
        for verb, call in verbs.items():
            options = tuple((option["name"], option.get("description", "")) for option in call.get("parameters", ()))
            found.append(Call(verb.upper(), address, call["summary"], options))
    return tuple(found)
