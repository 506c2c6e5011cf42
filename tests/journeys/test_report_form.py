"""A report written in a browser: saved as it is typed, kept when the line is lost or the window closed, submitted with a receipt."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def writer(page, samples):
    page.goto(samples["delegation"][0])
    page.get_by_role("button", name="Sign in").click()
    return page


def accessible(page):
    return [(rule["id"], node["html"][:120]) for rule in Axe().run(page, options=RULES).response["violations"] for node in rule["nodes"]]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_report_is_written_kept_and_submitted(writer, address):
    page = writer
    page.goto(f"{address}/reports/files/")
    page.get_by_label("Period: a year").fill("2025")
    page.get_by_role("button", name="Start it").click()
    report = page.url
    page.get_by_role("link", name="Form G: Risk reduction education and warning").click()
    education = page.get_by_role("textbox", name="Measures of risk reduction education")
    education.fill("In 800 schools")
    page.get_by_text("Saved.", exact=True).wait_for()
    page.context.set_offline(True)
    education.fill("In 850 schools")
    page.get_by_text("Not sent yet").wait_for()
    page.context.set_offline(False)
    page.reload()
    page.get_by_text("Saved.", exact=True).wait_for()
    assert education.input_value() == "In 850 schools"
    education.fill("In 900 schools")
    page.reload()  # the window is closed before anything was sent
    page.get_by_text("Saved.", exact=True).wait_for()
    education.fill("In 950 schools")
    page.get_by_role("button", name="Save, then the next section").click()
    page.wait_for_url("**/h/")
    page.goto(f"{report}g/")
    assert education.input_value() == "In 950 schools" and not page.locator("#saving").is_visible()
    for place in ("", "f/", "c/"):
        page.goto(f"{report}{place}")
        assert accessible(page) == []
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert fits(page)
    page.goto(report.replace("/reports/", "/ar/reports/") + "b/")
    assert accessible(page) == [] and fits(page)
    page.goto(report)
    page.get_by_role("button", name="Submit the report").click()
    assert "A7-" in page.get_by_role("listitem").filter(has_text="Receipt").inner_text()
