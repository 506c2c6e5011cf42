"""Derives the figures of data/finance/risk-calibration.yaml from the published tables; run by hand, checked by a test.

.venv/bin/python tools/calibrate.py > src/servanda/data/finance/risk-calibration.yaml
"""

import csv
import math
import statistics
from datetime import date
from fractions import Fraction
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "servanda" / "data"
SIZES = ("0.001", "0.010", "0.100", "1.000", "100.000")


def payments() -> dict[str, list[int | None]]:
    """Days from 1 January to payment in full (None: not in the year), by size of rate, 2019 to 2023."""
    found: dict[str, list[int | None]] = {size: [] for size in SIZES}
    with (DATA / "published" / "un_regular_budget_2019_2023.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["rate_percent"]:
                continue
            size = next(size for size in SIZES if Fraction(row["rate_percent"]) <= Fraction(size))
            paid = date.fromisoformat(row["paid_in_full_date"]) if row["paid_in_full_date"] else None
            in_year = paid and paid <= date(int(row["year"]), 12, 31)
            found[size].append(max((paid - date(int(row["year"]), 1, 1)).days, 1) if in_year else None)
    return found


def given() -> dict[int, dict[str, Fraction]]:
    """What each State gave to the voluntary trust funds in each year, 2017 to 2024."""
    found: dict[int, dict[str, Fraction]] = {}
    with (DATA / "published" / "un_trust_fund_contributions_2017_2024.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            amount = Fraction(row["amount_usd"] or 0)
            if row["iso3"] and row["group"] == "Government" and amount > 0:
                year = found.setdefault(int(row["year"]), {})
                year[row["iso3"]] = year.get(row["iso3"], Fraction(0)) + amount
    return found


def renewed(gave: dict[int, dict[str, Fraction]]) -> float:
    """How often a State that gave in one year gave again in the next."""
    pairs = [(gave[year].keys() & gave[year + 1].keys(), gave[year]) for year in sorted(gave)[:-1]]
    return sum(len(both) for both, _ in pairs) / sum(len(before) for _, before in pairs)


def changes(gave: dict[int, dict[str, Fraction]]) -> list[str]:
    """Twenty equally likely ratios of what a State gave in one year to what it gave in the year before."""
    pairs = ((gave[year], gave[year + 1]) for year in sorted(gave)[:-1])
    ratios = sorted(after[iso3] / before[iso3] for before, after in pairs for iso3 in before.keys() & after.keys())
    return [f"{float(ratios[len(ratios) * (2 * place + 1) // 40]):.2f}" for place in range(20)]


def calibration() -> str:
    """The YAML text."""
    gave = given()
    ratios = ", ".join(f'"{ratio}"' for ratio in changes(gave))
    rows = []
    logs: list[float] = []
    for size, days in payments().items():
        paid = [day for day in days if day is not None]
        median = round(statistics.median(paid))
        logs += [math.log(day) - math.log(median) for day in paid]
        rows.append(f'  - {{up_to: "{size}", unpaid: "{1 - len(paid) / len(days):.2f}", median_day: {median}}}')
    return "\n".join(
        [
            "# Made by tools/calibrate.py from data/published; do not edit by hand.",
            "cite:",
            '  document: "United Nations regular budget: status of contributions 2019-2023; trust funds 2017-2024"',
            '  place: "data/published"',
            "checked_on: 2026-11-23",
            f'spread: "{statistics.pstdev(logs):.2f}"',
            f'renewed: "{renewed(gave):.2f}"',
            f"changes: [{ratios}]",
            "sizes:",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    print(calibration(), end="")
