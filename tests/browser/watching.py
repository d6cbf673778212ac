"""What goes wrong in a browser, collected; and what axe says of a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from studyapp.accounts.models import User

HERE = {"localhost", "127.0.0.1"}
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} blocks ${event.blockedURI || event.sample}`));
"""


class Watch:
    """Over one or more contexts. A status of 400 or more is a problem unless expected."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._expected: set[int] = set()
        self._offline = False

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        self._expected |= set(statuses)
        yield
        self._expected -= set(statuses)

    @contextmanager
    def offline(self, context: BrowserContext) -> Iterator[None]:
        """No request arrives; htmx may say so on the console."""
        self._offline = True
        context.set_offline(True)
        yield
        context.set_offline(False)
        self._offline = False

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium also logs each failed response, which `_response` judges by its status.
        failed_load = message.text.startswith("Failed to load resource")
        if message.type == "error" and not failed_load and not self._offline:
            self.problems.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"page error: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname not in HERE:
            self.problems.append(f"leaves this machine: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.problems.append(f"{response.status}: {response.request.method} {response.url}")


def signed_in(context: BrowserContext, user: User, base_url: str) -> None:
    """Without the sign-in page, which has a test of its own."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])


# --- axe --------------------------------------------------------------------------

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN = """async () => {
  // A colour on its way from one theme to the other is neither; each element begins after
  // the one it inherits from.
  const frame = () => new Promise(requestAnimationFrame);
  for (let still = 0, tries = 0; still < 3 && tries < 100; tries++) {
    await frame();
    still = document.getAnimations().length ? 0 : still + 1;
  }
  const found = await axe.run(document, {resultTypes: ["violations"], selectors: false});
  return found.violations.map((each) => ({
    rule: each.id, help: each.help, nodes: each.nodes.map((node) =>
      [node.html.slice(0, 160), node.any.concat(node.all, node.none).map((c) => c.message)]),
  }));
}"""


def axe_violations(page: Page) -> list[str]:
    """Evaluated by the debugger, to which the page's security policy does not apply."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    return [
        f"{each['rule']}: {each['help']}: {json.dumps(each['nodes'][:3], ensure_ascii=False)}"
        for each in page.evaluate(RUN)
    ]
