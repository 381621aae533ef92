"""Storing a checked package: every row with its history, in the order of its file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from time import time_ns
from typing import Any

from django.db import DatabaseError
from django.db.models import Model

from programme.access.actors import LOADER
from programme.consents.models import Consent
from programme.contacts.models import Contact, ContactPerson
from programme.contraception.models import ContraceptionChoice, InformationOffered
from programme.core.choices import ConsentCovers, ContraceptionEvent, SupportCategory
from programme.episodes.models import Episode
from programme.exchange.checking import Checked, Progress, silent
from programme.exchange.facts import Values
from programme.exchange.problems import PackageRefused, Problems
from programme.exchange.reading import FileReader
from programme.exchange.records import MODELS
from programme.exchange.schema import TABLES, Table
from programme.exchange.values import WrongValue, read
from programme.pathways.models import Programme
from programme.people.models import Home, Identity, Parent, new_reference
from programme.referrals.models import Referral
from programme.support.models import Support, Therapy

ROWS_AT_ONCE = 1000
Made = tuple[type[Model], Model]


def store(checked: Checked, progress: Progress = silent) -> None:
    """Stores every row; the caller has opened the transaction and found no problem."""
    for name, count in checked.counts.items():
        progress(f"Storing {TABLES[name].file}")
        try:
            stored = _Storing(TABLES[name], checked).run()
        except DatabaseError:
            # Its words could hold the row; the file is enough to look by.
            raise PackageRefused(f"The database refused a row of {name}.csv.") from None
        if stored != count:
            raise PackageRefused("The package changed while it was read.")


@dataclass
class _Storing:
    """Stores the rows of one file."""

    table: Table
    checked: Checked
    position: int = field(default_factory=time_ns)

    def run(self) -> int:
        """Returns how many rows were stored."""
        count = 0
        make = MAKERS.get(self.table.name, _plain)
        rows = self._values()
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            made = [pair for values in batch for pair in make(self, values)]
            if self.table.name == "parents":
                _fresh_references([row for _, row in made if isinstance(row, Parent)])
                made.sort(key=lambda pair: PARENT_ORDER.index(pair[0]))
            _create(made)
            count += len(batch)
        return count

    def _values(self) -> Iterator[Values]:
        columns = self.table.columns.items()
        try:
            for row in FileReader(self.table, self.checked.source, Problems(keep=0)).rows():
                yield {name: read(column, row.cells.get(name, "")) for name, column in columns}
        except WrongValue:
            raise PackageRefused("The package changed while it was read.") from None

    def fields(self, values: Values) -> Values:
        """The columns as model fields: an id becomes the row's key, a reference the other's."""
        fields: Values = {}
        for column in self.table.columns.values():
            value = values[column.name]
            if column.is_id:
                fields |= {"id": self.key(self.table.name, value), "package_id": value}
            elif column.target:
                fields[column.name] = self.key(column.target, value)
            else:
                fields[column.name] = value
        return fields

    def key(self, table: str, name: str | None) -> Any:
        """The key of a row named in the package; None for a blank."""
        return self.checked.ids[table].keys[name] if name else None


def _create(made: list[Made]) -> None:
    """Stores runs of rows of one model, so that files kept in two tables keep their order."""
    for model, pairs in groupby(made, key=itemgetter(0)):
        manager: Any = model._default_manager
        manager.bulk_create([row for _, row in pairs])


def _fresh_references(parents: list[Parent]) -> None:
    """References are short, so among thousands one may be taken: draw again."""
    drawn = {parent.reference for parent in parents}
    taken = set(Parent.objects.filter(reference__in=drawn).values_list("reference", flat=True))
    for parent in parents:
        while parent.reference in taken:
            parent.reference = new_reference()
        taken.add(parent.reference)


# --- One row of the package, as one or more rows of the record -------------------------------

Maker = Callable[[_Storing, Values], list[Made]]
PARENT_ORDER: list[type[Model]] = [Parent, Identity, Home]


def _plain(storing: _Storing, values: Values) -> list[Made]:
    model = MODELS[storing.table.name][0]
    return [(model, model(**storing.fields(values)))]


def _programme(storing: _Storing, values: Values) -> list[Made]:
    fields = storing.fields(values)
    fields["pathway_id"] = fields.pop("pathway")
    return [(Programme, Programme(**fields))]


def _parent(storing: _Storing, values: Values) -> list[Made]:
    fields = storing.fields(values)
    key = fields.pop("id")
    parent = Parent(
        id=key, package_id=fields.pop("package_id"), parent_role=fields.pop("parent_role")
    )
    home = Home(
        parent=parent,
        postcode=fields.pop("postcode"),
        no_fixed_address=fields.pop("no_fixed_address"),
    )
    return [(Parent, parent), (Identity, Identity(parent=parent, **fields)), (Home, home)]


def _referral(storing: _Storing, values: Values) -> list[Made]:
    referral = Referral(**storing.fields(values))
    referral.keep_reading_date()
    return [(Referral, referral)]


def _episode(storing: _Storing, values: Values) -> list[Made]:
    episode = Episode(**storing.fields(values))
    episode.keep_reading_date()
    return [(Episode, episode)]


def _contact(storing: _Storing, values: Values) -> list[Made]:
    fields = storing.fields(values)
    programme = storing.checked.facts.programme_of_contact(values)
    fields["programme_id"] = storing.key("programmes", programme)
    if "contact_people" in storing.checked.counts:
        storing.checked.contact_programme[values["contact_id"]] = programme
    return [(Contact, Contact(written_by_id=LOADER, **fields))]


def _contact_person(storing: _Storing, values: Values) -> list[Made]:
    programme = storing.checked.contact_programme[values["contact_id"]]
    fields = storing.fields(values)
    fields["programme_id"] = storing.key("programmes", programme)
    return [(ContactPerson, ContactPerson(**fields))]


def _support(storing: _Storing, values: Values) -> list[Made]:
    fields = storing.fields(values)
    if values["category"] != SupportCategory.THERAPEUTIC:
        return [(Support, Support(**fields))]
    del fields["category"]
    return [(Therapy, Therapy(**fields))]


def _consent(storing: _Storing, values: Values) -> list[Made]:
    fields = storing.fields(values)
    covered = set(fields.pop("covers").split(";"))
    covers = {f"covers_{whom}": whom in covered for whom in ConsentCovers.values}
    # The ledger's order is that of the file: on the same minute the later row wins.
    storing.position += 1
    return [(Consent, Consent(position=storing.position, **covers, **fields))]


def _contraception(storing: _Storing, values: Values) -> list[Made]:
    fields = storing.fields(values)
    if values["event"] != ContraceptionEvent.INFORMATION_OFFERED:
        return [(ContraceptionChoice, ContraceptionChoice(**fields))]
    for name in ("event", "answer", "method", "review_due_on", "end_reason"):
        del fields[name]
    return [(InformationOffered, InformationOffered(**fields))]


MAKERS: dict[str, Maker] = {
    "programmes": _programme,
    "parents": _parent,
    "referrals": _referral,
    "episodes": _episode,
    "contacts": _contact,
    "contact_people": _contact_person,
    "support": _support,
    "consents": _consent,
    "contraception": _contraception,
}
