"""Which study day a moment belongs to.

A day of study begins at an hour of the learner's choice (04:00 by default), so that what is
done after midnight still belongs to the evening before.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_START = 4


def day_begins(day: date, zone: tzinfo, day_start: int = DAY_START) -> datetime:
    """The first moment of that study day, in UTC; day_start is an hour, 0 to 23.

    Where the clock skips that hour, the day begins at the skip; where it shows the hour
    twice, at the first (PEP 495, fold=0).
    """
    return datetime.combine(day, time(day_start), zone).astimezone(UTC)


def local_day(moment: datetime, zone: tzinfo, day_start: int = DAY_START) -> date:
    """The study day of an aware moment (ValueError if naive).

    The latest day that has begun, rather than the clock less four hours: so a day never
    ends early or comes twice when the clock is put back, and a date that a zone left out,
    as Apia did 30 December 2011, is never a study day.
    """
    if moment.tzinfo is None:
        raise ValueError("a study day needs an aware moment")
    latest = moment.astimezone(zone).date() + timedelta(days=1)
    while day_begins(latest, zone, day_start) > moment:
        latest -= timedelta(days=1)
    return latest
