"""The regional groups of Member States: all 193, each in one."""

from collections import Counter

from babel import Locale

from forum.domain.regions import GROUP_OF, RegionalGroup, regional_group


def test_each_of_the_193_member_states_is_in_one_group() -> None:
    assert Counter(GROUP_OF.values()) == {
        RegionalGroup.AFRICAN: 54, RegionalGroup.ASIA_PACIFIC: 54, RegionalGroup.EASTERN_EUROPEAN: 23,
        RegionalGroup.LATIN_AMERICAN_AND_CARIBBEAN: 33, RegionalGroup.WESTERN_EUROPEAN_AND_OTHER: 29,
    }  # fmt: skip
    assert len(GROUP_OF) == 193


def test_every_code_is_that_of_a_country() -> None:
    assert set(GROUP_OF) <= set(Locale("en").territories)


def test_who_is_no_member_has_no_group() -> None:
    assert regional_group("PH") is RegionalGroup.ASIA_PACIFIC
    assert [regional_group(code) for code in (None, "", "VA", "PS", "ph", "XX")] == [None] * 6
