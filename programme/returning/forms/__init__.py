"""What was typed on the re-referral page and about requests; saving is the job of ``actions``."""

from programme.returning.forms.last_time import CHANGED
from programme.returning.forms.re_referral import ReReferForm
from programme.returning.forms.requests import AnswerRequestForm, AskForRecordForm

__all__ = ["CHANGED", "AnswerRequestForm", "AskForRecordForm", "ReReferForm"]
