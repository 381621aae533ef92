"""The gallery in a real browser: faults, reflow, focus, folding, counting, covering, paper."""

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from programme.access.parts import Role
from recurrent.design.gallery import WRONG
from tests.browser import axe_violations, scrolls_sideways, small_targets
from tests.builders import grant_role, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GALLERY = "/design/gallery/"
WIDTHS = [320, 1280]


@pytest.fixture
def editor(transactional_db):
    """Somebody who may see the gallery and no person."""
    user = make_user("Gwenhwyfar Featherstonehaugh-Cholmondeley")
    grant_role(user, Role.EDITOR)
    return user


@pytest.fixture
def gallery(editor, open_page, sign_in):
    """Opens the gallery: ``gallery(viewport={"width": 320, "height": 640})``."""

    def opened(**options):
        page = open_page(**options)
        page.set_default_timeout(10_000)
        sign_in(page, editor)
        assert page.goto(GALLERY).status == 200
        return page

    return opened


def wide(width):
    return {"viewport": {"width": width, "height": 800}}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_fault_no_sideways_scroll_no_small_target(gallery, width):
    page = gallery(**wide(width))

    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_when_no_script_arrives(editor, open_page, sign_in, watch, width):
    page = open_page(**wide(width))
    page.route("**/*.js", lambda route: route.abort())
    sign_in(page, editor)
    page.goto(GALLERY)

    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    expect(page.locator("[name=fresh-missed_reason]")).to_be_visible()
    watch.problems = [one for one in watch.problems if "ERR_FAILED" not in one]


def test_text_at_twice_its_size_still_fits(gallery):
    page = gallery(**wide(640))
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert not scrolls_sideways(page)


@pytest.mark.parametrize("script", [True, False])
def test_every_link_of_the_summary_moves_the_keyboard_to_its_control(gallery, script):
    page = gallery(java_script_enabled=script)

    links = page.locator(".govuk-error-summary a")
    assert links.count() > 12
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href")
        links.nth(number).click()
        assert page.evaluate("'#' + document.activeElement.id") == target


def test_the_summary_has_the_focus_when_the_page_opens(gallery):
    page = gallery()
    page.locator("[data-module=govuk-notification-banner]").evaluate_all(
        "banners => banners.forEach(one => one.remove())"
    )

    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert page.title().startswith("Error: ")


def test_an_answer_folds_its_own_field_open_and_shut(gallery):
    page = gallery()
    reason = page.locator("[name=fresh-missed_reason]")

    expect(reason).to_be_hidden()
    page.get_by_label("Missed").first.check()
    expect(reason).to_be_visible()
    page.get_by_label("Met").first.check()
    expect(reason).to_be_hidden()


def test_without_script_every_field_can_be_reached(gallery):
    page = gallery(java_script_enabled=False)

    hidden = page.locator("main :is(input, textarea, select):not([type=hidden])").evaluate_all(
        "controls => controls.filter((one) => !one.checkVisibility()).map((one) => one.name)"
    )
    assert hidden == []


def test_when_half_the_scripts_arrive_nothing_stays_folded(editor, open_page, sign_in, watch):
    page = open_page()
    page.route("**/govuk-frontend*.js", lambda route: route.abort())
    sign_in(page, editor)
    page.goto(GALLERY)

    expect(page.locator("[name=fresh-missed_reason]")).to_be_visible()
    watch.problems = [one for one in watch.problems if "ERR_FAILED" not in one]


def test_characters_are_counted_and_none_is_cut(gallery):
    page = gallery()
    note = page.locator("[name=fresh-note]")

    note.fill("x" * 230)

    expect(page.locator("#id_fresh-note-info ~ .govuk-character-count__status")).to_have_text(
        "You have 30 characters too many"
    )
    assert len(note.input_value()) == 230


def test_one_key_covers_the_screen_and_lifts_it_again(gallery):
    page = gallery()
    title = page.title()

    page.keyboard.press("Escape")
    covered = page.evaluate(
        "document.elementFromPoint(180, 300).closest('dialog')?.id ?? 'not covered'"
    )
    during = page.title()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#cover")).to_be_visible()
    page.get_by_role("button", name="Show the page").click()

    assert (covered, during, page.title()) == ("cover", "Recurrent", title)


def test_everything_can_be_reached_and_seen_by_keyboard(gallery):
    """No trap: Tab walks through the page in order; each stop can be seen (2.1.2, 2.4.7)."""
    page = gallery(**wide(1280))
    page.evaluate("document.activeElement.blur()")
    stops = []
    for _ in range(25):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(SEEN))

    assert [stop for stop in stops if not stop["seen"]] == []
    assert len({stop["place"] for stop in stops}) == 25


SEEN = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const place = [...document.querySelectorAll('*')].indexOf(one);
  return {place, html: one.outerHTML.slice(0, 120), seen: one.contains(top) || top?.contains(one)};
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_forced_colours_keep_every_word(gallery, width):
    page = gallery(forced_colors="active", **wide(width))

    assert axe_violations(page) == []
    assert (
        page.locator(".govuk-tag").first.evaluate("e => getComputedStyle(e).borderStyle") == "solid"
    )


def test_what_was_typed_wrong_is_all_still_there(gallery):
    page = gallery()

    for name, typed in WRONG.items():
        control = page.locator(f"[name=error-{name}]")
        if control.first.get_attribute("type") not in ("radio", "checkbox"):
            assert control.input_value() == typed


def test_paper_has_no_menus_and_keeps_her_safe(gallery):
    page = gallery()
    page.emulate_media(media="print")

    shown = page.locator("body").inner_text()
    left_out = ("Menu", "Sign out", "Save contact", "Change", "Ring after 10")
    assert [one for one in left_out if one in shown] == []
    assert "Because the plan depends on it." in shown


def test_every_sheet_says_who_printed_it_and_how_to_keep_it(gallery, tmp_path):
    gallery().pdf(path=tmp_path / "gallery.pdf", format="A4")

    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "gallery.pdf").pages]
    mark = "OFFICIAL-SENSITIVE. Printed by Gwenhwyfar Featherstonehaugh-Cholmondeley"
    assert len(sheets) > 3
    assert [one for one in sheets if mark not in one] == []
