"""Who may do what with accounts, as one table."""

from uuid import uuid4

import pytest

from engage.accounts import policy
from engage.core.access import CLOCK, NOBODY, Actor, Role, Scope

ME, TICKET, HERE = uuid4(), uuid4(), uuid4()


def holding(*roles, areas=None):
    return Actor(person_id=uuid4(), scopes=tuple(Scope(role, areas) for role in roles))


ACTORS = {
    "nobody": NOBODY,
    "owner": Actor(person_id=ME),
    "stranger": Actor(person_id=uuid4()),
    "reader": Actor(links=frozenset({("ticket", TICKET)})),
    "reviewer": holding(Role.REVIEWER),
    "staff": holding(Role.STAFF),
    "staff elsewhere": holding(Role.STAFF, areas=frozenset({uuid4()})),
    "administrator": holding(Role.ADMINISTRATOR),
    "clock": CLOCK,
}
STAFF = {"staff", "staff elsewhere", "administrator"}


@pytest.mark.parametrize("check, given, allowed", [
    (policy.may_use_ticket, (TICKET,), {"reader"}),
    (policy.may_change_account, (ME,), {"owner", "clock"}),
    (policy.may_search_people, (), STAFF),
    (policy.may_see_contacts, (), {"administrator"}),
    (policy.may_train, (), STAFF | {"clock"}),
    (policy.may_prove_phones, (), STAFF),
    (policy.may_prove_phones, (frozenset({HERE}),), {"staff", "administrator"}),
    (policy.may_grant, (), {"administrator", "clock"}),
    (policy.may_edit_city, (), {"administrator", "clock"}),
])
def test_who_may(check, given, allowed):
    assert {name for name, actor in ACTORS.items() if check(actor, *given)} == allowed
