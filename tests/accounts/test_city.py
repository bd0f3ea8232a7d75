"""Documents and settings of the city."""

import pytest
import time_machine

from engage.accounts import actions, queries
from engage.accounts.rules import DocumentKind
from engage.core import city, db
from engage.core.access import CLOCK, Role
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(app, client):
    """The browser of an administrator."""
    with db.transaction():
        person = make.person("Ada")
        make.contact(person, "ada@example.org")
        make.grant(person, Role.ADMINISTRATOR)
        actions.install_documents(by=CLOCK, now=NOW)
    sign_in(client, person)
    return client


def texts(kind="conduct"):
    db.session().rollback()
    return {document.locale: (document.version, document.body) for document in queries.document_texts(kind)}


def test_a_new_city_has_documents_in_every_language(desk):
    for kind in DocumentKind:
        assert set(texts(kind)) == {"en", "fr", "es", "ar"}
    with db.transaction():
        actions.install_documents(by=CLOCK, now=NOW)
    assert texts()["en"][0] == 1


def test_saving_makes_a_version(desk):
    before = texts()
    same = {f"body_{code}": body for code, (_version, body) in before.items()}
    desk.post("/en/desk/documents/conduct", data=same)
    assert texts() == before, "nothing new, no version"
    desk.post("/en/desk/documents/conduct", data={**same, "body_en": "Be kind.", "body_ar": ""})
    assert texts()["en"] == (2, "Be kind.")
    assert texts()["fr"] == (2, before["fr"][1])
    assert "Still missing: العربية" in desk.get("/en/desk/documents/conduct").text
    assert "missing: العربية" in desk.get("/en/desk/documents").text
    assert queries.current_documents("conduct", "ar").locale == "en"


def test_an_empty_document_is_refused(desk):
    answer = desk.post("/en/desk/documents/conduct", data={f"body_{code}": " " for code in ("en", "fr", "es", "ar")})
    assert answer.status_code == 409
    assert "at least one language" in answer.text
    assert desk.get("/en/desk/documents/recipes").status_code == 404


def test_consent_names_version_and_language(desk):
    address = make.address()
    for _ in range(2):
        with db.transaction():
            actions.agree(address_id=address.id, purpose="conduct", locale="fr", now=NOW)
            actions.agree(address_id=address.id, purpose="needs", locale="de", now=NOW)
    with db.transaction():
        actions.publish_document(kind=DocumentKind.CONDUCT, texts={"en": "Be kind."}, by=CLOCK, now=NOW)
        actions.agree(address_id=address.id, purpose="conduct", locale="fr", now=NOW)
    given = {(consent.purpose, consent.version, consent.locale) for consent in queries.consents(address.id)}
    assert given == {("conduct", 1, "fr"), ("conduct", 2, "en"), ("needs", 1, "en")}


SETTINGS = {
    "name": "Lütten", "zone": "Europe/Berlin", "country": "de", "locales": ["fr", "en"], "first": "fr", "spoken": ["tr", "ar"],
    "contact_phone": "030 1234567", "contact_email": "hallo@example.org", "contact_address": "Markt 1\nLütten",
    "overdue_staff_days": "3", "overdue_public_days": "10",
    "legal_notice_en": "Published by the city.", "privacy_fr": "Écrivez-nous.",
}


def test_settings_are_changed(desk):
    assert desk.post("/en/desk/city", data=SETTINGS).status_code == 303
    db.session().rollback()
    now = city.city()
    assert (now.name, now.zone, now.country, now.locales) == ("Lütten", "Europe/Berlin", "DE", ("fr", "en"))
    assert set(now.spoken) == {"ar", "tr"}
    assert now.contact_address == "Markt 1\nLütten"
    assert now.legal_notice.texts == {"en": "Published by the city."}
    assert now.privacy.source == "fr"
    assert "Lütten" in desk.get("/fr/desk/city").text


def test_a_region_is_one_of_the_country(desk):
    assert "England" in desk.get("/en/desk/city").text
    assert desk.post("/en/desk/city", data={**SETTINGS, "region": "BE"}).status_code == 303
    assert city.city().region == "BE"
    assert '<option selected value="BE">Berlin' in desk.get("/en/desk/city").text
    assert desk.post("/en/desk/city", data={**SETTINGS, "country": "fr", "region": "BE"}).status_code == 303
    assert (city.city().country, city.city().region) == ("FR", "")
    page = desk.get("/en/desk/city").text
    assert '<option value="6AE">Alsace' in page
    assert '<option value="971">Guadeloupe' in page
    assert desk.post("/en/desk/city", data={**SETTINGS, "country": "", "region": "6AE", "contact_phone": ""}).status_code == 303
    assert 'name="region"' not in desk.get("/en/desk/city").text


@pytest.mark.parametrize("wrong, said", [
    ({"zone": "Europe/Atlantis"}, "This is no time zone we know."),
    ({"country": "XX"}, "Please give the two letters of the country"),
    ({"locales": []}, "Please choose at least one language."),
    ({"first": "es"}, "Please choose one of the languages of this site."),
    ({"contact_email": "here"}, "This does not look like an email address."),
    ({"contact_phone": "call me"}, "This does not look like a phone number."),
    ({"locales": ["xx"]}, "Please choose from the list."),
    ({"name": ""}, "Please fill this in."),
])
def test_wrong_settings_are_refused_beside_their_field(desk, wrong, said):
    answer = desk.post("/en/desk/city", data={**SETTINGS, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    db.session().rollback()
    assert city.city().name == "Luton"


def test_the_page_goes_on_in_a_language_still_offered(desk):
    assert desk.post("/es/desk/city", data=SETTINGS).location == "/fr/desk/city"
