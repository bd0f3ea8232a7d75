"""What every answer carries, and how errors look."""

import gzip

import pytest


@pytest.mark.parametrize("path, lang", [
    ("/en/nothing", "en"), ("/ar/nothing/at/all", "ar"), ("/xx/events", "fr"), ("/no/page.html", "fr"),
])
def test_a_missing_page_answers_in_the_readers_language(client, path, lang):
    answer = client.get(path, headers={"Accept-Language": "fr-CH, fr;q=0.9"})
    assert answer.status_code == 404
    assert f'lang="{lang}"' in answer.text


def test_every_answer_carries_its_headers(client):
    headers = client.get("/en/nothing").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


def test_pages_are_compressed_for_who_can_read_it(client):
    plain = client.get("/en/nothing")
    packed = client.get("/en/nothing", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_static_files_may_be_kept_for_ever(client, app):
    with app.test_request_context():
        url = app.jinja_env.globals["asset"]("engage.css")
    answer = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    answer.close()


def test_a_failure_shows_no_insides(client, app, monkeypatch):
    def explode(**_):
        raise ZeroDivisionError("secret inside")

    monkeypatch.setitem(app.view_functions, "front.privacy", _marked_like(app.view_functions["front.privacy"], explode))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/en/privacy")
    app.config["PROPAGATE_EXCEPTIONS"] = None
    assert answer.status_code == 500
    assert "secret inside" not in answer.text
    assert "ZeroDivision" not in answer.text


def _marked_like(view, other):
    other.__dict__.update(view.__dict__)
    return other
