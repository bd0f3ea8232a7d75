"""Rules of the house that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

ENGAGE = Path(__file__).parents[2] / "engage"
FILES = sorted(ENGAGE.rglob("*.py"))
FEATURES = [path.name for path in sorted(ENGAGE.iterdir()) if (path / "models.py").exists() or (path / "views.py").exists()]

# Actions that are steps of another feature's action, which has asked its own policy already.
STEPS = {
    "messages": "letters follow from actions above",
    "events.take_seats": "a step of registering", "events.release_seats": "a step of giving a place back",
    "events.note_paper": "a step of publishing an agenda or minutes",
}


def _name(path):
    return path.relative_to(ENGAGE).as_posix()


def _actions():
    for path in FILES:
        parts = path.relative_to(ENGAGE).with_suffix("").parts
        if len(parts) > 1 and parts[1] == "actions":
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and _is_offered(path, node.name):
                    yield parts[0], node


def _is_offered(path, name):
    """A package of actions says in `__all__` which are use cases; the rest are their parts."""
    package = path.parent / "__init__.py"
    if path.parent.name != "actions" or path == package:
        return not name.startswith("_")
    return f'"{name}"' in package.read_text()


def test_only_the_transaction_commits():
    offenders = [_name(path) for path in FILES if ".commit(" in path.read_text() and _name(path) != "core/db.py"]
    assert offenders == []


def test_only_the_clock_reads_the_time():
    reads = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    allowed = {"core/clock.py", "worker.py"}  # the worker tells its scheduler when to start
    assert [_name(path) for path in FILES if reads.search(path.read_text()) and _name(path) not in allowed] == []


@pytest.mark.parametrize("feature, action", [pytest.param(*found, id=f"{found[0]}.{found[1].name}") for found in _actions()])
def test_actions_say_who_acts(feature, action):
    assert not action.args.args, "actions take keyword-only arguments"
    names = {argument.arg for argument in action.args.kwonlyargs}
    is_step = feature in STEPS or f"{feature}.{action.name}" in STEPS
    assert is_step or names & {"by", "actor"}, "an action takes `by`, so that web, API and command line can't differ"


def test_no_screen_imports_forms_of_another_feature():
    offenders = []
    for path in FILES:
        for match in re.finditer(r"engage\.(\w+)\.forms", path.read_text()):
            if match[1] != path.relative_to(ENGAGE).parts[0]:
                offenders.append(_name(path))
        for match in re.finditer(r"from engage\.(\w+) import [^\n]*\bforms\b", path.read_text()):
            if match[1] != path.relative_to(ENGAGE).parts[0]:
                offenders.append(_name(path))
    assert offenders == []


@pytest.mark.parametrize("path", [*FILES, *sorted(Path(__file__).parents[1].rglob("*.py"))], ids=str)
def test_a_file_fits_on_a_few_screens(path):
    assert len(path.read_text().splitlines()) <= 300


def test_templates_carry_no_style_or_script():
    pages = [path for path in ENGAGE.rglob("templates/**/*.html") if "mail" not in path.parts]
    inline = re.compile(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*(src=|application/ld\+json))", re.IGNORECASE)
    assert [_name(path) for path in pages if inline.search(path.read_text())] == []


def test_every_form_carries_its_token():
    offenders = []
    for path in ENGAGE.rglob("templates/**/*.html"):
        for form in re.findall(r"<form\b[^>]*method=.?post.*?</form>", path.read_text(), re.IGNORECASE | re.DOTALL):
            if "csrf_token" not in form and "caller()" not in form:
                offenders.append(_name(path))
    assert offenders == []
