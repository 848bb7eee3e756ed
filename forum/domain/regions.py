"""The regional groups of Member States in the United Nations, by the codes of their countries (ISO 3166-1).

Source: the list of the Department for General Assembly and Conference Management, with all 193 Member States. A state
that takes part in two groups stands in the one it is elected by (Türkiye), as does one that only observes a group (the
United States of America).
"""

from .enumeration import Words


class RegionalGroup(Words):
    """A regional group of Member States in the United Nations."""

    AFRICAN = "african", "African States."
    ASIA_PACIFIC = "asia_pacific", "Asia-Pacific States."
    EASTERN_EUROPEAN = "eastern_european", "Eastern European States."
    LATIN_AMERICAN_AND_CARIBBEAN = "latin_american_and_caribbean", "Latin American and Caribbean States."
    WESTERN_EUROPEAN_AND_OTHER = "western_european_and_other", "Western European and other States."


_STATES = {
    RegionalGroup.AFRICAN: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE "
        "NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW"
    ),
    RegionalGroup.ASIA_PACIFIC: (
        "AE AF BD BH BN BT CN CY FJ FM ID IN IQ IR JO JP KG KH KI KP KR KW KZ LA LB LK MH MM MN MV MY NP NR OM PG PH "
        "PK PW QA SA SB SG SY TH TJ TL TM TO TV UZ VN VU WS YE"
    ),
    RegionalGroup.EASTERN_EUROPEAN: "AL AM AZ BA BG BY CZ EE GE HR HU LT LV MD ME MK PL RO RS RU SI SK UA",
    RegionalGroup.LATIN_AMERICAN_AND_CARIBBEAN: (
        "AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT UY VC VE"
    ),
    RegionalGroup.WESTERN_EUROPEAN_AND_OTHER: (
        "AD AT AU BE CA CH DE DK ES FI FR GB GR IE IL IS IT LI LU MC MT NL NO NZ PT SE SM TR US"
    ),
}
GROUP_OF = {code: group for group, codes in _STATES.items() for code in codes.split()}


def regional_group(country_code: str | None) -> RegionalGroup | None:
    """The group of the state with this code; None where there is none: an observer state, a territory, no state."""
    return GROUP_OF.get(country_code or "")
