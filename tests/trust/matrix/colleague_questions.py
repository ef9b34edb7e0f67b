"""Questions to colleagues: for whoever sees network life; each is kept by who wrote it."""

from tests.trust.matrix.rows import LEAD, LIFE, OWN, both, get, post

QUESTION = "/questions/{colleague_question}"
ANSWER = "/questions/answers/{colleague_answer}"
#: Who answered.
ANSWERER = frozenset({"other"})

ROWS = [
    get("colleague_questions.listing", "/questions/", LIFE),
    get("colleague_questions.similar", "/questions/similar?q=boards", LIFE),
    *both("colleague_questions.ask", "/questions/new", LIFE),
    get("colleague_questions.show", QUESTION, LIFE),
    post("colleague_questions.answer", QUESTION + "/answers", LIFE),
    # What somebody asks, or answers, is their own; only whoever asked says what helped.
    post("colleague_questions.close", QUESTION + "/close", OWN),
    post("colleague_questions.open_again", QUESTION + "/open", OWN),
    post("colleague_questions.take_question_back", QUESTION + "/take-back", OWN),
    post("colleague_questions.say_it_helped", ANSWER + "/helped", OWN),
    post("colleague_questions.take_answer_back", ANSWER + "/take-back", ANSWERER),
    *both("colleague_questions.tell_lead", QUESTION + "/problem", LIFE),
    # The lead hides what should not be there, and may look who asked.
    *both("colleague_questions.settle", QUESTION + "/settle", LEAD),
    *both("colleague_questions.hide_question", QUESTION + "/hide", LEAD),
    post("colleague_questions.show_question", QUESTION + "/show", LEAD),
    *both("colleague_questions.hide_answer", ANSWER + "/hide", LEAD),
    post("colleague_questions.show_answer", ANSWER + "/show", LEAD),
    *both("colleague_questions.look_who_asked", QUESTION + "/who-asked", LEAD),
]
