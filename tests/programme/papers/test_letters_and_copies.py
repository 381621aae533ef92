"""Letters with the address on purpose only; the summary; the parent's own copy."""

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.contacts.models import NextStep
from programme.letters.models import Letter
from programme.letters.reads import letters_in_progress
from programme.people.models import Child, ParentChild
from programme.support.models import Goal
from tests import builders
from tests.forms import as_sent
from tests.pristine import as_owner
from tests.programme.desk.scene import CANARY_POSTCODE, browser_of, make_scene
from tests.programme.pages import rows, text_of

pytestmark = pytest.mark.django_db
PAPERS = (
    "show_summary",
    "download_summary",
    "show_own_copy",
    "download_own_copy",
    "print_letter",
    "download_letter",
    "choose_paper",
    "write_letter",
    "address_letter",
)
TAKEN = ("print_letter", "download_letter")


@pytest.fixture
def scene(db):
    return make_scene()


@pytest.fixture
def hers(scene):
    return browser_of(scene.user)


def letter_of(scene) -> Letter:
    (letter,) = rows(Letter, pk=scene.ids["letter_id"])
    return letter


def put_address_in(hers, scene):
    address = scene.address("papers:address_letter")
    body = as_sent(hers.get(address).content.decode())
    return hers.post(address, body | {"with_address": "on"})


def end_letter(hers, scene):
    """The first button below a letter: it was sent or handed over."""
    page = hers.get(scene.address("papers:write_letter")).content.decode()
    return hers.post(scene.address("papers:end_letter"), as_sent(page, number=3))


def found_in(hers, scene, words=CANARY_POSTCODE):
    return [one for one in PAPERS if words in text_of(hers.get(scene.address(f"papers:{one}")))]


# --- The address -----------------------------------------------------------------------------


def test_no_paper_holds_the_address_until_it_is_put_in_on_purpose(hers, scene):
    before = found_in(hers, scene)
    put_address_in(hers, scene)

    assert (before, found_in(hers, scene)) == ([], list(TAKEN))


def test_the_warning_says_who_will_receive_it_and_the_box_is_empty(hers, scene):
    page = hers.get(scene.address("papers:address_letter")).content.decode()

    assert "This letter goes to:" in page
    assert "will learn where the parent lives" in page
    assert "with_address" not in as_sent(page)


def test_asking_for_it_and_taking_it_are_sights_of_their_own(hers, scene):
    put_address_in(hers, scene)
    hers.get(scene.address("papers:download_letter"))

    with as_owner() as cursor:
        cursor.execute("SELECT page, outcome FROM programme_sight ORDER BY seen_at")
        assert cursor.fetchall() == [
            ("papers:address_letter", "opened"),
            ("papers:address_letter", "changed"),
            ("papers:download_letter", "taken_out"),
        ]


def test_another_reader_of_the_letter_takes_the_address_out(hers, scene):
    put_address_in(hers, scene)
    address = scene.address("papers:write_letter")
    body = as_sent(hers.get(address).content.decode())

    hers.post(address, body | {"recipient": "the former partner’s solicitor"})

    assert not letter_of(scene).with_address
    assert found_in(hers, scene) == []


def test_who_may_not_know_the_address_cannot_print_a_letter_with_it(hers, scene):
    colleague = browser_of(builders.make_practitioner(scene.programme))
    addresses = [scene.address(f"papers:{one}") for one in TAKEN]
    before = [colleague.get(one).status_code for one in addresses]

    put_address_in(hers, scene)

    assert (before, [colleague.get(one).status_code for one in addresses]) == (
        [200, 200],
        [403, 403],
    )


def test_letters_in_progress_are_known_until_they_are_ended(hers, scene):
    with builders.as_seeder():
        before = [one.pk for one in letters_in_progress(scene.parent.pk)]
    end_letter(hers, scene)

    with builders.as_seeder():
        assert (before, letters_in_progress(scene.parent.pk)) == ([scene.ids["letter_id"]], [])
    kept = letter_of(scene)
    assert (kept.state, kept.ended_on is not None) == ("sent", True)


# --- Letters ----------------------------------------------------------------------------------


def test_a_letter_begins_with_what_is_known_and_says_which_blanks_are_left(hers, scene):
    address = scene.address("papers:begin_letter")
    body = as_sent(hers.get(address).content.decode())
    template = f"{scene.programme.pk}.support"

    moved = hers.post(address, body | {"template": template, "recipient": "Northtown Housing"})

    page = hers.get(moved.url)
    words = page.context["form"]["words"].value()
    assert words.startswith("To whom it may concern,\n\nAlex Roy works with us.")
    assert "• A flat" in words
    assert page.context["blanks"] == ["[what it is about]"]
    assert not rows(Letter, template="Support for an application")[0].with_address


