"""The bench can be asked, its bare pages load, and the people it makes can be read. No timing."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from benchmarks import bench, fill
from programme.access import actors
from programme.access.models import User
from programme.access.scope import acting_as
from tests.builders import DEMO_BACKEND

ROOT = Path(__file__).resolve().parents[1]


def test_sizes_and_time_can_be_asked_for():
    asked = bench.options(["--people", "500", "--contacts", "5000", "10000", "--seconds", "2"])

    assert (asked.people, asked.contacts, asked.seconds) == (500, [5_000, 10_000], 2.0)


def test_every_act_is_done_on_both_sides_and_has_an_aim():
    assert list(bench.ACTS) == list(bench.AIMS)
    assert {tuple(ways) for ways in bench.ACTS.values()} == {bench.SIDES}


def test_the_bare_pages_load():
    variables = {
        "DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings",
        "DATABASE_URL": "postgresql://nobody@nowhere/bare",
        "SECRET_KEY": "tests only",
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_a_practitioner_works_with_the_ten_made_for_her(client):
    with acting_as(actors.SEEDER):
        fill.make_people(20)
        first, second = fill.askers()
    client.force_login(User.objects.get(pk=first["user"]), backend=DEMO_BACKEND)

    page = client.get(reverse("desk:home")).text

    assert len(first["people"]) == len(second["people"]) == 10
    assert [one for one in first["people"] if one not in page] == []
    assert [one for one in second["people"] if one in page] == []
