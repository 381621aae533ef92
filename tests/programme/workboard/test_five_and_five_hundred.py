"""The pages of a day cost at most twenty statements, with five parents and with five hundred.

On SQLite, where each question is asked by itself, they cost more, and the same for any number.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.access.parts import Role
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode, Stage
from programme.pathways.models import Worker
from programme.people.models import Identity, Parent
from programme.pregnancies.models import DueDate, Pregnancy
from programme.referrals.models import Referral
from tests import builders
from tests.pristine import as_owner
from tests.programme.desk.scene import browser_of

pytestmark = pytest.mark.postgres
AT_MOST = 20
CAME = timedelta(days=60)


@pytest.fixture
def senior(programme):
    return browser_of(builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR))


def hold(programme, workers, number):
    """So many parents more, by turns with these workers, all with a name, a stage and a baby."""
    day = today() - CAME
    with builders.as_seeder():
        parents = Parent.objects.bulk_create(
            [Parent(parent_role="mother", reference=f"{number}Q{at}") for at in range(number)]
        )
        Identity.objects.bulk_create([Identity(parent=one, given_names="Ann") for one in parents])
        pregnancies = Pregnancy.objects.bulk_create(
            [Pregnancy(mother=one, known_on=day) for one in parents]
        )
        DueDate.objects.bulk_create(
            DueDate(
                pregnancy=one,
                estimated_due_date=today() + CAME,
                basis="dating_scan",
                recorded_on=day,
            )
            for one in pregnancies
        )
        known = [{"parent": one, "programme": programme} for one in parents]
        referrals = Referral.objects.bulk_create(
            [Referral(**one, received_on=day, decision="accepted", decided_on=day) for one in known]
        )
        episodes = Episode.objects.bulk_create(
            Episode(**one, referral=referral, opened_on=day)
            for one, referral in zip(known, referrals, strict=True)
        )
        Stage.objects.bulk_create(
            [Stage(episode=one, stage="engagement", entered_on=day) for one in episodes]
        )
        Allocation.objects.bulk_create(
            Allocation(episode=one, worker=workers[at % len(workers)], from_date=day, lead=True)
            for at, one in enumerate(episodes)
        )
    # Nobody else can see these rows yet, so the database has not counted them by itself.
    with as_owner() as cursor:
        cursor.execute("ANALYZE")


def cost(browser, url):
    """How many statements a page costs, beside those that name the reader.

    The least of two: once a minute somebody's last use is stored too.
    """
    browser.get(url)
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(url)
        assert page.status_code == 200
        asked.append(sum("set_config" not in one["sql"] for one in queries))
    return page, min(asked)


def test_the_senior_pages(senior, programme, worker):
    workers = [worker, *(builders.make_worker(programme) for _ in range(4))]
    asked = []
    for more in (5, 495):
        hold(programme, workers, more)
        page, team = cost(senior, "/team/")
        lines, hers = cost(senior, f"/team/{worker.pk}/")
        asked.append((team, hers))

    assert len(lines.context["lines"][0].parents) == 100
    assert len(page.context["rows"]) == Worker.objects.filter(programme=programme).count()
    assert asked[0] == asked[1]
    assert max(asked[1]) <= AT_MOST


def test_a_practitioners_pages(practitioner, programme, worker):
    browser = browser_of(practitioner)
    asked = []
    for more in (5, 495):
        hold(programme, [worker], more)
        home, first = cost(browser, "/home/")
        asked.append((first, cost(browser, "/due/")[1]))

    assert len(home.context["home"].parents) == 500
    assert asked[0] == asked[1]
    assert max(asked[1]) <= AT_MOST
