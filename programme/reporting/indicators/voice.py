"""Parent voice: whether people felt listened to."""

from programme.core.choices import FeedbackAnswer
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import share_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload

LISTENED = frozenset({FeedbackAnswer.AGREE, FeedbackAnswer.STRONGLY_AGREE})


def felt_listened_to(caseload: Caseload, period: Period) -> Figure:
    """VO-3. Answers "agree" or "strongly agree" to "felt listened to", answered in the period.

    Answers of everyone asked: mothers, fathers, family and professionals. Left out and counted:
    asked in the period and not answered by the report date. Not recorded: answered, but what
    was said is blank.
    """
    answered = [row for row in caseload.feedback if period.holds(row.answered_on)]
    return share_of(
        DEFINITIONS["VO-3"],
        [row.id for row in answered if row.answer in LISTENED],
        [row.id for row in answered if row.answer],
        not_recorded=[row.id for row in answered if not row.answer],
        excluded={
            "not_answered": [
                row.id
                for row in caseload.feedback
                if row.answered_on is None and period.holds(row.asked_on)
            ]
        },
    )
