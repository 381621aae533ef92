"""The form of a page as a browser would send it: what stands on the page is what counts."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the successful controls of the form whose place on the page is asked for."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []
        self._left = number
        self._inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = {name: value or "" for name, value in attrs}
        if tag == "form" and one.get("method") == "post":
            self._left -= 1
            self._inside = self._left == 0
        elif self._inside and tag == "button" and one.get("type") == "submit":
            self.buttons.append((one.get("name", ""), one.get("value", "")))
        elif self._inside and tag == "input":
            self._input(one)
        elif self._inside and tag == "textarea":
            self._area = one["name"]
            self.values[self._area] = ""
        elif self._inside and tag == "select":
            self._select = one["name"]
        elif self._select and tag == "option" and "selected" in one:
            self.values[self._select] = one.get("value", "")

    def _input(self, one: dict[str, str]) -> None:
        if one.get("type") not in ("radio", "checkbox") or "checked" in one:
            self.values[one["name"]] = one.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def _read(html: str, number: int) -> _Form:
    form = _Form(number)
    form.feed(html)
    # A browser drops the line break right after <textarea>.
    form.values = {name: value.removeprefix("\n") for name, value in form.values.items()}
    return form


def as_sent(html: str, number: int = 2) -> dict[str, str]:
    """What the page's form sends if nobody touches it; the first form is signing out."""
    return _read(html, number).values


def buttons(html: str, number: int = 2) -> list[tuple[str, str]]:
    """Name and value of each button that sends the form; the return key presses the first."""
    return _read(html, number).buttons
