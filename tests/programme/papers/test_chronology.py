"""A chronology: chosen, checked line by line, read once more, then taken out as two files."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access import actors
from programme.access.parts import Role
from programme.chronology.models import ChronologyEntry
from programme.measures.models import Measure
from programme.papers.models import Chronology, ChronologyLine
from programme.people.models import Child, Parent, ParentChild
from tests import builders
from tests.forms import as_sent
from tests.pristine import as_owner
from tests.programme.desk.scene import boxes, browser_of, make_answered
from tests.programme.pages import queries, rows, text_of
from tests.programme.papers.reading import rows_of_docx, rows_of_pdf, stamps_of, xml_of

pytestmark = pytest.mark.django_db
WORDS = {
    "Ivy’s foster carer, Deepa Rao, rang from 07700 900123.": date(2024, 3, 4),
    "Began a course at the college.": date(2024, 5, 6),
    "Kyle came to the door at night.": date(2024, 7, 8),
}


@pytest.fixture
def story(hers, parent, programme, practitioner):
    """Three events from elsewhere, and a child and father whom the record knows by name."""
    ivy = builders.stored(Child, given_names="Ivy", family_name="Lee")
    kyle = builders.make_parent("father", given_names="Kyle", family_name="Marsh")
    for one in (parent, kyle):
        builders.stored(ParentChild, parent=one, child=ivy, relation="birth")
    for what, day in WORDS.items():
        builders.make_entry(
            parent,
            programme,
            happened_on=day,
            known_on=date(2024, 3, 6) if day.month == 3 else None,
            what=what,
            source="letter of the solicitor",
            written_by=practitioner,
        )
    return parent


def url(name: str, parent: Parent, chronology: Chronology | None = None) -> str:
    keys = [parent.pk, chronology.pk] if chronology else [parent.pk]
    return reverse(f"papers:{name}", args=keys)


def begin(browser, parent: Parent, **changed):
    """Chooses every event that is ticked when the page opens; what the answer is."""
    page = browser.get(url("begin_chronology", parent))
    ticked = page.context["form"]["events"].value()
    body = as_sent(page.content.decode()) | {
        "for_whom": "court",
        "recipient": "Northtown Family Court",
        "names_workers": "on",
        "events": ticked,
    }
    return browser.post(url("begin_chronology", parent), body | changed)


def begun(browser, parent: Parent, **changed) -> Chronology:
    assert begin(browser, parent, **changed).status_code == 302
    return rows(Chronology, parent=parent)[-1]


Answers = dict[int, str | dict[str, str]]


def opened(browser, parent: Parent, made: Chronology):
    """The page of the check, and what it sends if nobody touches it."""
    page = browser.get(url("check_chronology", parent, made))
    return page, as_sent(page.content.decode())


def answered(page, answers: Answers) -> dict[str, str]:
    """The fields of these answers, by the place of their line on the page.

    An answer beyond a word says what stands instead of which words, and under "more" what else
    is taken out.
    """
    body, rows_shown = {}, page.context["rows"]
    for place, answer in answers.items():
        row = rows_shown[place].answer
        taken_out = answer if isinstance(answer, dict) else {}
        body[row.name] = "take_out" if taken_out else answer
        revealed = {one.label: one.name for one in row.revealed_by("take_out")}
        for words, instead in taken_out.items():
            label = "Other names in this line to take out"
            body[revealed[label if words == "more" else f"Instead of “{words}”"]] = instead
    return body


def answer(browser, parent: Parent, made: Chronology, answers: Answers | None = None):
    """Sends the check as it opens, with other answers."""
    page, body = opened(browser, parent, made)
    address = url("check_chronology", parent, made)
    return browser.post(address, body | answered(page, answers or {}))


ANSWERS: Answers = {0: "take_out", 1: "keep", 2: "leave_out"}


def read(browser, parent: Parent, made: Chronology):
    address = url("show_chronology", parent, made)
    body = as_sent(browser.get(address).content.decode())
    return browser.post(address, body | {"has_read": "on"})


def checked(browser, parent: Parent, answers: Answers | None = None) -> Chronology:
    made = begun(browser, parent)
    assert answer(browser, parent, made, ANSWERS | (answers or {})).status_code == 302
    assert read(browser, parent, made).status_code == 302
    return made


LEAVES = [
    (
        "4 March 2024 (known 6 March 2024)",
        "a child’s foster carer, a third party, rang from [number taken out].",
        "letter of the solicitor",
        "Grace Example",
    ),
    ("6 May 2024", "Began a course at the college.", "letter of the solicitor", "Grace Example"),
]


def test_what_leaves_is_what_was_chosen_line_by_line_in_both_files(hers, story):
    made = checked(hers, story)

    pdf = hers.get(url("download_chronology_pdf", story, made))
    word = hers.get(url("download_chronology_docx", story, made))

    assert rows_of_pdf(pdf.content) == LEAVES
    assert rows_of_docx(word.content) == rows_of_pdf(pdf.content)
    for text in (text_of(pdf), text_of(word)):
        assert not re.search("Ivy|Deepa|Rao|Kyle|Marsh|07700", text)
        assert "Northtown Family Court" in text
        assert "OFFICIAL-SENSITIVE" in text


def test_all_significant_events_are_ticked_and_the_period_cuts_them(hers, story):
    page = hers.get(url("begin_chronology", story))
    assert len(page.context["form"]["events"].value()) == 3

    made = begun(hers, story, **boxes("first_day", date(2024, 5, 1)))

    (line,) = [row for row in rows(ChronologyLine, chronology=made) if row.kind == "entry"][:1]
    assert (made.line_count, line.answer) == (2, "")


def test_an_event_that_is_sent_twice_is_one_line(hers, story):
    page = hers.get(url("begin_chronology", story))
    ticked = page.context["form"]["events"].value()

    made = begun(hers, story, events=[*ticked, *ticked])

    assert made.line_count == len(ticked)


def test_a_period_without_events_says_so_and_keeps_what_was_typed(hers, story):
    shown = begin(hers, story, **boxes("first_day", date(2025, 1, 1)))

    assert "None of these events is in this period" in shown.content.decode()
    assert "Northtown Family Court" in shown.content.decode()
    assert rows(Chronology, parent=story) == []


def test_each_marked_line_has_to_be_answered(hers, story):
    made = begun(hers, story)

    page = hers.get(url("check_chronology", story, made))
    shown = answer(hers, story, made)

    asked = [[one.words for one in row.checked.asked] for row in page.context["rows"]]
    assert asked == [["Ivy", "foster carer", "Deepa Rao", "07700 900123"], [], ["Kyle"]]
    wrong = [bool(row.answer.errors) for row in shown.context["rows"]]
    assert wrong == [True, False, True]
    assert "<mark>Deepa Rao" in page.content.decode()


def test_nothing_leaves_before_it_was_answered_and_read(hers, story):
    made = begun(hers, story)
    files = [url(f"download_chronology_{kind}", story, made) for kind in ("pdf", "docx")]

    assert hers.get(url("show_chronology", story, made)).url.endswith("/check/")
    assert [hers.get(one).status_code for one in files] == [403, 403]

    answer(hers, story, made, ANSWERS)
    assert [hers.get(one).status_code for one in files] == [403, 403]
    unread = hers.post(url("show_chronology", story, made), {"digest": "x"})
    assert (unread.status_code, hers.get(files[0]).status_code) == (200, 403)

    read(hers, story, made)
    assert [hers.get(one).status_code for one in files] == [200, 200]


def test_who_checked_when_and_for_whom_is_kept_and_said(hers, story, practitioner):
    made = checked(hers, story)

    (kept,) = rows(Chronology, parent=story)
    assert (kept.checked_by_id, kept.made_by_id) == (practitioner.pk, practitioner.pk)
    assert (kept.for_whom, kept.recipient) == ("court", "Northtown Family Court")
    assert kept.checked_at is not None
    said = text_of(hers.get(url("download_chronology_docx", story, made)))
    assert "Checked for other people’s details by Grace Example" in said


def test_a_line_that_changed_is_asked_about_again_and_nothing_leaves(hers, story, parent):
    made = checked(hers, story)
    with builders.as_seeder():
        entry = parent.chronology_entries.get(happened_on=date(2024, 5, 6))
        entry.what = "Began a course with Nadia."
        entry.save()

    refused = hers.get(url("download_chronology_pdf", story, made))
    sent_back = hers.get(url("show_chronology", story, made))
    page = hers.get(url("check_chronology", story, made))

    assert (refused.status_code, sent_back.status_code) == (403, 302)
    assert [row.checked.answer for row in page.context["rows"]] == ["take_out", "", "leave_out"]


def test_another_answer_takes_the_check_back(hers, story):
    made = checked(hers, story)

    answer(hers, story, made, {1: "leave_out"})

    (kept,) = rows(Chronology, parent=story)
    assert (kept.checked_at, kept.digest) == (None, "")
    assert hers.get(url("download_chronology_pdf", story, made)).status_code == 403


def test_the_writer_chooses_the_words_instead_and_names_the_system_missed(hers, story):
    made = checked(hers, story, {0: {"Ivy": "her daughter", "more": "Foster"}})

    (first, *_others) = rows_of_pdf(hers.get(url("download_chronology_pdf", story, made)).content)
    assert first[1].startswith("her daughter’s a third party")


def test_answers_stay_with_their_lines_when_an_event_comes_before_them(
    hers, story, parent, programme
):
    made = begun(hers, story)
    page, body = opened(hers, story, made)
    body |= answered(page, ANSWERS)
    with builders.as_seeder():
        last = parent.chronology_entries.get(happened_on=date(2024, 7, 8))
        last.happened_on = date(2024, 1, 1)
        last.save()

    shown = hers.post(url("check_chronology", story, made), body)

    assert [row.answer.value() for row in shown.context["rows"]] == [
        "leave_out",
        "take_out",
        "keep",
    ]
    assert [bool(row.answer.errors) for row in shown.context["rows"]] == [True, False, False]


def test_an_answer_for_words_that_were_not_read_is_not_stored(hers, story, parent):
    made = begun(hers, story)
    page, body = opened(hers, story, made)
    body |= answered(page, {0: {"Ivy": "her daughter"}, 1: "keep", 2: "leave_out"})
    with builders.as_seeder():
        first = parent.chronology_entries.get(happened_on=date(2024, 3, 4))
        first.what = "Lou Fox was at Ivy’s school."
        first.save()

    shown = hers.post(url("check_chronology", story, made), body)

    (first_row, *_others) = shown.context["rows"]
    assert "This line has changed since you opened the page" in str(first_row.answer.errors)
    insteads = [one.value() for one in first_row.answer.revealed_by("take_out")]
    assert insteads == ["a third party", "her daughter", ""]
    assert {row.answer for row in rows(ChronologyLine, chronology=made)} == {""}
    again = as_sent(shown.content.decode())
    assert hers.post(url("check_chronology", story, made), again).status_code == 302


def test_a_mark_that_was_not_there_is_read_before_the_line_is_kept(hers, story, parent):
    made = begun(hers, story)
    page, body = opened(hers, story, made)
    body |= answered(page, ANSWERS)
    course = builders.stored(Child, given_names="Course")
    builders.stored(ParentChild, parent=parent, child=course, relation="birth")

    shown = hers.post(url("check_chronology", story, made), body)

    assert [bool(row.answer.errors) for row in shown.context["rows"]] == [False, True, False]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({0: {"more": "Nobody Here\nDeepa"}}, "“Nobody Here” does not stand in this line"),
        ({0: {"more": "known"}}, "“known” does not stand in this line"),
        ({1: "take_out"}, "This would take nothing out"),
    ],
)
def test_taking_names_out_takes_something_out(hers, story, answers, said):
    made = begun(hers, story)

    shown = answer(hers, story, made, ANSWERS | answers)

    assert said in shown.content.decode()
    assert {row.answer for row in rows(ChronologyLine, chronology=made)} == {""}


def test_several_names_that_nothing_marked_are_taken_out_and_shown_again(hers, story):
    made = checked(hers, story, {1: {"more": "course\nthe College"}})

    pdf = hers.get(url("download_chronology_pdf", story, made))
    again, _ = opened(hers, story, made)

    assert rows_of_pdf(pdf.content)[1][1] == "Began a a third party at a third party."
    (*_, more) = again.context["rows"][1].answer.revealed_by("take_out")
    assert more.value() == "course\nthe College"


def test_a_line_that_leaves_word_for_word_is_counted_as_kept(hers, story):
    made = begun(hers, story)
    answer(hers, story, made, ANSWERS)
    with builders.as_seeder():
        line = next(row for row in rows(ChronologyLine, chronology=made) if row.replaced)
        line.replaced = json.dumps([["somebody else", "a third party"]])
        line.save()

    page = hers.get(url("show_chronology", story, made))

    assert page.context["kept"] == 1


def test_years_are_checked_page_by_page_and_each_page_is_kept(hers, parent, programme, episode):
    four = "Met Deepa. Then Lou. Then Fitz. Then Nadia."
    with builders.as_seeder():
        entries = [
            ChronologyEntry(
                parent=parent,
                programme=programme,
                happened_on=date(2015, 1, 1) + timedelta(days=number),
                what=four,
                source="a letter",
                written_by_id=actors.SEEDER,
            )
            for number in range(300)
        ]
        ChronologyEntry.objects.bulk_create(entries)
    chosen = hers.get(url("begin_chronology", parent)).context["years"]
    with CaptureQueriesContext(connection) as asked:
        made = begun(hers, parent)
    everything: Answers = dict.fromkeys(range(20), "take_out")

    page, body = opened(hers, parent, made)
    saved = hers.post(url("check_chronology", parent, made), body | answered(page, everything))
    page, body = opened(hers, parent, made)

    assert [year.words for year in chosen] == ["2015: 300 events"]
    assert len(asked) < queries(200)
    assert saved.url == url("check_chronology", parent, made)
    assert "20 of 300 lines answered" in page.content.decode()
    assert (page.context["page"].number, len(page.context["rows"])) == (2, 20)
    assert "Save and go on" in page.content.decode()
    assert len([row for row in rows(ChronologyLine, chronology=made) if row.answer]) == 20


def test_a_page_takes_fewer_lines_where_much_is_asked(hers, story, parent, programme):
    names = " ".join(
        f"met Zed{chr(97 + one)}{chr(97 + two)}," for one in range(20) for two in range(15)
    )
    for _ in range(2):
        builders.make_entry(parent, programme, what=names)
    made = begun(hers, story)

    page, _ = opened(hers, story, made)

    assert [len(lines) for lines in page.context["found"].pages] == [4, 1]


def test_workers_are_named_only_when_that_was_chosen(hers, story):
    page = hers.get(url("begin_chronology", story))
    ticked = page.context["form"]["events"].value()
    body = as_sent(page.content.decode()) | {"for_whom": "court", "recipient": "x"}
    body.pop("names_workers")
    hers.post(url("begin_chronology", story), body | {"events": ticked})
    made = rows(Chronology, parent=story)[-1]
    answer(hers, story, made, ANSWERS)
    read(hers, story, made)

    found = rows_of_docx(hers.get(url("download_chronology_docx", story, made)).content)

    assert {row[3] for row in found} == {"A worker"}


# --- What the database keeps ----------------------------------------------------------------


def test_no_word_of_the_record_is_kept_a_second_time(hers, story):
    checked(hers, story)

    with as_owner() as cursor:
        kept = []
        for table in ("chronology", "chronologyline"):
            for name in (table, f"historical{table}"):
                cursor.execute(f"SELECT * FROM programme_{name}")
                kept += cursor.fetchall()
    assert len(kept) > 4
    assert not re.search("Ivy|Deepa|Kyle|course|07700|solicitor", repr(kept))


# --- Who may --------------------------------------------------------------------------------


def test_who_may_not_see_one_of_its_events_gets_none_of_it(hers, story, episode, sign_in):
    """A measure is of the outcomes, which a colleague of the team does not read."""
    measure = builders.stored(
        Measure, episode=episode, instrument="core10", completed_on=date(2024, 9, 9)
    )
    builders.make_mark(story, "measure", measure.pk)
    made = checked(hers, story, {3: "keep"})
    address = url("download_chronology_pdf", story, made)
    assert "Questionnaire completed" in text_of(hers.get(address))
    colleague = builders.make_practitioner(episode.programme)

    assert browser_of(colleague).get(address).status_code == 403


def test_a_colleague_of_the_team_takes_out_what_she_may_read(hers, story, programme):
    made = checked(hers, story)
    colleague = browser_of(builders.make_practitioner(programme))

    answers = [
        colleague.get(url(name, story, made)).status_code
        for name in ("download_chronology_pdf", "check_chronology", "show_chronology")
    ]

    assert answers == [200, 403, 403]


def test_another_team_finds_nothing(hers, story):
    made = checked(hers, story)
    stranger = browser_of(builders.make_practitioner(builders.make_programme(), role=Role.SENIOR))

    assert stranger.get(url("download_chronology_pdf", story, made)).status_code == 404


def test_a_chronology_is_found_under_its_own_parent_only(hers, story, programme, worker):
    made = checked(hers, story)
    other = builders.make_parent()
    builders.make_episode(other, programme, worker)

    assert hers.get(url("download_chronology_pdf", other, made)).status_code == 404


# --- The files ------------------------------------------------------------------------------


def test_names_of_files_carry_the_reference_and_the_kind(hers, story):
    made = checked(hers, story)
    found = [
        hers.get(url(f"download_chronology_{kind}", story, made)).headers["Content-Disposition"]
        for kind in ("pdf", "docx")
    ]

    assert found == [
        f'attachment; filename="{story.reference}-chronology.{kind}"' for kind in ("pdf", "docx")
    ]


def test_the_files_say_the_day_it_was_here(hers, story):
    made = checked(hers, story)
    with builders.as_seeder():
        made = Chronology.objects.get(pk=made.pk)
        made.checked_at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
        made.save()

    for kind in ("pdf", "docx"):
        said = text_of(hers.get(url(f"download_chronology_{kind}", story, made)))
        assert "2 July 2026 at 00:30" in said
        assert "1 July" not in said


def test_each_file_is_one_sight_taken_out(hers, story):
    made = checked(hers, story)
    for kind in ("pdf", "docx"):
        hers.get(url(f"download_chronology_{kind}", story, made))

    with as_owner() as cursor:
        cursor.execute("SELECT page, outcome FROM programme_sight WHERE outcome = 'taken_out'")
        assert sorted(cursor.fetchall()) == [
            ("papers:download_chronology_docx", "taken_out"),
            ("papers:download_chronology_pdf", "taken_out"),
        ]


def test_the_same_chronology_is_the_same_file(hers, story):
    made = checked(hers, story)
    for kind in ("pdf", "docx"):
        address = url(f"download_chronology_{kind}", story, made)
        assert hers.get(address).content == hers.get(address).content


def test_the_word_file_has_headings_a_repeated_header_and_nothing_of_the_machine(hers, story):
    made = checked(hers, story)

    content = hers.get(url("download_chronology_docx", story, made)).content
    parts = xml_of(content)

    body = parts["word/document.xml"]
    assert body.count("<w:tblHeader") == 1
    assert body.count('<w:pStyle w:val="Heading1"/>') == 1
    assert 'w:w="11906" w:h="16838"' in body.replace("  ", " ")
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', parts["word/styles.xml"])) == {"en-GB"}
    assert stamps_of(content) == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in parts if "thumbnail" in name]
    assert "python-docx" not in "".join(parts.values())
    assert "<dc:creator>Grace Example</dc:creator>" in parts["docProps/core.xml"]
    assert "NUMPAGES" in "".join(text for name, text in parts.items() if "footer" in name)


def test_the_pages_ask_a_fixed_number_of_queries(hers, story, parent, programme, practitioner):
    counts: dict[str, list[int]] = {"check_chronology": [], "show_chronology": []}
    held = 3
    for number in (3, 5, 32):
        for _ in range(number - held):
            builders.make_entry(parent, programme, what="Rang")
        held = number
        marks = [("entry", str(one.pk)) for one in rows(ChronologyEntry, parent=story)]
        with builders.as_seeder():
            made = make_answered(story, programme, practitioner, *marks)
        for page, asked in counts.items():
            with CaptureQueriesContext(connection) as found:
                assert hers.get(url(page, story, made)).status_code == 200
            asked.append(len(found))

    assert {page: len(set(asked)) for page, asked in counts.items()} == dict.fromkeys(counts, 1)
    assert max(counts["check_chronology"]) <= queries(70)
