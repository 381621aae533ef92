"""The check of third parties: an answer for each line, and for each name what stands instead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from programme.papers.actions import Reply
from programme.papers.models import ChronologyLine
from programme.papers.reads.chronology import Checked
from programme.papers.reads.lines import digest_of
from programme.papers.third_parties import Question
from programme.papers.third_parties.finder import SOMEBODY, folded
from recurrent.design import fields, forms

Answer = ChronologyLine.Answer
MOST = 100
MOVED = "This line has changed since you opened the page. Read it again, then save"
NOTHING_OUT = "This would take nothing out. Say which name to take out, or keep the line"


@dataclass(frozen=True)
class Row:
    """A line on the page with its own field, and the name under which it says what was read."""

    checked: Checked
    answer: Any
    seen: str

    @property
    def why(self) -> list[str]:
        """Each question of the line in words."""
        asked = {one.words: one.why for one in self.checked.asked}
        return [f"“{words}”: {why}" for words, why in asked.items()]


class CheckForm(forms.Form):
    """A question for each line. Lines without a mark are kept unless something else is said.

    A field is named after its line and the words it is about, never after a place: the record may
    change while the page is open, and an answer holds only for what was read when it was given.
    """

    def __init__(self, *args: Any, lines: Sequence[Checked], **kwargs: Any) -> None:
        """``lines`` in their order."""
        super().__init__(*args, **kwargs)
        self.lines = lines
        for one in lines:
            self._add(one)
        if self.is_bound:
            self._fill_what_is_new()

    def _add(self, one: Checked) -> None:
        asked, before = _distinct(one.asked), _by_folded(one.replaced)
        names = [_instead(one, question) for question in asked]
        self.fields[_named("answer", one)] = fields.ChoiceField(
            label="What happens to this line?",
            called="what happens to this line",
            choices=Answer.choices,
            initial=one.answer or ("" if asked else Answer.KEEP),
            reveals={Answer.TAKE_OUT: [*names, _named("more", one)]},
        )
        for name, question in zip(names, asked, strict=True):
            _, instead = before.pop(folded(question.words), ("", question.instead))
            self.fields[name] = fields.TextField(
                label=f"Instead of “{question.words}”", initial=instead, max_length=MOST
            )
        self.fields[_named("more", one)] = fields.LongTextField(
            label="Other names in this line to take out",
            help_text="Each on a row of its own. “A third party” will stand there",
            required=False,
            rows=2,
            initial="\n".join(words for words, _ in before.values()),
        )

    @staticmethod
    def sent(typed: QueryDict, lines: Sequence[Checked]) -> list[Checked]:
        """The lines that stood on the page, wherever they stand by now."""
        return [one for one in lines if _named("seen", one) in typed]

    def _fill_what_is_new(self) -> None:
        """A question that was not on the page yet begins as it would on a new one."""
        assert isinstance(self.data, QueryDict)
        filled = self.data.copy()
        for one in self.lines:
            for question in _distinct(one.asked):
                name = _instead(one, question)
                filled.setdefault(name, self.fields[name].initial)
        self.data = filled

    def rows(self) -> Iterator[Row]:
        """Each line with its question."""
        for one in self.lines:
            yield Row(one, self[_named("answer", one)], _named("seen", one))

    def clean(self) -> dict[str, Any]:
        """Each answer is for the line as it stands, and taking names out takes something out."""
        for one in self.lines:
            if self.data.get(_named("seen", one)) != one.seen:
                self.add_error(_named("answer", one), MOVED)
            elif self.cleaned_data.get(_named("answer", one)) == Answer.TAKE_OUT:
                self._check_what_is_out(one)
        return self.cleaned_data

    def _check_what_is_out(self, one: Checked) -> None:
        missing = [words for words in self._more(one) if not one.holds(words)]
        if missing:
            name = ", ".join(f"“{words}”" for words in missing)
            self.add_error(_named("more", one), f"{name} does not stand in this line")
        elif not one.is_changed_by(self._replaced(one)):
            self.add_error(_named("answer", one), NOTHING_OUT)

    def replies(self) -> dict[UUID, Reply]:
        """For each line its answer and what is replaced."""
        return {
            one.row.pk: (self.cleaned_data[_named("answer", one)], self._replaced(one))
            for one in self.lines
        }

    def _replaced(self, one: Checked) -> list[tuple[str, str]]:
        typed = self.cleaned_data
        if typed.get(_named("answer", one)) != Answer.TAKE_OUT:
            return []
        before = _by_folded(one.replaced)
        asked = [(each.words, typed.get(_instead(one, each), "")) for each in _distinct(one.asked)]
        more = [before.get(folded(words), (words, SOMEBODY)) for words in self._more(one)]
        # What stands instead of a marked word counts, also where the word was typed once more.
        return [*more, *asked]

    def _more(self, one: Checked) -> list[str]:
        typed = self.cleaned_data.get(_named("more", one), "").splitlines()
        return [words for row in typed if (words := row.strip())]


def _named(kind: str, one: Checked) -> str:
    return f"{kind}_{one.row.pk}"


def _instead(one: Checked, question: Question) -> str:
    return f"{_named('instead', one)}_{digest_of(folded(question.words))[:12]}"


def _distinct(asked: Sequence[Question]) -> list[Question]:
    """One question for the same words, however they are written and often they stand there."""
    return list({folded(one.words): one for one in reversed(asked)}.values())[::-1]


def _by_folded(replaced: Sequence[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Pairs of words and what stands instead, to be found in any writing."""
    return {folded(pair[0]): pair for pair in replaced}


class ReadForm(forms.Form):
    """A second look at the whole, before it can leave."""

    digest = fields.HiddenField()
    has_read = fields.ConfirmField(
        label="I have read every line as it will leave. It is for the reader named above.",
        called="the box when you have read every line",
    )
