"""What must be true of answers to hosts' questions at any moment. Checks only read."""

from collections.abc import Sequence

from booking.foundation.chores import Check, found_by


def checks() -> Sequence[Check]:
    """Return what the doctor checks."""
    return (
        Check(
            "What a host asked about a pupil is kept only while the pupil has a place",
            found_by(
                """
                SELECT bookings.id, bookings.state FROM question_answers
                JOIN bookings ON bookings.id = question_answers.booking_id
                WHERE bookings.state IN
                    ('reserve', 'declined', 'lapsed', 'withdrawn', 'cancelled')
                """,
                "booking {0} is {1}, and answers to its host’s questions are still kept",
            ),
        ),
        Check(
            "A withdrawn question has no answers",
            found_by(
                """
                SELECT DISTINCT event_questions.id FROM question_answers
                JOIN event_questions ON event_questions.id = question_answers.question_id
                WHERE event_questions.withdrawn_at IS NOT NULL
                """,
                "question {0} was withdrawn, and its answers are still kept",
            ),
        ),
    )
