"""A package offered for loading holds a whole caseload: who sees it, asked of the database."""

import pytest
from django.db import DatabaseError, transaction

from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.exchange.models import LoadPart, LoadRequest
from tests import builders as make

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def somebody(role: Role) -> User:
    return make.make_practitioner(make.make_programme(), role=role)


@pytest.fixture
def offered() -> LoadRequest:
    """By somebody who is a data officer no longer."""
    offerer = make.make_user()
    with acting_as(offerer):
        request = LoadRequest(state="waiting", offered_by=offerer, size=1)
        request.save()
        LoadPart.objects.bulk_create([LoadPart(request=request, position=0, content="a caseload")])
    return request


def counted(user: User) -> tuple[int, ...]:
    """Rows past every manager: of requests, of their history, of parts."""
    models = (LoadRequest, LoadRequest.history.model, LoadPart)
    with acting_as(user):
        return tuple(model._base_manager.count() for model in models)


@pytest.mark.parametrize("role", list(Role))
def test_those_who_may_decide_see_it_and_nobody_else(role: Role, offered: LoadRequest) -> None:
    decides = role in {Role.MANAGER, Role.DATA_OFFICER}

    assert counted(somebody(role)) == ((1, 1, 1) if decides else (0, 0, 0))


def test_its_offerer_sees_it(offered: LoadRequest) -> None:
    assert counted(offered.offered_by) == (1, 1, 1)


def test_nobody_else_changes_or_removes_it(offered: LoadRequest) -> None:
    with acting_as(somebody(Role.PRACTITIONER)):
        changed = LoadRequest._base_manager.filter(pk=offered.pk).update(state="loaded")
        removed, _ = LoadPart._base_manager.filter(request=offered).delete()

    assert (changed, removed) == (0, 0)


def test_nothing_is_offered_in_another_s_name(offered: LoadRequest) -> None:
    with (
        acting_as(somebody(Role.PRACTITIONER)),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        LoadRequest(state="waiting", offered_by=offered.offered_by, size=1).save()
