"""Which local day it is for a learner."""

from datetime import date, datetime

from questions.domain.scheduling import local_day
from studyapp.accounts.models import User


def today(learner: User, now: datetime) -> date:
    return local_day(now, learner.zone, learner.day_start)
