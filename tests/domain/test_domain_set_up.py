"""An operator's file of bodies is read whole, or refused with the place of the slip."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.set_up import read
from forum.errors import Refusal


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
