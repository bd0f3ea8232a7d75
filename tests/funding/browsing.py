"""A browser without scripts for funding's pages: fills forms with their token, follows to where they lead."""

import re


class Browser:
    """A signed-in client that reads and writes pages in one language."""

    def __init__(self, client, person, locale="en"):
        self.client, self.person, self.locale = client, person, locale

    def get(self, path, status=200):
        answer = self.client.get(f"/{self.locale}/{path}")
        assert answer.status_code == status, (path, answer.status_code)
        return answer.text

    def post(self, path, status=None, follow=True, **fields):
        """Send a form; it must be done (a redirect) unless a status is expected."""
        answer = self.client.post(f"/{self.locale}/{path}", data=fields, follow_redirects=follow and status is None)
        expected = status or (200 if follow else 303)
        assert answer.status_code == expected, (path, answer.status_code, _problems(answer.text))
        if status is None and follow and "more" not in fields:
            assert answer.request.method == "GET", _problems(answer.text)
        return answer


def _problems(page):
    return re.findall(r'class="wrong-text"[^>]*>([^<]+)|class="note bad"[^>]*>(.{0,200})', page, re.DOTALL)
