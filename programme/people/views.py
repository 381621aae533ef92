"""The rules on how to reach a parent safely: what holds, what held, changing and ending."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.saving import is_saved, last_changed_by
from programme.access.writing import ChangedMeanwhile, own_key
from programme.core.errors import RuleBroken
from programme.core.forms import give_back_beside
from programme.people import actions, reads
from programme.people.forms import ChangeRuleForm, EndRuleForm, RuleForm
from programme.people.models import Parent, SafeContact


@require_GET
def show_safe_contact(request: Request, parent_id: UUID) -> HttpResponse:
    """What holds today first, then every rule that ever held."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    context = {
        "parent": parent,
        "reach": reads.how_to_reach(parent),
        "ended": reads.ended_rules(parent),
        "may_change": request.parts.get(Part.CORE, False),
    }
    return render(request, "programme/people/show_safe_contact.html", context)


@require_http_methods(["GET", "POST"])
def add_rule(request: Request, parent_id: UUID) -> HttpResponse:
    """A rule beside those that hold: another number, or the first."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = RuleForm(posted(request))
    if form.is_valid():
        try:
            key = own_key(form.cleaned_data["key"], parent.pk, request.user.pk)
            actions.add_rule(key=key, parent=parent, by=request.user, **form.said())
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        else:
            return _done(request, parent, "Rule saved")
    context = {"parent": parent, "form": form, "reach": reads.how_to_reach(parent)}
    return render(request, "programme/people/add_rule.html", context)


@require_http_methods(["GET", "POST"])
def change_rule(request: Request, parent_id: UUID, rule_id: UUID) -> HttpResponse:
    """A rule with other words: the old one ends and stays to be read."""
    rule = _rule_or_404(parent_id, rule_id)
    form = ChangeRuleForm(posted(request), rule=rule)
    if form.is_valid() and _change(request, rule, form):
        return _done(request, rule.parent, "Rule changed. The earlier one is kept")
    reach = reads.how_to_reach(rule.parent)
    context = {"parent": rule.parent, "form": form, "rule": rule, "reach": reach}
    return render(request, "programme/people/change_rule.html", context)


@require_http_methods(["GET", "POST"])
def end_rule(request: Request, parent_id: UUID, rule_id: UUID) -> HttpResponse:
    """A rule that no longer holds, and why."""
    rule = _rule_or_404(parent_id, rule_id)
    form = EndRuleForm(posted(request), initial={"version": rule.version})
    if is_saved(form, lambda: _end(request, rule, form)):
        return _done(request, rule.parent, "Rule ended. It is kept below")
    context = {"parent": rule.parent, "form": form, "said": reads.said_of(rule)}
    return render(request, "programme/people/end_rule.html", context)


def _end(request: Request, rule: SafeContact, form: EndRuleForm) -> None:
    typed = form.cleaned_data
    actions.end_rule(
        rule=rule, because=typed["because"], seen_version=typed["version"], by=request.user
    )


def _change(request: Request, rule: SafeContact, form: ChangeRuleForm) -> bool:
    """Stores the change; False when the rule moved on, with what to do on the form."""
    typed = form.cleaned_data
    key = own_key(typed["key"], rule.parent_id, request.user.pk)
    try:
        actions.change_rule(
            key=key, rule=rule, seen_version=typed["version"], by=request.user, **form.said()
        )
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile as meanwhile:
        give_back_beside(
            form,
            last_changed_by(meanwhile.current),
            "Somebody else changed or ended this rule since you opened it. What holds now is"
            " above. Save again to keep your words as well.",
        )
    else:
        return True
    return False


def _rule_or_404(parent_id: UUID, rule_id: UUID) -> SafeContact:
    rules = SafeContact.objects.select_related("parent")
    return get_object_or_404(rules, pk=rule_id, parent=parent_id)


def _done(request: Request, parent: Parent, words: str) -> HttpResponse:
    messages.success(request, f"{words}, record {parent.reference}")
    return redirect("people:show_safe_contact", parent.pk)
