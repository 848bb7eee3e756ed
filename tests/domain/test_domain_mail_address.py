"""What is a mail address, wherever one is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.mail_address import mail_address
from forum.errors import InvalidValue


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org", "first.last+gcm@Mission.Example.ORG", "o'neil@xn--bcher-kva.example", " a@b.cd ",
        " O'Brien+x@Example.ORG ", "a@xn--e1afmkfd.xn--p1ai", "a@1.2c", "a" * 64 + "@example.org",
    ],
)  # fmt: skip
def test_an_address_is_kept_with_its_domain_in_small_letters(address):
    local, _, domain = address.strip().rpartition("@")
    assert mail_address(address) == f"{local}@{domain.lower()}"


@pytest.mark.parametrize(
    "wrong",
    [
        "", "a", "a@b",
        "@example.org", "a@", "a b@example.org", "a@example.org\nBcc: x@example.org", "a@example.org,b@c.de",
        "a@-example.org", "é@example.org", "a@exämple.org", ".a@example.org", "a..b@example.org", "a@example.org\x00",
        '"a b"@example.org', "<a@example.org>", "a" * 65 + "@example.org", "a@" + "b" * 250 + ".org", "x" * 5_000_000,
        "a@127.0.0.1", "a@[127.0.0.1]", "a@b.1", "a@b..org", "a@example.org.", "a@example.org\n",
        "a@" + "b." * 130 + "org", "a@" + "b" * 64 + ".org",
        "A <a@example.org>", "mailto:a@example.org", "a\u202e@b.org", "\ta@example.org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_a_sentence(wrong):
    with pytest.raises(InvalidValue, match=r"Write it as name@example\.org"):
        mail_address(wrong, "address")


@given(st.text(max_size=300))
def test_no_text_becomes_more_than_one_line(written):
    try:
        address = mail_address(written)
    except InvalidValue:
        return
    assert address.isascii()
    assert len(address.splitlines()) == 1
    assert " " not in address
