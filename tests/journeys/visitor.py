"""Somebody at a browser. Finds its way by field names, addresses and what people wrote, so the same in each language."""

from playwright.sync_api import expect

from engage.core import i18n

FORM = "main form[method=post]"


class Visitor:
    """One person with a browser of their own, reading in one language."""

    def __init__(self, page, site, eyes, locale):
        self.page, self.site, self.locale = page, site, locale
        self._eyes = eyes
        eyes.watch(page)

    def open(self, address):
        """Go to an address: of the site, or a whole one out of a letter."""
        self.page.goto(address)
        self._eyes.look(self.page, self.locale)

    def follow(self, ending, within="main"):
        """Follow the link whose address ends so, wherever on that page it leads."""
        self._press(self.page.locator(f"{within} :is(a[href$='{ending}'], a[href*='{ending}#'])").first)

    def follow_words(self, text):
        """Follow the link that somebody's own words make, such as a meeting's title."""
        self._press(self.page.locator("main a", has_text=text).first)

    def press_link(self, part):
        """Follow the first link whose address holds some part."""
        self._press(self.page.locator(f"main a[href*='{part}']").first)

    def write(self, *, within="", **fields):
        """Fill in fields; of the form that goes to an address ending so, where a page has several."""
        form = f"{FORM}[action$='{within}']" if within else FORM
        for name, value in fields.items():
            self.page.fill(f"{form} [name='{name}']", str(value))

    def choose(self, **fields):
        for name, value in fields.items():
            self.page.select_option(f"{FORM} select[name='{name}']", str(value))

    def tick(self, name, *values):
        """Tick a box, or the boxes or dots of a question that stand for some values."""
        for which in [f"[value='{value}']" for value in values] or [""]:
            self.page.check(f"{FORM} input[name='{name}']{which}")

    def unfold(self, nth=0):
        self.page.locator("main details > summary").nth(nth).click()

    def unfold_all(self):
        """Open all that is folded, with scripts or without."""
        folded = self.page.locator("main details:not([open]) > summary")
        while folded.count():
            folded.first.click()

    def send(self, action=None):
        """Press the first button of the form that goes to an address ending so, or to the page itself."""
        form = f"{FORM}[action$='{action}']" if action else f"{FORM}:not([action])"
        self._press(self.page.locator(f"{form} button").first)

    def press(self, name):
        """Press the button of a name, at the end of the form if there are several."""
        self._press(self.page.locator(f"{FORM} button[name='{name}']").last)

    def send_first(self, part):
        """Press the button of the first form whose address holds some part."""
        self._press(self.page.locator(f"{FORM}[action*='{part}'] button").first)

    def press_beside(self, text, action=""):
        """Press a button in the line that holds a text somebody wrote."""
        form = f"form[action$='{action}']" if action else "form"
        self._press(self.page.locator("main :is(li, tr)", has_text=text).locator(f"{form} button").first)

    def reads(self, *texts):
        """Make sure that texts stand on the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def reads_nothing_of(self, *texts):
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def says(self, text, **values):
        """Make sure that one of the site's own sentences stands on the page, in the reader's language."""
        self.reads(self.words(text, **values))

    def words(self, text, **values):
        with self.site.app.app_context(), i18n.speaking(self.locale):
            return i18n.gettext(text, **values)

    def _press(self, what):
        with self.page.expect_navigation():
            what.click()
        self._eyes.look(self.page, self.locale)
