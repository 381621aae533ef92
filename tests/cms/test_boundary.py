"""Case records never enter Wagtail: no page, snippet, index, document or picture."""

import pytest
from django.apps import apps
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, ReferenceIndex, RevisionMixin, WorkflowMixin
from wagtail.search.index import Indexed
from wagtail.snippets.models import get_snippet_models

WAGTAIL = (Page, RevisionMixin, WorkflowMixin, Indexed, AbstractDocument, AbstractImage)
CASE_MODELS = sorted(apps.get_app_config("programme").get_models(), key=lambda one: one.__name__)


def test_there_are_case_models_to_ask_about() -> None:
    assert {"Parent", "Contact", "HistoricalContact"} <= {model.__name__ for model in CASE_MODELS}


@pytest.mark.parametrize("model", CASE_MODELS, ids=lambda model: model.__name__)
def test_a_case_model_is_nothing_to_wagtail(model: type[models.Model]) -> None:
    assert not issubclass(model, WAGTAIL)
    assert model not in get_snippet_models()
    assert model not in ReferenceIndex.tracked_models
    assert model not in ReferenceIndex.indexed_models


def test_pages_point_at_no_case_record_but_their_owner() -> None:
    pointed_at = {
        (field.name, field.related_model.__name__)
        for model in apps.get_app_config("cms").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and field.related_model._meta.app_label == "programme"
    }

    assert pointed_at == {
        ("looked_after_by", "User"),
        ("owner", "User"),
        ("locked_by", "User"),
        ("uploaded_by_user", "User"),
    }
