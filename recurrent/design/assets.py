"""Gathers the front-end files that pages use, from node_modules/ into build/frontend/.

Run by ``dev.py`` with any Python 3.11+, no package needed: ``python3 recurrent/design/assets.py``.
Left behind on purpose: the typeface, crown and crest that belong to gov.uk, and the styles of
components we do not use. Nothing is written when nothing changed.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOVUK = "govuk-frontend"
MOJ = "@ministryofjustice/frontend"
WEB_FONT = "@fontsource/atkinson-hyperlegible-next"
PAPER_FONT = "@expo-google-fonts/atkinson-hyperlegible-next"
TYPEFACE = "Atkinson Hyperlegible Next"

# Components of GOV.UK Frontend that are gov.uk's own or that no page uses.
UNUSED = (
    "accordion|cookie-banner|exit-this-page|feedback|footer__copyright-logo|footer__crown|header"
    "|language-navigation|panel|tabs|task-list"
)
GOVUK_UNUSED = re.compile(rf"\.govuk-({UNUSED})(?![a-z])")
# Components of MOJ Frontend that pages use; all others are left.
MOJ_USED = re.compile(
    r"\.moj-(badge|side-navigation|sub-navigation|ticket-panel|timeline(?!__document))(?![a-z])"
)

COPIES = {
    "js/govuk-frontend.min.js": f"{GOVUK}/dist/govuk/govuk-frontend.min.js",
    "js/moj-frontend.min.js": f"{MOJ}/moj/moj-frontend.min.js",
    **{
        f"fonts/AtkinsonHyperlegibleNext_{weight}.ttf": (
            f"{PAPER_FONT}/{weight}/AtkinsonHyperlegibleNext_{weight}.ttf"
        )
        for weight in ("400Regular", "700Bold")
    },
    **{
        f"fonts/{part}-{weight}.woff2": (
            f"{WEB_FONT}/files/atkinson-hyperlegible-next-{part}-{weight}-normal.woff2"
        )
        for part in ("latin", "latin-ext")
        for weight in (400, 700)
    },
    "fonts/LICENCE.txt": f"{PAPER_FONT}/LICENSE_FONT",
}
STYLES = {
    "css/govuk-frontend.css": f"{GOVUK}/dist/govuk/govuk-frontend.min.css",
    "css/moj-frontend.css": f"{MOJ}/moj/moj-frontend.min.css",
}


class Missing(Exception):
    """A file is not where it should be; the message says what to do."""


def gather(modules: Path, target: Path) -> list[str]:
    """Bring ``target`` up to date; the names of the files that were written or removed."""
    wanted = dict(_contents(modules))
    changed = [name for name, content in wanted.items() if _write(target / name, content)]
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if path.is_file() and name not in wanted:
            path.unlink()
            changed.append(name)
    return changed


def _contents(modules: Path) -> Iterator[tuple[str, bytes]]:
    for name, source in COPIES.items():
        content = _read(modules / source)
        yield name, _without_source_map(content) if name.endswith(".js") else content
    for name, source in STYLES.items():
        used = is_used_of_moj if "moj" in name else is_used_of_govuk
        css = only_used(our_typeface(_read(modules / source).decode()), used)
        if "url(" in css:
            raise Missing(f"{name} asks for a picture or a typeface that we do not ship.")
        yield name, css.encode()


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise Missing(f"{path.name} is not in node_modules. Run: npm ci --ignore-scripts")
    return path.read_bytes()


def _write(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _without_source_map(script: bytes) -> bytes:
    """The map is not shipped, and a browser's tools would ask for it."""
    return re.sub(rb"//# sourceMappingURL=\S+", b"", script)


def our_typeface(css: str) -> str:
    """Without comments (source map, the other font's notice) and gov.uk's own typeface."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    return re.sub(r"[\"']?GDS Transport[\"']?", f'"{TYPEFACE}"', css)


def is_used_of_govuk(selector: str) -> bool:
    return not GOVUK_UNUSED.search(selector)


def is_used_of_moj(selector: str) -> bool:
    return bool(MOJ_USED.search(selector))


def only_used(css: str, is_used: Callable[[str], bool]) -> str:
    """The rules of a minified style sheet of which at least one selector is used."""
    return "".join(_kept(head, body, is_used) for head, body in _blocks(css))


def _kept(head: str, body: str | None, is_used: Callable[[str], bool]) -> str:
    if body is None:
        return head
    if head.startswith(("@media", "@supports")):
        inside = only_used(body, is_used)
        return f"{head}{{{inside}}}" if inside else ""
    if head.startswith("@"):
        return f"{head}{{{body}}}" if "keyframes" not in head else ""
    selectors = [one for one in head.split(",") if is_used(one)]
    return f"{','.join(selectors)}{{{body}}}" if selectors else ""


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """Each top-level rule as its head and body; a statement without a body has None."""
    place = 0
    while (match := re.compile(r"[^{};]*([{;])").match(css, place)) is not None:
        if match[1] == ";":
            yield match[0], None
            place = match.end()
            continue
        end = _end_of_block(css, match.end())
        yield match[0][:-1].strip(), css[match.end() : end]
        place = end + 1


def _end_of_block(css: str, place: int) -> int:
    depth = 1
    for brace in re.finditer(r"[{}]", css[place:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return place + brace.start()
    raise Missing("A style sheet ends in the middle of a rule. Run: npm ci --ignore-scripts")


def main() -> str | None:
    """Gather; a message when it could not be done."""
    try:
        gather(ROOT / "node_modules", ROOT / "build" / "frontend")
    except Missing as problem:
        return str(problem)
    return None


if __name__ == "__main__":
    sys.exit(main())
