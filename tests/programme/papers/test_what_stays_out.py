"""What a summary and the parent's own copy do not say until somebody ticks it."""

from datetime import timedelta

import pytest

from programme.assessments.models import Meeting
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.papers.reads.items import tells_of_health
from programme.papers.reads.summary import SECTIONS
from programme.support.models import Goal, Support
from tests import builders
from tests.programme.desk.scene import browser_of, make_scene
from tests.programme.pages import text_of

pytestmark = pytest.mark.django_db
HELPLINE = "National Domestic Abuse Helpline"
PAPERS = ("summary", "own_copy")
CHOSEN = {"chosen": "yes", "for_whom": "meeting", "section": list(SECTIONS)}
WOULD_TELL = ("pregnan", "scan", "coil", "baby", "birth", "natal", "midwi", "contracept", "due")


@pytest.fixture
def scene(db):
    return make_scene()


@pytest.fixture
def hers(scene):
    return browser_of(scene.user)


def taken(browser, scene, paper, **chosen):
    """The words of a downloaded paper, as one line."""
    answer = browser.get(scene.address(f"papers:download_{paper}"), chosen)
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(text_of(answer).split())


def offered(browser, scene, paper):
    """What may be ticked on the page of a paper: its words and its value."""
    form = browser.get(scene.address(f"papers:show_{paper}")).context["form"]
    choices = form.fields["include"].choices if "include" in form.fields else []
    return {words: value for value, words in choices}


def tell_of_a_pregnancy(scene):
    """It is told wherever free words, a meeting or a permission can tell it."""
    episode, day = scene.episode, today()
    builders.stored(NextStep, episode=episode, wording="Talk about the 20-week scan and the coil")
    goal = {"episode": episode, "set_by": "parent", "agreed_on": day}
    builders.stored(Goal, **goal, wording="to bring this baby home")
    builders.stored(Goal, **goal, wording="a birth plan", ended_on=day, ended_how="reached")
    help_taken = {"episode": episode, "category": "practical", "response": "taken"}
    help_taken |= {"offered_on": day, "kind": "antenatal class", "provider": "the midwives"}
    builders.stored(Support, **help_taken)
    for kind in ("birth_planning", "professionals"):
        builders.stored(Meeting, episode=episode, kind=kind, due_on=day + timedelta(days=20))
    builders.make_consent(scene.parent, "share_with_midwife")


# --- A pregnancy, contraception ---------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
def test_a_pregnancy_stands_on_neither(hers, scene, paper):
    tell_of_a_pregnancy(scene)

    text = taken(hers, scene, paper)

    assert [word for word in WOULD_TELL if word in text.lower()] == []
    assert (": Meeting" in text, "Professionals' meeting" in text) == (True, True)


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("summary", ["20-week scan", "baby home", "birth plan", "antenatal", "the midwives"]),
        ("own_copy", ["20-week scan", "baby home", "Sharing with the midwife"]),
    ],
)
def test_each_word_of_it_may_be_put_in(hers, scene, paper, told):
    tell_of_a_pregnancy(scene)
    ticks = list(offered(hers, scene, paper).values())

    text = taken(hers, scene, paper, **CHOSEN, include=ticks)

    assert [words for words in told if words not in text] == []


def test_a_stage_that_tells_of_it_leaves_the_programme_alone(hers, scene):
    with builders.as_seeder():
        scene.programme.pathway_id = "pre_birth"
        scene.programme.save()
    builders.enter_stage(scene.episode, "pre_birth_assessment", today())

    plain = taken(hers, scene, "summary")
    ticked = taken(hers, scene, "summary", **CHOSEN, include=str(scene.episode.pk))

    assert ("birth" in plain, "• Northtown • " in plain) == (False, False)
    assert "Where things stand • Northtown Goals" in plain
    assert "Northtown: Pre-birth assessment" in ticked


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Book the 12-week SCAN", ("SCAN",)),
        ("Coil or implant?", ("Coil", "implant")),
        ("pre_birth_assessment", ("birth_assessment",)),
        ("The newborn sleeps", ("newborn",)),
        ("Buy a birthday card, a pillow; pay the deposit", ()),
        ("Ring housing", ()),
    ],
)
def test_words_that_tell_of_health(words, asked):
    assert tells_of_health(words) == asked


@pytest.mark.parametrize(("reader", "expected"), [("own", True), ("team", False)])
def test_contraception_is_named_when_it_is_ticked_by_whom_her_consent_covers(
    scene, reader, expected
):
    """Her own worker is asked and it begins empty; a colleague of the team is not even asked."""
    user = scene.user if reader == "own" else builders.make_practitioner(scene.programme)
    browser = browser_of(user)
    ticks = offered(browser, scene, "own_copy")

    plain = taken(browser, scene, "own_copy")
    ticked = taken(browser, scene, "own_copy", chosen="yes", include=list(ticks.values()))

    assert ("contraception" in plain, "Taking part" in plain) == (False, True)
    assert "contraception" in ticked if expected else "contraception" not in ticked
    assert any("contraception" in words for words in ticks) == expected


# --- Next steps, numbers, who helps -------------------------------------------------------------


def test_each_next_step_waits_for_a_tick_on_the_own_copy(hers, scene):
    ticks = offered(hers, scene, "own_copy")
    (step,) = (value for words, value in ticks.items() if words.startswith("Ring housing"))

    plain = taken(hers, scene, "own_copy")
    ticked = taken(hers, scene, "own_copy", chosen="yes", include=step)

    assert ("Ring housing" in plain, "Ring housing" in ticked) == (False, True)
    assert "Ring housing" in taken(hers, scene, "summary")


def test_the_numbers_to_ring_wait_for_a_tick(hers, scene):
    plain = taken(hers, scene, "own_copy")
    ticked = taken(hers, scene, "own_copy", chosen="yes", with_numbers="on")

    assert (HELPLINE in plain, HELPLINE in ticked, "999" in ticked) == (False, True, True)


def test_whoever_helps_is_looked_at_like_other_words(hers, scene):
    help_taken = {"category": "practical", "response": "taken", "offered_on": today()}
    for provider in ("Mr Vance next door", "the library"):
        builders.stored(
            Support, episode=scene.episode, **help_taken, kind="rent", provider=provider
        )

    plain = taken(hers, scene, "summary")
    tick = offered(hers, scene, "summary")["Mr Vance next door"]
    ticked = taken(hers, scene, "summary", **CHOSEN, include=tick)

    assert ("Vance" in plain, "the library" in plain, "Vance" in ticked) == (False, True, True)


# --- What was typed cannot be read --------------------------------------------------------------


def test_a_tick_of_a_row_that_is_gone_costs_no_other_answer(hers, scene):
    gone = "0b0e4c7e-0000-4000-8000-000000000000"

    text = taken(hers, scene, "own_copy", chosen="yes", include=gone)

    assert (HELPLINE in text, "Alex, this paper is yours." in text) == (False, True)


@pytest.mark.parametrize("way", ["show", "download"])
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"for_whom": "court"}, "Choose at least one"),
        ({"for_whom": "nobody", "section": "goals"}, "Choose who will receive it from the list"),
    ],
)
def test_a_form_that_must_be_put_right_gives_no_paper(hers, scene, way, typed, problem):
    answer = hers.get(scene.address(f"papers:{way}_summary"), {"chosen": "yes", **typed})

    assert answer["Content-Type"].startswith("text/html")
    page = answer.content.decode()
    assert (problem in page, "design-sheet" in page, "A flat" in page) == (True, False, False)
