"""Which passwords are refused: the common long ones, and never four random words."""

import random

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from booking.people.schools import passwords

#: What whoever knows her would try first.
HER = (
    *("coordinator@hollow-lane.example", "Rosalind Achebe", "The Fairplace network"),
    *("Coordinator", "Hollow Lane First School", "Netherwick"),
)
#: Long, and still tried early: breached ones, walks over the keyboard, words twice, with years and
#: dates, in another spelling, about football, months and school.
COMMON = """
Password123! Password1234! P@ssw0rd1234 Passw0rd2026! passwordpassword P@ssw0rdP@ssw0rd
mypassword123 thisismypassword ihatepasswords changeme2026! ChangeMe12345 letmeinletmein
LetMeIn123456 iloveyou12345 iloveyoumummy iloveyou4ever welcome123456 Welcome2026!! WelcomeBack1!
123456789012 987654321098 112233445566 123123123123 111222333444 1234567890qwe abcdefg1234567
abcdefghijkl qwertyuiop1234 qwertyuiop[] qwerty123456! QWERTYqwerty1 1q2w3e4r5t6y7u 1qaz2wsx3edc4rfv
!QAZ2wsx#EDC zaq12wsxcde3 asdfghjkl123 zxcvbnm12345 poiuytrewq12 aaaaaaaaaaaaa abcabcabcabc
monkeymonkey1 trustno1trustno1 superman12345 dragon1234567 sunshine12345 princess12345
charlottecharlotte october-october Summer2026!!! Summer2026Summer Christmas2025! December2026!
Jessica12081998 william19870312 gunners4life2004 liverpoolfc1892 manchesterunited ManchesterCity1
arsenalarsenal chelseafootballclub Tottenham1882! goodmorning123 teacher123456 headteacher2026
welcometoschool treasurer123 Treasurer2026! networklead2026 Auditor12345! coordinator1 adminadmin12
administrator1 Fairplace2026! fairplacedemo enrichment-days-demo Enr1chmentD@ys F41rpl4ceN3tw0rk
hollow-lane-2027 HollowLane123! H0ll0wL@ne2026 hollowlanefirst Netherwick2026 netherwick-lane
Rosalind1985!! ehcebadnilasor
"""
SPOKEN = [
    *("password is password", "hollow lane first school", "I am coordinator", "rosalind achebe!"),
    *("rosalind of netherwick", "letmein letmein letmein", "school school school"),
]


@pytest.mark.parametrize("password", [*COMMON.split(), *SPOKEN])
def test_a_common_long_password_is_refused(password):
    with pytest.raises(passwords.WeakPassword, match=r"^[A-Z][^.]+\. Choose four random words\.$"):
        passwords.check(password, about=HER)


@pytest.mark.parametrize("many", [50, pytest.param(1000, marks=pytest.mark.slow)])
def test_four_random_words_always_do(many, record_property):
    # The commonest words there are, which zxcvbn knows by rank: other lists are stronger.
    every = FREQUENCY_LISTS["us_tv_and_film"]
    words = [word for word in every if 4 <= len(word) <= 8 and word.isalpha()][:2000]
    draw = random.Random(1892)
    chosen = [("", " ", "-", ".")[n % 4].join(draw.sample(words, 4)) for n in range(many)]

    refused = [password for password in chosen if not does(password)]

    assert refused == []
    record_property("asserted", f"{len(chosen)} passwords of four words")


def does(password):
    try:
        passwords.check(password, about=HER)
    except passwords.WeakPassword:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    [
        *("ünïcödé wörds über Straße", "1029 8475 6610", "seven-purple-walruses", "xK9#vQ2!mZ7p"),
        *("hollow velvet puddle anchor", "netherwick geese admire umbrellas"),
    ],
)
def test_a_strong_password_needs_no_rules_about_signs(password):
    passwords.check(password, about=HER)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("elevenchars", "Use at least 12 characters."),
        ("x" * 129, "Use at most 128 characters."),
        ("Password1234", "one of the first passwords"),
        ("zxcvbnm,./asdf", "Keys that stand side by side"),
        ("bananabanana", "The same thing twice"),
        ("abcdefghijklmnop", "Letters or numbers in their order"),
        ("Jessica12081998", "A word and a date"),
        ("hollow-lane-2027", "Leave out your name"),
    ],
)
def test_the_refusal_says_what_to_do(password, told):
    with pytest.raises(passwords.WeakPassword, match=told):
        passwords.check(password, about=HER)


def test_what_is_known_of_one_person_is_no_word_about_another():
    with pytest.raises(passwords.WeakPassword):
        passwords.check("zibbleknock2027", about=("Zibbleknock School",))

    passwords.check("zibbleknock2027", about=HER)


def test_signs_of_every_kind_cannot_hold_a_process_up():
    # Each kind of sign could stand for a letter: all readings of this would take eight seconds.
    assert does("4@8({[<369&#!1/|0$5+7%2" * 5)
    with pytest.raises(passwords.WeakPassword):
        passwords.check("1234567890@({[<!|$+%", about=HER)
