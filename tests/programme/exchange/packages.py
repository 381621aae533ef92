"""Invented packages: one with every table and every column filled, the same for a seed."""

import csv
import io
import random
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

Rows = list[dict[str, str]]
Package = dict[str, Rows]

HERE = Path(__file__).parent
DURHAM = HERE.parents[1] / "cases" / "durham-2019"

# Words that a spreadsheet, a terminal or a careless reader would change.
WORDS = (
    "=1+1", "+44 7700 900123", "-", "@home", " spaced ", "two\nlines", "two\r\nlines", "a,b;c",
    'said "no"', "Siân Llŷr", "ﷺ ✓ 🙂", "'quoted'", "0012", "yes", "null", "\ttab", "x" * 300,
    "2019-03-28", "ordinary words",
)  # fmt: skip
SHORT = tuple(word for word in WORDS if len(word) <= 40)
FIRST = date(2015, 1, 5)
ANY_CODE = {
    "ethnicity": ("WBRI", "NOBT", "REFU"),
    "placement_code": ("U1", "A3"),
    "legal_status_code": ("C1", "E1"),
}
NHS_NUMBERS = ("9434765919", "4010232137")


def schema() -> list[dict[str, str]]:
    """The columns of version 1, kept apart from the product's own list."""
    with (HERE / "version_1.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, package: Package) -> Path:
    """The package as a folder of csv files."""
    folder.mkdir(exist_ok=True)
    for table, rows in package.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def zipped(package: Package) -> bytes:
    """The package as the bytes of a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in package.items():
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            archive.writestr(f"{table}.csv", text.getvalue().encode("utf-8", "replace"))
    return packed.getvalue()


def read(folder: Path) -> Package:
    """The rows of a folder of csv files; a table without rows is not there."""
    package = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if rows:
            package[path.stem] = rows
    return package


def filled_out(package: Package) -> Package:
    """With every column of the schema, blank where the package has none."""
    columns: dict[str, list[str]] = {}
    for column in schema():
        columns.setdefault(column["table"], []).append(column["column"])
    return {
        table: [{name: row.get(name, "") for name in columns[table]} for row in rows]
        for table, rows in package.items()
    }


class Inventor:
    """Draws a package from a seed; every row follows the rules."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.package: Package = {}
        self.columns: dict[str, Rows] = {}
        for column in schema():
            self.columns.setdefault(column["table"], []).append(column)

    def package_of(self, parents: int) -> Package:
        """Every table, with several rows in most."""
        for make in (self._service, self._people, self._court, self._work, self._figures):
            make(parents)
        return self.package

    # --- One row ----------------------------------------------------------------------------

    def add(self, table: str, **given: str) -> str:
        """A row: what is given, and something or nothing in every other column."""
        rows = self.package.setdefault(table, [])
        row = {}
        for column in self.columns[table]:
            name = column["column"]
            row[name] = given[name] if name in given else self._cell(column, len(rows))
        rows.append(row)
        return row[next(iter(row))]

    def _cell(self, column: dict[str, str], number: int) -> str:
        if column["unique"]:
            return f"{column['table']}-{number:03}"
        if not column["required"] and self.random.random() < 0.3:
            return ""
        if column["refers_to"]:
            return self.one(column["refers_to"])
        if column["codes"]:
            return self.random.choice(column["codes"].split())
        if column["column"] in ANY_CODE:
            return self.random.choice(ANY_CODE[column["column"]])
        return self._of_type(column)

    def _of_type(self, column: dict[str, str]) -> str:
        draw = {
            "string": lambda: self.random.choice(SHORT),
            "boolean": lambda: self.random.choice(["yes", "no"]),
            "date": lambda: self.day(),
            "datetime": lambda: self.minute(),
            "integer": lambda: str(self.random.randint(0, 40)),
            "number": lambda: self.random.choice(["0", "12", "7.5", "0.25"]),
        }
        return draw[column["type"]]()

    def one(self, table: str) -> str:
        """The id of some row of a table."""
        row = self.random.choice(self.package[table])
        return row[next(iter(row))]

    def day(self, after: str = "", days: int = 400) -> str:
        """A day, on or after another."""
        start = date.fromisoformat(after) if after else FIRST
        return (start + timedelta(days=self.random.randint(0, days))).isoformat()

    def minute(self) -> str:
        """A time of a working day, or of a night when the clocks go back."""
        if self.random.random() < 0.05:
            return "2018-10-28T01:30"
        return f"{self.day()}T{self.random.randint(8, 18):02}:{self.random.randint(0, 59):02}"

    def later_or_blank(self, after: str) -> str:
        """Sometimes blank, sometimes the same day, sometimes later."""
        return self.random.choice(["", after, self.day(after)])

    # --- Tables -----------------------------------------------------------------------------

    def _service(self, parents: int) -> None:
        for pathway in ("pause", "pre_birth", "other"):
            self.add("programmes", pathway=pathway)
        for number in range(6):
            low = str(number)
            self.add(
                "workers",
                programme_id=self.one("programmes"),
                whole_time_equivalent=self.random.choice(["", "1", "0.6", "0.375"]),
                caseload_min=low,
                caseload_max=str(number + 4),
            )
        for _ in range(4):
            start = self.day()
            self.add("costs", from_date=start, to_date=self.day(start), amount=self.money())

    def money(self) -> str:
        return self.random.choice(["120", "45.50", "-20", "0.07", "18250"])

    def _people(self, parents: int) -> None:
        for number in range(parents):
            born = f"{1980 + number % 20}-02-28"
            self.add(
                "parents",
                date_of_birth=self.random.choice(["", born]),
                died_on=self.random.choice(["", "2020-02-29"]),
                deprivation_quintile=self.random.choice(["", "1", "5"]),
                nhs_number=self.random.choice(["", *NHS_NUMBERS]),
                postcode=self.random.choice(["", "SW1A 1AA", "not known"]),
            )
            parent = f"parents-{number:03}"
            self.add("safe_contact", parent_id=parent, times=self.random.choice(WORDS))
            self.add("protections", parent_id=parent)
        for number in range(1, parents):
            start = self.random.choice(["", self.day()])
            ended = self.later_or_blank(start) if start else ""
            pair = {"parent_id": "parents-000", "other_parent_id": f"parents-{number:03}"}
            self.add("partnerships", **pair, started_on=start, ended_on=ended)
        for _ in range(parents):
            pregnancy = self.add("pregnancies")
            for _ in range(self.random.randint(1, 3)):
                self.add("due_dates", pregnancy_id=pregnancy)
        for number in range(parents):
            child = self.add("children", date_of_birth=self.random.choice(["", "2014-12-31"]))
            self.package["children"][-1]["died_on"] = self.random.choice(["", "2021-01-01"])
            self.add("parent_child", parent_id=f"parents-{number:03}", child_id=child)
            start = self.day()
            self.add(
                "child_circumstances",
                child_id=child,
                from_date=start,
                to_date=self.later_or_blank(start),
            )

    def _court(self, parents: int) -> None:
        for _ in range(parents):
            issued = self.day()
            key = self.add(
                "proceedings",
                issued_on=issued,
                first_hearing_on=self.later_or_blank(issued),
                concluded_on=self.later_or_blank(issued),
            )
            self.add("proceedings_children", proceedings_id=key)
            self.add("proceedings_parents", proceedings_id=key)
            left = self.day()
            self.add("separations", separated_on=left, returned_on=self.later_or_blank(left))

    def _work(self, parents: int) -> None:
        for number in range(parents):
            received = self.day()
            parent = f"parents-{number:03}"
            programme = self.one("programmes")
            referral = self.add(
                "referrals",
                parent_id=parent,
                programme_id=programme,
                received_on=received,
                decided_on=self.later_or_blank(received),
                previous_episode_id="",
            )
            opened = self.day(received)
            self.add(
                "episodes",
                referral_id=referral,
                parent_id=parent,
                programme_id=programme,
                opened_on=opened,
                closed_on=self.later_or_blank(opened),
            )
            self._episode(f"episodes-{number:03}", self._stage_of(programme))
            self._permissions(parent)
        self._earlier_episodes()
        for _ in range(parents * 3):
            self.add("contacts", note=self.random.choice(WORDS))
        for _ in range(parents):
            self.add("contact_people", private_note=self.random.choice(WORDS))

    def _stage_of(self, programme: str) -> str:
        pathways = {row["programme_id"]: row["pathway"] for row in self.package["programmes"]}
        stages = {"pause": "active", "pre_birth": "awaiting_birth", "other": "our own stage"}
        return stages[pathways[programme]]

    def _earlier_episodes(self) -> None:
        """Some referrals follow an episode, even one that stands further down its file."""
        for row in self.package["referrals"][::2]:
            row["previous_episode_id"] = self.one("episodes")

    def _episode(self, episode: str, stage: str) -> None:
        start = self.day()
        spell = {"from_date": start, "to_date": self.later_or_blank(start)}
        self.add(
            "stages",
            episode_id=episode,
            stage=stage,
            entered_on=start,
            left_on=self.later_or_blank(start),
        )
        self.add("pauses", episode_id=episode, **spell)
        self.add("allocations", episode_id=episode, **spell)
        self.add("next_steps", episode_id=episode)
        self.add("needs", episode_id=episode, level=str(self.random.randint(0, 4)))
        goal = self.add(
            "goals",
            episode_id=episode,
            agreed_on=start,
            ended_on=self.later_or_blank(start),
            wording=self.random.choice(WORDS),
        )
        self.add("goal_ratings", goal_id=goal, rating=str(self.random.randint(0, 10)))
        for category in ("practical", "therapeutic", "peer", "therapeutic"):
            self.add(
                "support",
                episode_id=episode,
                category=category,
                started_on=start,
                ended_on=self.later_or_blank(start),
                parent_rating=self.random.choice(["", "0", "10"]),
            )
        self.add(
            "assessments",
            episode_id=episode,
            started_on=start,
            completed_on=self.later_or_blank(start),
        )
        self.add("meetings", episode_id=episode)
        self._measures(episode)
        self.add("feedback", episode_id=episode)
        self.add("spending", episode_id=episode, amount=self.money())
        self.add("supervision", episode_id=episode)

    def _measures(self, episode: str) -> None:
        asked = {"episode_id": episode}
        self.add("measures", **asked, instrument="gad7", items="1;0;3;2;0;0;1", total="7")
        self.add("measures", **asked, instrument="gad7", items="1;;3;2;0;0;1", total="")
        self.add("measures", **asked, instrument="swemwbs", items="", total="19.25")

    def _permissions(self, parent: str) -> None:
        decided = {"parent_id": parent, "decided_at": "2015-01-01T09:00", "expires_on": ""}
        self.add(
            "consents", **decided, purpose="record_contraception", decision="refused", covers=""
        )
        self.add(
            "consents",
            **decided,
            purpose="record_contraception",
            decision="given",
            covers=self.random.choice(["", "own_worker", "own_worker;stand_in;clinician"]),
        )
        self.add("consents", parent_id=parent, purpose="photograph", covers="")
        offered = {"event": "information_offered", "answer": "", "method": ""}
        self.add("contraception", parent_id=parent, **offered, review_due_on="", end_reason="")
        kept = {"parent_id": parent, "event": "choice"}
        self.add("contraception", **kept, answer="hoping_for_pregnancy", method="")
        self.add("contraception", **kept, answer="method", method="implant")

    def _figures(self, parents: int) -> None:
        for number in range(4):
            self.add(
                "population",
                year_start=f"{2015 + number}-04-01",
                year_end=f"{2016 + number}-03-31",
            )


def rich(seed: int = 1, parents: int = 12) -> Package:
    """A package with every table, every column filled somewhere."""
    return Inventor(seed).package_of(parents)


def never_filled(package: Package) -> Iterable[tuple[str, str]]:
    """Columns of the schema that are blank in every row."""
    for column in schema():
        if not any(row[column["column"]] for row in package[column["table"]]):
            yield column["table"], column["column"]


def with_contacts(count: int, seed: int = 2) -> Package:
    """A package of 300 parents and so many contacts."""
    inventor = Inventor(seed)
    package = inventor.package_of(300)
    while len(package["contacts"]) < count:
        inventor.add("contacts", note="We talked about the week and what comes next. " * 4)
    return package