def test_a_letter_with_a_blank_does_not_leave(hers, scene):
    with builders.as_seeder():
        letter = letter_of(scene)
        letter.words = "We will meet at [place]."
        letter.save()

    answers = [hers.get(scene.address(f"papers:{one}")).status_code for one in TAKEN]
    address = scene.address("papers:write_letter")
    body = as_sent(hers.get(address).content.decode())
    shown = hers.post(address, body).content.decode()

    assert answers == [403, 403]
    assert "Fill in or take out [place]" in shown


def test_the_words_of_a_letter_are_scrambled_in_the_database(scene):
    with as_owner() as cursor:
        cursor.execute("SELECT words FROM programme_letter")
        assert "door" not in repr(cursor.fetchall())


def test_a_senior_gives_a_programme_its_own_words(hers, scene):
    address = reverse("papers:edit_template", args=[scene.programme.pk, "ending"])
    body = as_sent(hers.get(address).content.decode())

    hers.post(address, body | {"words": "Dear [first name], thank you."})

    begin = scene.address("papers:begin_letter")
    typed = {"template": f"{scene.programme.pk}.ending", "recipient": "the parent"}
    moved = hers.post(begin, as_sent(hers.get(begin).content.decode()) | typed)
    words = hers.get(moved.url).context["form"]["words"].value()
    assert words == "Dear Alex, thank you."
    elsewhere = reverse("papers:edit_template", args=[builders.make_programme().pk, "ending"])
    assert hers.get(elsewhere).status_code == 404


# --- Summary and own copy ---------------------------------------------------------------------


def test_words_that_name_somebody_stay_out_until_they_are_put_in(hers, scene):
    child = builders.stored(Child, given_names="Marigold")
    builders.stored(ParentChild, parent=scene.parent, child=child, relation="birth")
    step = builders.stored(NextStep, episode=scene.episode, wording="Write to Marigold")
    goal = builders.stored(
        Goal,
        episode=scene.episode,
        wording="to see Marigold again",
        set_by="parent",
        agreed_on=scene.episode.opened_on,
    )
    for paper in ("summary", "own_copy"):
        plain = hers.get(scene.address(f"papers:download_{paper}"))
        assert "Marigold" not in text_of(plain)
        assert "A flat" in text_of(plain)
        chosen = {"chosen": "yes", "include": [str(goal.pk)], "for_whom": "meeting"}
        chosen["section"] = ["goals", "agreed"]
        put_in = text_of(hers.get(scene.address(f"papers:download_{paper}"), chosen))
        assert ("to see Marigold again" in put_in, "Write to Marigold" in put_in) == (True, False)
    assert step.pk


def test_only_chosen_sections_stand_in_a_summary(hers, scene):
    chosen = {"chosen": "yes", "section": ["goals"], "for_whom": "court"}

    text = text_of(hers.get(scene.address("papers:download_summary"), chosen))

    assert ("A flat" in text, "Ring housing" in text, "for the court" in text) == (
        True,
        False,
        True,
    )


def test_her_own_copy_begins_with_her_words_and_tells_nobody_elses(hers, scene):
    page = hers.get(scene.address("papers:show_own_copy"))
    headings = [one.heading for one in page.context["sheet"].sections if one.heading]
    text = text_of(hers.get(scene.address("papers:download_own_copy")))

    assert headings == [
        "What I want",
        "Who is involved",
        "What I agreed to, and how to change my mind",
        "What happens next",
    ]
    assert "Ivy" not in text


@pytest.mark.parametrize("paper", ["summary", "own_copy", "letter"])
def test_each_download_is_named_by_reference_and_kind(hers, scene, paper):
    answer = hers.get(scene.address(f"papers:download_{paper}"))

    name = f"{scene.parent.reference}-{paper.replace('_', '-')}.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    text = text_of(answer)
    assert "OFFICIAL-SENSITIVE" in text
    assert "by Grace Example for" in " ".join(text.split()) or paper == "letter"


def test_papers_hide_parents_of_other_teams_and_refuse_the_wrong_role(scene):
    stranger = browser_of(builders.make_practitioner(builders.make_programme()))
    manager = browser_of(builders.make_practitioner(scene.programme, role=Role.MANAGER))
    address = scene.address("papers:download_summary")

    assert [one.get(address).status_code for one in (stranger, manager)] == [404, 403]
