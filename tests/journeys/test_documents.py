"""A document's way from a file on the Unit's desk to a reader, and a passkey, in a browser."""

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


def sign_in(page, sample):
    link, code = sample
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    if code:
        page.get_by_role("link", name="Show it now").click()
        page.locator("input[name=code]").fill(code)
        page.locator("form.entry button").first.click()


def accessible(page):
    return [(rule["id"], node["html"][:120]) for rule in Axe().run(page, options=RULES).response["violations"] for node in rule["nodes"]]


def test_from_a_file_to_a_reader(page, browser, address, samples, tmp_path):
    paper = docx.Document()
    for line in (
        "CCM/MSP/2013/WP.2",
        "Fourth Meeting of States Parties",
        "Nurses and survivors",
        "Forty nurses were trained in Vientiane.",
    ):
        paper.add_paragraph(line)
    paper.save(tmp_path / "nurses.docx")
    sign_in(page, samples["unit"])
    page.goto(f"{address}/documents/review/")
    page.locator("input[type=file]").set_input_files(tmp_path / "nurses.docx")
    page.get_by_role("button", name="Bring in").click()
    page.get_by_role("link", name="Review what was brought in").click()
    assert accessible(page) == []
    page.get_by_role("checkbox", name="nurses.docx").check()
    page.get_by_role("button", name="Confirm those ticked").click()
    reader = browser.new_context().new_page()
    reader.goto(f"{address}/documents/")
    reader.locator("#ask").fill("nurse vientiane")
    reader.get_by_role("button", name="Find").click()
    assert {"nurses", "Vientiane"} <= set(reader.locator("mark").all_inner_texts())
    assert accessible(reader) == []
    reader.get_by_role("link", name="Nurses and survivors").click()
    assert reader.url == f"{address}/documents/CCM/MSP/2013/WP.2/?page=1"
    assert "document CCM/MSP/2013/WP.2" in reader.locator(".citation").inner_text()
    assert accessible(reader) == []
    for width in (360, 1280):
        for prefix in ("", "/ar"):
            reader.set_viewport_size({"width": width, "height": 800})
            reader.goto(f"{address}{prefix}/documents/CCM/MSP/2013/WP.2/")
            assert reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    reader.context.close()


@pytest.mark.parametrize(
    "path", ["/account/", "/account/2fa/", "/audit-trail/", "/accounts/", "/documents/review/", "/documents/review/missing/"]
)
def test_the_pages_behind_the_sign_in_are_accessible(browser, address, samples, path, signed_in):
    signed_in.goto(address + path)
    assert accessible(signed_in) == []
    signed_in.set_viewport_size({"width": 360, "height": 800})
    assert signed_in.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.fixture(scope="module")
def signed_in(browser, samples):
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, samples["administrator"])
    yield page
    page.context.close()


def test_a_passkey_is_set_up_and_signs_in(page, address, samples):
    """With the browser's own virtual authenticator."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    sign_in(page, samples["coordinator"])
    page.goto(f"{address}/account/2fa/webauthn/add/")
    page.locator("input[name=name]").fill("My telephone")
    page.locator("input[name=passwordless]").check()
    page.locator("form.entry button").first.click()
    page.wait_for_url("**/reauthenticate/**")  # the codes for a lost telephone are shown to who can prove the key
    page.goto(f"{address}/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "Sample coordinator"
