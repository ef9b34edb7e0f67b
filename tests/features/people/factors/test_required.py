"""Lead, treasurer and auditor need a second factor: what opens without it, and what keeps it."""

import pytest

from booking import settings
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.foundation.settings import BadSetting
from booking.foundation.web import acts
from booking.people.factors import codes, queries, service
from booking.people.factors.models import AuthenticatorApp
from booking.people.factors.refusals import FactorRefused, LastFactor
from booking.people.schools import service as school_service
from booking.people.schools.models import Person
from tests import cast
from tests.builders import factors as build
from tests.builders import schools
from tests.page import soup

SET_UP = "/account/security"


@pytest.mark.parametrize("role", [Role.LEAD, Role.TREASURER, Role.AUDITOR])
def test_nothing_opens_for_a_password_alone_but_setting_one_up(client, required, role, db_session):
    schools.sign_in(client, schools.make_person(role=role))

    for address in ("/", "/account/", "/admin/", "/fund/", "/events", "/account/password"):
        answer = client.get(address)
        assert (answer.status_code, answer.location) == (303, SET_UP), address
    assert client.post("/account/sessions/end-others").location == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert client.get("/help/").status_code == 200
    assert client.get("/static/app.js").status_code == 200
    schools.sign_out(client)
    assert client.get("/").status_code == 200


def test_a_host_is_not_asked(client, required, host):
    schools.sign_in(client, host)

    assert client.get("/host/").status_code == 200


def test_where_it_is_only_offered_everything_opens_and_the_page_says_so(client, lead):
    schools.sign_in(client, lead)

    assert client.get("/admin/").status_code == 200
    assert "Offered here, not required" in client.get(SET_UP).text


def test_setting_up_an_app_opens_everything(client, required, lead):
    schools.sign_in(client, lead)
    page = soup(client.get("/account/security/app"))
    secret = page.select_one("main code").text.replace(" ", "")
    assert secret in page.select_one("main a[href^='otpauth:']")["href"]
    code = codes.step_code(secret, codes.step_now(clock.now()))

    wrong = client.post(
        "/account/security/app", data={"code": "000000" if code != "000000" else "1"}
    )
    assert wrong.status_code == 422
    assert secret in wrong.text.replace(" ", "")
    answer = client.post("/account/security/app", data={"code": code})

    assert answer.location == "/account/security/codes"
    assert client.get("/admin/").status_code == 200


def test_whoever_becomes_treasurer_is_led_to_set_one_up_at_once(client, required, host):
    schools.sign_in(client, host)
    assert client.get("/host/").status_code == 200

    with transaction():
        person = db.session.get_one(Person, host.id)
        school_service.grant_role(
            actor=COMMAND, now=clock.now(), person=person, role=Role.TREASURER
        )

    assert client.get("/host/").location == SET_UP


def test_the_last_factor_stays_where_a_role_needs_one(client, lead, with_app, app, required):
    secret, _ = with_app
    client.post("/sign-in", data={"email": lead.email, "password": cast.PASSWORD})
    client.post("/sign-in/second", data={"code": now_code(secret)})

    answer = client.post("/account/security/app/remove", follow_redirects=True)
    assert "Your role needs a second factor, and this is your only one." in answer.text

    build.add_passkey(client)
    answer = client.post("/account/security/app/remove", follow_redirects=True)
    assert "The authenticator app has been removed." in answer.text
    assert [each.name for each in queries.of(lead.id).passkeys] == ["Work laptop"]


def test_others_may_remove_their_last_and_its_recovery_codes_go_with_it(host, app):
    build.add_app(host)
    with transaction():
        person = db.session.get_one(Person, host.id)
        service.remove_app(actor=COMMAND, now=clock.now(), person=person)

    assert queries.of(host.id) == queries.Factors([], None, 0)


def test_each_change_is_told_by_mail(host, db_session):
    build.add_app(host)

    [mail] = db_session.query(Message).filter_by(template="factors_changed").all()
    assert mail.recipient == host.email


