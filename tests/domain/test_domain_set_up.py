"""An operator's file of bodies is read whole, or refused with the place of the slip."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.set_up import decoded, read
from forum.errors import FileRefused, Refusal
from tests.support import bodies_keys


def test_times_are_instants_of_the_zone():
    text = (
        '[[offices]]\nforum = "f"\norganisation = "o"\noffice = "chair"\nzone = "Asia/Manila"\nstarts = "2020-01-25"\n'
    )
    [office] = read(text).offices
    assert office["starts"] == dt.datetime(2020, 1, 24, 16, tzinfo=dt.UTC)


def test_norway_stays_norway():
    [row] = read('[[organisations]]\nname = "Norway"\nkind = "state"\ncountry_code = "NO"\n').organisations
    assert row["country_code"] == "NO"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[organisations]\n", "TOML"),
        ("[[organisation]]\nname = 'x'\n", "organisation"),
        ("[[organisations]]\nname = 'x'\n", "lacks kind"),
        ("[[organisations]]\nname = 'x'\nkind = 'state'\ncolour = 'red'\n", "colour"),
        ("[[organisations]]\nname = 7\nkind = 'state'\n", "name"),
        ("organisations = 3\n", "organisations"),
        ("[[offices]]\nforum='f'\norganisation='o'\noffice='chair'\nstarts='soon'\n", "soon"),
        ("[[offices]]\nforum='f'\norganisation='o'\noffice='chair'\nzone='Nowhere'\nstarts='2020-01-01'\n", "Nowhere"),
        ("[[offices]]\nforum='f'\norganisation='o'\noffice='chair'\nstarts=2020-07-01T12:00:00+01:00\n", "at +02:00"),
        ("[[participations]]\nforum='f'\nstatus='member'\nstarts='2020-01-01'\norganisations=[1]\n", "list of names"),
    ],
)
def test_a_slip_is_named(text, said):
    with pytest.raises(Refusal) as refused:
        read(text)
    assert said in refused.value.message


@given(st.text(max_size=300))
def test_no_text_brings_a_traceback(text):
    with contextlib.suppress(Refusal):
        assert read(text).organisations is not None


WRONG = """\ufeff# Bodies
[[organisations]]
name = "Norway"
kind = "stat"
country_code = "Norway"

[[organisations]]
name = "nor\u00a0way"
kind = "state"

[[organisations]]
name = "NORWAY"
kind = "state"
colour = "red"

[[forums]]
slug = "f"
name = \"\"\"
[[forums]]
kind = "in a text"
\"\"\"
layer = "gfmd"
kind = "working group"
zone = "Oslo"
registrar = "yes"

[[offices]]
forum = "f"
organisation = "Norway"
office = "chairman"
starts = "2020-13-01"

[[role]]
subject = "x"
"""


def test_every_slip_is_said_at_once_with_its_line_its_key_and_what_was_meant():
    with pytest.raises(FileRefused) as refused:
        read(decoded(WRONG.encode()), "bodies.toml")
    assert refused.value.message.splitlines() == [
        "bodies.toml, line 4, [[organisations]] number 1, kind: 'stat' is none of its words. Did you mean state? "
        "There are state, local_authority, civil_society, business, agency, academia, other.",
        "bodies.toml, line 5, [[organisations]] number 1, country_code: 'Norway' is none. Write two capital letters "
        "(ISO 3166): NO.",
        "bodies.toml, line 12, [[organisations]] number 3, name: NORWAY stands at line 2 already.",
        "bodies.toml, line 14, [[organisations]] number 3: has an unknown key colour. There are name, kind, "
        "short_name, country_code.",
        "bodies.toml, line 23, [[forums]] number 1, kind: 'working group' is none of its words. Did you mean "
        "working_group? There are forum, mechanism, steering_group, working_group, task_force, roundtable, "
        "regional_consultation, friends, support_unit, advisory_group.",
        "bodies.toml, line 24, [[forums]] number 1, zone: Oslo is not a code of the IANA time zones. Write an IANA "
        "name, as in Europe/Zurich (Geneva), America/New_York or UTC.",
        "bodies.toml, line 25, [[forums]] number 1, registrar: write true or false.",
        "bodies.toml, line 30, [[offices]] number 1, office: 'chairman' is none of its words. Did you mean chair? "
        "There are chair, co_chair, member.",
        "bodies.toml, line 31, [[offices]] number 1, starts: 2020-13-01 00:00 does not exist in the calendar. Write it "
        "as 2027-03-01 12:00.",
        "bodies.toml, line 33, [[role]]: there is no such table. Did you mean roles? There are organisations, forums, "
        "agreements, mechanisms, participations, offices, roles.",
    ]
    assert refused.value.line == 4


def test_what_is_not_utf_8_is_named_by_its_line():
    with pytest.raises(FileRefused, match=r"bodies\.toml, line 2"):
        decoded("# Bodies\nname = 'T\u00fcrkiye'".encode("latin-1"), "bodies.toml")


def test_the_page_and_the_schema_for_editors_are_current():
    _, mark, below = bodies_keys.PAGE.read_text().partition(bodies_keys.MARK)
    assert mark, "run python -m tests.support.bodies_keys"
    assert below == bodies_keys.printed(), "run python -m tests.support.bodies_keys"
    assert bodies_keys.SCHEMA.read_text() == bodies_keys.schema(), "run python -m tests.support.bodies_keys"
