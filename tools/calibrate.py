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


def renewed() -> float:
    """How often a State that gave to the voluntary trust funds in one year gave again in the next, 2017 to 2024."""
    gave: dict[int, set[str]] = {}
    with (DATA / "published" / "un_trust_fund_contributions_2017_2024.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["iso3"] and row["group"] == "Government" and Fraction(row["amount_usd"] or 0) > 0:
                gave.setdefault(int(row["year"]), set()).add(row["iso3"])
    years = sorted(gave)
    again = [(len(gave[year] & gave[year + 1]), len(gave[year])) for year in years[:-1]]
    return sum(both for both, _ in again) / sum(all_ for _, all_ in again)


def calibration() -> str:
    """The YAML text."""
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
            f'renewed: "{renewed():.2f}"',
            "sizes:",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    print(calibration(), end="")