def test_the_secret_is_encrypted_and_codes_are_hashed(host, db_session):
    secret, recovery = build.add_app(host)

    with db.engine.connect() as connection:
        tables = ("authenticator_apps", "recovery_codes", "outgoing_messages", "web_sessions")
        stored = "".join(
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all()) for table in tables[:2]
        )
    assert secret not in stored
    assert codes.plain(recovery[0]) not in stored
    assert db_session.get(AuthenticatorApp, host.id).secret == secret


def now_code(secret):
    return codes.step_code(secret, codes.step_now(clock.now()))


def test_another_lead_resets_and_both_sides_are_told(app, lead, with_app, db_session):
    other = schools.make_person(name="Ola Field", email="ola@hart.example", role=Role.LEAD)
    third = schools.make_person(name="Tom Reed", email="tom@hart.example", role=Role.LEAD)
    client = schools.as_(app, other)
    address = f"/admin/people/{lead.public_id}/second-factors"

    assert client.post(address, data={"reason": ""}).status_code == 422
    answer = client.post(address, data={"reason": "She rang me."})

    assert answer.status_code == 303
    assert queries.of(lead.id) == queries.Factors([], None, 0)
    mails = db_session.query(Message).order_by(Message.id).all()
    told = [(mail.template, mail.recipient) for mail in mails if "factors" in mail.template]
    assert told[1:] == [("factors_changed", lead.email), ("factors_reset", third.email)]
    assert client.post(address, data={"reason": "Again."}).status_code == 422


def test_nobody_resets_their_own(app, lead, with_app):
    secret, _ = with_app
    client = app.test_client()
    client.post("/sign-in", data={"email": lead.email, "password": cast.PASSWORD})
    assert client.post("/sign-in/second", data={"code": now_code(secret)}).status_code == 303
    address = f"/admin/people/{lead.public_id}/second-factors"
    assert client.get(address).status_code == 404
    assert client.post(address, data={"reason": "It is me."}).status_code == 404

    def reset():
        person = db.session.get_one(Person, lead.id)
        service.reset(actor=schools.actor_of(person), now=clock.now(), person=person)

    with pytest.raises(FactorRefused, match="Ask another lead"):
        acts.run(reset)


def test_the_operator_resets_where_there_is_no_other_lead(app, lead, with_app):
    runner = app.test_cli_runner()

    done = runner.invoke(args=["factors", "reset", lead.email, "--reason", "rang from her desk"])
    assert (done.exit_code, "signs in with the password alone" in done.output) == (0, True)
    again = runner.invoke(args=["factors", "reset", lead.email, "--reason", "again"])
    assert (again.exit_code, "no second factor" in again.output) == (1, True)
    nobody = runner.invoke(args=["factors", "reset", "nobody@x.example", "--reason", "x"])
    assert "Nobody signs in as" in nobody.output


def test_whoever_is_erased_leaves_no_factor(host):
    build.add_app(host)
    with transaction():
        person = db.session.get_one(Person, host.id)
        school_service.forget_person(actor=COMMAND, now=clock.now(), person=person)

    assert queries.of(host.id) == queries.Factors([], None, 0)


def test_removing_two_leaves_the_last(lead, with_app):
    def remove():
        person = db.session.get_one(Person, lead.id)
        service.remove_app(actor=schools.actor_of(person), now=clock.now(), person=person)

    with pytest.raises(LastFactor):
        acts.run(remove)


def test_production_requires_it_and_says_so():
    assert settings.load({"SECOND_FACTOR": ""})["SECOND_FACTOR"] == "offered"
    with pytest.raises(BadSetting, match="required or offered"):
        settings.load({"SECOND_FACTOR": "perhaps"})
    with pytest.raises(BadSetting, match="must be required in production"):
        settings.load({"APP_ENV": "production", "SECOND_FACTOR": "offered", "PAYMENTS": "none"})


def test_whoever_lost_everything_reads_who_can_help(app, client, lead, host):
    schools.sign_in(client, lead)
    assert "Only whoever runs this site can reset" in client.get(SET_UP).text

    shown = schools.as_(app, host).get(SET_UP).text
    assert "A network lead (Lena Hart) can reset your second factors" in shown
