"""A page as a test reads it: elements as a tree, and its forms as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOT_SENT = {"submit", "button", "image", "reset"}


@dataclass(eq=False)
class Element:
    tag: str
    attrs: dict
    parent: "Element | None" = None
    children: list = field(default_factory=list)

    def get(self, name, default=None):
        return self.attrs.get(name, default)

    def every(self, *tags):
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.every(*tags)

    def above(self):
        found = self.parent
        while found is not None:
            yield found
            found = found.parent

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag, attrs):
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag):
        at = self.here
        while at.parent is not None and at.tag != tag:
            at = at.parent
        self.here = at.parent or self.here

    def handle_data(self, data):
        self.here.children.append(data)


def read(html):
    """The tree of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


@dataclass(frozen=True)
class Field:
    """What can be sent under one name: its kind, what the page says now, what could be chosen."""

    name: str
    kind: str  # text, textarea, email, checkbox, radio, select, hidden, date, ...
    value: str = ""
    options: tuple = ()
    ticked: tuple = ()


@dataclass(frozen=True)
class Form:
    """A form of a page: where it leads, and its fields by name."""

    action: str
    fields: dict
    buttons: tuple = ()
    is_upload: bool = False


def forms(page):
    """The forms of a page that act."""
    return [_form(found) for found in page.every("form") if found.get("method", "get").lower() == "post"]


def _form(element):
    fields, buttons = {}, []
    for control in element.every("input", "select", "textarea", "button"):
        name = control.get("name")
        if not name:
            continue
        if control.tag == "button" or control.get("type") in NOT_SENT:
            buttons.append((name, control.get("value", "")))
            continue
        read_anew = _control(control)
        fields[name] = _joined(fields[name], read_anew) if name in fields else read_anew
    return Form(element.get("action", ""), fields, tuple(buttons), element.get("enctype", "") == "multipart/form-data")


def _control(control):
    name = control.get("name")
    if control.tag == "textarea":
        return Field(name, "textarea", control.text.replace("\r\n", "\n").removeprefix("\n"))
    if control.tag == "select":
        options = list(control.every("option"))
        chosen = next((option for option in options if "selected" in option.attrs), options[0] if options else None)
        values = tuple(option.get("value", option.text) for option in options)
        return Field(name, "select", chosen.get("value", chosen.text) if chosen else "", values)
    kind = control.get("type", "text")
    if kind in ("checkbox", "radio"):
        value = control.get("value", "on")
        ticked = (value,) if "checked" in control.attrs else ()
        return Field(name, kind, "".join(ticked), (value,), ticked)
    return Field(name, kind, control.get("value", ""))


def _joined(first, more):
    """Boxes of one name are one field."""
    return Field(first.name, first.kind, first.value or more.value, first.options + more.options, first.ticked + more.ticked)


def encoded(pairs):
    """A body as a browser, or somebody without one, sends it: lone surrogates as their three bytes."""
    quoted = ([quote_from_bytes(part.encode("utf-8", "surrogatepass")) for part in pair] for pair in pairs)
    return "&".join("=".join(pair) for pair in quoted).encode()
