"""What people come for, done in a browser without JavaScript of ours, at two widths, in two directions, with accessibility checks."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from servanda.treaty.texts import DATA

PAGES = ["/", "/states/?group=WEOG", "/states/LAO/", "/deadlines/?article=4", "/finance/compare/", "/finance/risk/", "/finance/models/"]
PAGES += ["/contradictions/", "/meetings/", "/meetings/consultation-2012-02-29/", "/about/", "/api/docs", "/states/XYZ/"]
PAGES += ["/documents/", "/documents/?q=nothing", "/account/login/", "/who-may-do-what/", "/documents/review/"]


def test_find_a_state_and_read_why_a_date_is_what_it_is(page, address):
    page.goto(address)
    page.get_by_role("searchbox").fill("laos")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Lao People’s Democratic Republic").or_(
        page.get_by_role("link", name="Lao People's Democratic Republic")
    ).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Lao People")
    owed = page.locator("article.owed", has_text="Clearance and destruction of remnants").first
    owed.get_by_text("Why this date").click()
    assert "10 years after entry into force" in owed.inner_text()
    assert "Article 4(1)" in owed.inner_text()


def test_compare_models_on_an_own_budget_and_correct_a_mistake(page, address):
    page.goto(f"{address}/finance/compare/")
    page.get_by_label("Core", exact=True).fill("1.005")
    page.get_by_role("button", name="Compare", exact=True).click()
    assert "1.005" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Core", exact=True).input_value() == "1.005"
    page.get_by_label("Core", exact=True).fill("800000.00")
    page.get_by_role("button", name="Compare", exact=True).click()
    assert "920,000.00" in page.get_by_role("region", name="Side by side").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename == "comparison-2013.docx"


def test_send_a_model_of_ones_own(page, address, tmp_path):
    text = (DATA / "finance" / "equal-shares.yaml").read_text(encoding="utf-8")
    file = tmp_path / "mine.yaml"
    file.write_text(
        text.replace("id: equal-shares", "id: mine").replace("title: Equal shares", "title: Everyone the same"), encoding="utf-8"
    )
    page.goto(f"{address}/finance/models/")
    page.get_by_label("Model file").set_input_files(file)
    page.get_by_role("button", name="Send and compare").click()
    assert "Everyone the same" in page.get_by_role("region", name="Side by side").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_the_screen(page, address, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible(page, address, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address + path)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
    assert [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"]] == []
