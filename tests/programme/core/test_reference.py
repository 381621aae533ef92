from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programme.core.choices import Jurisdiction, PathwayCode
from programme.core.models import CodeValue
from programme.core.reference import load_code_lists, rows

ETHNIC_GROUPS = (
    "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH "
    "REFU NOBT"
)
SENSITIVE = "health contraception therapy court ethnicity disability care_experience"
FILES = {
    "contraception_duration_rules": 18,
    "contraception_methods": 28,
    "disclosure_thresholds": 8,
    "ethnicity": 20,
    "instruments": 14,
    "legal_status": 13,
    "pathways": 40,
    "placement_types": 32,
    "swemwbs_conversion": 29,
    "timescales": 33,
}


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_every_row_is_whole_and_says_where_it_is_from(name, count):
    found = rows(name)

    assert len(found) == count
    for row in found:
        assert None not in row and None not in row.values()
        assert row["to_be_confirmed"] in ("yes", "no")
        assert row["source"] or row["to_be_confirmed"] == "yes"


def test_the_ethnic_groups_are_the_eighteen_and_two_ways_of_not_knowing():
    assert {row["code"] for row in rows("ethnicity")} == set(ETHNIC_GROUPS.split())


def test_every_pathway_has_stages_in_order():
    stages: dict[str, list[int]] = {}
    for row in rows("pathways"):
        stages.setdefault(row["pathway"], []).append(int(row["position"]))

    assert stages.keys() == set(PathwayCode.values)
    assert all(places == list(range(1, len(places) + 1)) for places in stages.values())


def test_every_timescale_can_be_counted():
    found = rows("timescales")

    assert {row["jurisdiction"] for row in found} == {*Jurisdiction.values, "local", "uk"}
    assert {row["unit"] for row in found} == {
        "working_days", "days", "hours", "weeks", "months", "weeks_of_gestation", "by_method",
    }  # fmt: skip
    assert all(int(row["count"]) for row in found if row["unit"] != "by_method")
    assert all(
        (row["calendar"] in ("bank_holidays", "office_days")) == (row["unit"] == "working_days")
        for row in found
    )


def test_duration_rules_name_methods_we_have():
    methods = {row["code"] for row in rows("contraception_methods")}

    assert {row["method"] for row in rows("contraception_duration_rules")} <= methods


def test_sensitive_topics_have_the_higher_threshold():
    thresholds = {row["code"]: int(row["threshold"]) for row in rows("disclosure_thresholds")}

    assert thresholds.pop("other") == 5
    assert thresholds == dict.fromkeys(SENSITIVE.split(), 9)


@pytest.fixture
def shipped(db):
    CodeValue.objects.all().delete()
    return load_code_lists()


def test_load_code_lists_brings_every_code(shipped):
    assert shipped == CodeValue.objects.count() == 28 + 20 + 14 + 13 + 32
    arab = CodeValue.objects.get(list_name="ethnicity", code="OOTH")
    assert (arab.label, arab.group) == ("Any other ethnic group, Arab included", "Other")


def test_load_code_lists_brings_dates_and_doubts(shipped):
    flats = CodeValue.objects.get(list_name="placement_types", code="K3")
    assert (flats.valid_from, flats.valid_to) == (date(2023, 10, 28), None)
    assert flats.to_be_confirmed
    assert not CodeValue.objects.get(list_name="legal_status", code="C1").to_be_confirmed


def test_load_code_lists_again_adds_nothing_and_asks_once(shipped, django_assert_num_queries):
    with django_assert_num_queries(1):
        added = load_code_lists()

    assert added == 0


def test_load_code_lists_keeps_what_was_edited(shipped):
    CodeValue.objects.filter(list_name="placement_types", code="K3").update(
        label="Our supported flats", valid_from=date(2023, 4, 28)
    )

    load_code_lists()

    kept = CodeValue.objects.get(list_name="placement_types", code="K3")
    assert (kept.label, kept.valid_from) == ("Our supported flats", date(2023, 4, 28))


def test_load_code_lists_adds_only_what_is_missing(shipped):
    CodeValue.objects.filter(list_name="legal_status", code__in=["C1", "C2"]).delete()

    assert load_code_lists() == 2


def test_load_code_lists_yields_to_a_row_made_here(shipped):
    CodeValue.objects.filter(list_name="legal_status", code="C1").delete()
    CodeValue.objects.create(list_name="legal_status", code="C1", label="Our own words")

    assert load_code_lists() == 0
    assert CodeValue.objects.get(list_name="legal_status", code="C1").label == "Our own words"


def test_in_list_keeps_the_order_of_the_list(shipped):
    codes = CodeValue.objects.in_list("legal_status").values_list("code", flat=True)

    assert list(codes) == [row["code"] for row in rows("legal_status")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 10, 27), {"P1", "P2"}),
        (date(2023, 10, 28), {"K3", "P1", "P2"}),
        (date(2025, 3, 31), {"K3", "P1", "P2"}),
        (date(2025, 4, 1), {"K3", "P1", "Z11"}),
    ],
)
def test_valid_on_counts_the_first_and_last_day(shipped, day, expected):
    codes = CodeValue.objects.in_list("placement_types").valid_on(day)

    assert {value.code for value in codes} & {"K3", "P1", "P2", "Z11"} == expected


@pytest.mark.parametrize("valid_from", [None, date(2026, 1, 1)])
def test_a_code_starts_once_on_a_day(db, valid_from):
    CodeValue.objects.create(list_name="colours", code="R", label="Red", valid_from=valid_from)

    with pytest.raises(IntegrityError), transaction.atomic():
        CodeValue.objects.create(list_name="colours", code="R", label="Rot", valid_from=valid_from)

    assert str(CodeValue.objects.get(list_name="colours")) == "Red"


def test_a_code_may_have_another_meaning_from_another_day(db):
    CodeValue.objects.create(
        list_name="colours", code="R", label="Red", valid_to=date(2025, 12, 31)
    )
    CodeValue.objects.create(
        list_name="colours", code="R", label="Rose", valid_from=date(2026, 1, 1)
    )

    assert CodeValue.objects.in_list("colours").valid_on(date(2026, 1, 1)).get().label == "Rose"


def test_a_code_cannot_end_before_it_starts(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeValue.objects.create(
            list_name="colours",
            code="R",
            label="Red",
            valid_from=date(2026, 1, 2),
            valid_to=date(2026, 1, 1),
        )
