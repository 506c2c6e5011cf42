"""The product as it runs: `servanda run` on a folder of its own, driven in Chromium."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

OURS = ("http://localhost:", "data:", "blob:")


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def environment(home):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SERVANDA_", "DJANGO_"))}
    return {**kept, "SERVANDA_HOME": str(home)}


@pytest.fixture(scope="session")
def address(environment):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "servanda.cli", "run", "--port", str(port)], env=environment)
    base = f"http://localhost:{port}"  # a passkey belongs to a name, not to a number
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as driver:
        path = os.environ.get("SERVANDA_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples(address, environment):
    """The sample accounts as `servanda demo` makes them: for each role its sign-in link and a code of the second factor."""
    port = address.rpartition(":")[2]
    words = [sys.executable, "-m", "servanda.cli", "demo", "--port", port]
    out = subprocess.run(words, capture_output=True, text=True, env=environment, check=True).stdout
    codes = dict(re.findall(r"(\w+)@sample\.example: .*\n  second factor, each code once: (\S+)", out))
    links = re.findall(r"(\w+)@sample\.example: http://127\.0\.0\.1:\d+(\S+)", out)
    return {role: (address + link, codes.get(role)) for role, link in links}


@pytest.fixture
def page(browser):
    """A page that fails the test when the browser meets an error or asks another site for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    page = context.new_page()
    troubles: list[str] = []
    ours = ("40", "ERR_INTERNET_DISCONNECTED")  # a refusal, and a line that the test itself cut

    def heard(message):
        if message.type == "error" and not any(word in message.text for word in ours):
            troubles.append(message.text)

    page.on("console", heard)
    page.on("request", lambda request: None if request.url.startswith(OURS) else troubles.append(request.url))
    yield page
    context.close()
    assert troubles == []
