"""The demonstration's stage: days that fit, dice that fall the same, a diary that is played out."""

from datetime import UTC, date, datetime, time, timedelta

from booking.domain.terms import SchoolCalendar
from booking.foundation import clock
from booking.people.schools.scene import Diary, Scene, at

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def scene():
    calendar = SchoolCalendar()
    return Scene(today=date(2027, 3, 1), calendar=calendar, schools={}, people={})


def test_a_diary_is_lived_in_order_each_act_at_its_own_moment():
    lived = []
    diary = Diary(until=NOON, every_day=lambda now: lived.append(("day", now)))

    def act(now):
        lived.append(("act", clock.now()))
        diary.put(now + 25 * HOUR, lambda later: lived.append(("later", later)))

    diary.put(NOON + HOUR, lambda now: lived.append(("never", now)))
    diary.put(NOON - 48 * HOUR, act)
    diary.live()

    assert lived == [
        ("day", NOON - 48 * HOUR),
        ("act", NOON - 48 * HOUR),
        ("day", NOON - 23 * HOUR),
        ("later", NOON - 23 * HOUR),
        ("day", NOON),
    ]


def test_days_are_counted_back_from_today():
    assert scene().day(1) == at(date(2027, 2, 28))
    assert scene().day(-2, time(16)) == datetime(2027, 3, 3, 16, tzinfo=UTC)


def test_dice_of_a_feature_fall_alike_every_time():
    assert [scene().dice("meetings").random() for _ in "ab"] == [
        scene().dice("meetings").random() for _ in "ab"
    ]
    assert scene().dice("meetings").random() != scene().dice("term plan").random()
