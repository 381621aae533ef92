"""The front-end files: what is fetched, what is left behind, and that the lock names no host."""

import gzip
import json
import re
from pathlib import Path

import pytest

from recurrent.design import assets

ROOT = Path(__file__).parents[2]
GATHERED = ROOT / "build" / "frontend"
GOVUK_CSS = (
    '@charset "UTF-8";:root{--govuk-brand-colour:#1d70b8}'
    "/*! notice */@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
    ".govuk-body{font-family:GDS Transport,arial}"
    ".govuk-header,.govuk-generic-header{color:#fff}.govuk-header__logo{float:left}"
    "@media print{.govuk-footer__copyright-logo{background:url(/assets/crest.svg)}}"
    "@media print{.govuk-body{color:#000}}@keyframes spin{to{opacity:0}}"
    "/*# sourceMappingURL=x.map */"
)
MOJ_CSS = ".moj-timeline{top:0}.moj-filter{background:url(/assets/images/cross.svg)}"


@pytest.fixture
def modules(tmp_path):
    """A node_modules with small stand-ins for every file that is copied."""
    folder = tmp_path / "node_modules"
    for source in [*assets.COPIES.values(), *assets.STYLES.values()]:
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_text("words\n//# sourceMappingURL=x.map\n")
    (folder / assets.STYLES["css/govuk-frontend.css"]).write_text(GOVUK_CSS)
    (folder / assets.STYLES["css/moj-frontend.css"]).write_text(MOJ_CSS)
    return folder


def test_styles_come_without_what_belongs_to_gov_uk(modules, tmp_path):
    assets.gather(modules, tmp_path / "out")

    assert (tmp_path / "out/css/govuk-frontend.css").read_text() == (
        '@charset "UTF-8";:root{--govuk-brand-colour:#1d70b8}'
        '.govuk-body{font-family:"Atkinson Hyperlegible Next",arial}'
        ".govuk-generic-header{color:#fff}"
        "@media print{.govuk-body{color:#000}}"
    )
    assert (tmp_path / "out/css/moj-frontend.css").read_text() == ".moj-timeline{top:0}"


def test_gathering_again_writes_nothing_and_clears_what_is_stale(modules, tmp_path):
    first = assets.gather(modules, tmp_path / "out")
    (tmp_path / "out/js/old.js").write_text("old")

    again = [assets.gather(modules, tmp_path / "out") for _ in range(2)]

    assert sorted(first) == sorted([*assets.COPIES, *assets.STYLES])
    assert again == [["js/old.js"], []]


def test_a_missing_file_is_said_plainly(tmp_path):
    with pytest.raises(assets.Missing) as problem:
        assets.gather(tmp_path, tmp_path / "out")

    assert str(problem.value).endswith("is not in node_modules. Run: npm ci --ignore-scripts")


def test_a_style_that_asks_for_a_file_is_refused(modules, tmp_path):
    (modules / assets.STYLES["css/moj-frontend.css"]).write_text(".moj-badge{src:url(/x.svg)}")

    with pytest.raises(assets.Missing):
        assets.gather(modules, tmp_path / "out")


def test_a_style_sheet_that_breaks_off_is_refused(modules, tmp_path):
    (modules / assets.STYLES["css/moj-frontend.css"]).write_text(".moj-timeline{top:0")

    with pytest.raises(assets.Missing):
        assets.gather(modules, tmp_path / "out")


def test_what_pages_use_is_here_without_typeface_crown_or_crest():
    names = {path.relative_to(GATHERED).as_posix() for path in GATHERED.rglob("*.*")}
    styles = [(GATHERED / name).read_text() for name in assets.STYLES]

    assert names == {*assets.COPIES, *assets.STYLES}
    assert [re.findall(r"GDS Transport|url\(|crest|crown", css) for css in styles] == [[], []]


def test_first_visit_weighs_little_enough_for_a_poor_signal():
    """U8: 60 KB on a first visit; compressed as a proxy or WhiteNoise sends it."""
    scripts = [GATHERED / "js/govuk-frontend.min.js", *(GATHERED / name for name in assets.STYLES)]
    ours = [*(ROOT / "recurrent/design/static/design").iterdir()]
    fonts = [GATHERED / f"fonts/latin-{weight}.woff2" for weight in (400, 700)]

    packed = sum(len(gzip.compress(path.read_bytes())) for path in [*scripts, *ours])

    assert packed + sum(path.stat().st_size for path in fonts) < 60_000


def test_the_lock_file_has_hashes_and_no_address():
    lock = (ROOT / "package-lock.json").read_text()
    packages = [entry for path, entry in json.loads(lock)["packages"].items() if path]

    assert [entry["integrity"][:7] for entry in packages] == ["sha512-"] * len(packages)
    assert re.findall(r"https?:|resolved|registry", lock) == []


def test_no_font_or_script_of_others_is_in_the_repository():
    ours = {path.name for path in (ROOT / "recurrent/design/static/design").iterdir()}

    assert ours == {"design.css", "design.js", "icon.svg"}
