"""Four pages: a caseload, a record, a contact to log, a search."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.forms import ModelForm
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from benchmarks.bare.models import Contact, Person

# As many as the record of the service shows at once.
ON_A_PAGE = 50
CHANGES_OF_DAYS = 7


class ContactForm(ModelForm):
    """What is said of a contact."""

    class Meta:
        model = Contact
        fields = ["happened_at", "mode", "outcome", "minutes", "note"]


@login_required
def home(request):
    """Whom the reader works with, when they were last met, and what is new."""
    people = Person.objects.filter(worker=request.user).annotate(
        last_met=Max("contacts__happened_at", filter=Q(contacts__outcome="met"))
    )
    since = timezone.now() - timedelta(days=CHANGES_OF_DAYS)
    news = Contact.objects.filter(person__worker=request.user, happened_at__gte=since)
    context = {
        "people": people.order_by("last_met"),
        "news": news.select_related("person").order_by("-happened_at"),
    }
    return render(request, "bare/home.html", context)


@login_required
def show_person(request, person_id):
    """A person's record, the newest contacts first."""
    person = get_object_or_404(Person, pk=person_id)
    contacts = person.contacts.select_related("written_by").order_by("-happened_at")
    page = Paginator(contacts, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "bare/person.html", {"person": person, "page": page})


@login_required
def log_contact(request, person_id):
    """A form, a row, a line of history."""
    person = get_object_or_404(Person, pk=person_id)
    form = ContactForm(request.POST or None, instance=_new(person, request.user))
    if form.is_valid():
        form.save()
        messages.success(request, "Contact saved")
        return redirect("show_person", person_id)
    return render(request, "bare/log.html", {"person": person, "form": form})


@login_required
def find(request):
    """Whose names have every word that is asked for."""
    people = Person.objects.order_by("family_name", "given_names")
    for word in request.GET.get("words", "").split():
        people = people.filter(Q(given_names__icontains=word) | Q(family_name__icontains=word))
    return render(request, "bare/find.html", {"people": people[:20]})


def _new(person, user):
    now = timezone.now()
    return Contact(person=person, written_by=user, happened_at=now, mode="home_visit")
