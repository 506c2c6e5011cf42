"""Refusals and remarks: a sentence template with its facts, so that the office can say it in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


def sentence(text: str) -> str:
    """Mark a sentence for translation; returns it unchanged."""
    return text


@dataclass(frozen=True)
class Remark:
    """A warning or a note: `says` is an English template, `facts` fill its braces."""

    says: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.says.format(**self.facts)


class TreatyError(Exception):
    """A refusal that says in one sentence what is wrong and what to do next."""

    says: ClassVar[str] = sentence("This cannot be done: {why}")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.says.format(**facts))


class WrongUse(TreatyError):
    """The question itself cannot be read: command-line exit code 2."""


class TextRefused(TreatyError):
    """A file of data/, or one a user brought, breaks its format."""

    says = sentence("{file}: {key}: {problem}; {remedy}.")

    def __init__(self, file: str, key: str, problem: str | Remark, remedy: str | Remark) -> None:
        super().__init__(file=file, key=key, problem=problem, remedy=remedy)


class UnknownState(WrongUse):
    says = sentence("No State has the code “{iso3}”; use an ISO 3166-1 alpha-3 code such as LAO.")


class UnknownTreaty(WrongUse):
    says = sentence("No treaty “{treaty}” is here; use one of {known}, or the path of a treaty folder.")


class UnknownScale(WrongUse):
    says = sentence("No scale “{scale}” is held; use a year from {first} to {last} or one of {known}.")


class UnknownModel(WrongUse):
    says = sentence("No financing model “{model}” is held; use one of {known}, or the path of a model file.")


class UnknownCurrency(WrongUse):
    says = sentence("“{currency}” is not a currency of ISO 4217; use a code such as CHF or USD.")


class UnknownArticle(WrongUse):
    says = sentence("No obligation under Article “{article}” is computed for this treaty; use one of {known}.")


class DateRefused(WrongUse):
    says = sentence("“{text}” is not a date; write year, month and day, as in 2026-11-23.")


class BeforeAdoption(TreatyError):
    says = sentence("{day} is before the treaty was adopted on {adopted}, so nothing can be said of that day; ask for a later one.")


class TooFarAhead(TreatyError):
    says = sentence("{day} is too far ahead to say anything of it; ask for a day before the year {year}.")


class AmountRefused(TreatyError):
    says = sentence("“{text}” is not an amount in {currency}; {remedy}.")


class CurrencyMismatch(TreatyError):
    says = sentence("{left} and {right} cannot be added or compared; convert one of the amounts first.")


class RateRefused(WrongUse):
    says = sentence("“{text}” is not a rate in percent; write it as a plain decimal such as 0.011.")


class NothingToShare(TreatyError):
    says = sentence("Nothing can be shared: {why}; {remedy}.")


class PayerWithoutRate(TreatyError):
    says = sentence("{payers}: no rate on {scale}; state a notional rate under rates_outside_scale with its source, or take the payer out.")


class Infeasible(TreatyError):
    says = sentence("The rule cannot be met: {why}; {remedy}.")


class ModelNamedTwice(TreatyError):
    says = sentence("The model “{model}” is named twice; name each model once.")
