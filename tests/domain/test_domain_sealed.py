"""What is sealed comes back as it was, for the purpose it was sealed for, or not at all."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

import pytest

from forum.domain.sealed import characters, held_in, seal, unseal

SECRET = "s" * 32


def test_it_is_of_one_secret_and_one_purpose():
    sealed = seal(SECRET, "feed", b"abc")
    assert (unseal(SECRET, "feed", sealed), held_in(sealed), len(sealed)) == (b"abc", b"abc", characters(3))
    assert unseal(SECRET, "feedx", sealed) is None
    assert unseal("t" * 32, "feed", sealed) is None
    assert unseal(SECRET, "fee", seal(SECRET, "feed", b"abc")) is None
    with pytest.raises(ValueError, match="there is none"):
        seal("", "feed", b"abc")


def test_the_secret_that_signs_tokens_is_no_key_of_it():
    code = hmac.digest(SECRET.encode(), b"abc", hashlib.sha256)
    assert unseal(SECRET, "feed", urlsafe_b64encode(b"abc" + code).rstrip(b"=").decode()) is None


def test_one_character_changed_or_spelt_otherwise_is_nothing():
    sealed = seal(SECRET, "feed", bytes(24))
    for n, sign in enumerate(sealed):
        assert unseal(SECRET, "feed", sealed[:n] + ("A" if sign != "A" else "B") + sealed[n + 1 :]) is None
    for odd in (
        "",
        "A",
        sealed[:-1],
        sealed + "A",
        sealed + "=",
        f" {sealed}",
        sealed[:9] + "\n" + sealed[9:],
        "é" * 75,
    ):
        assert unseal(SECRET, "feed", odd) is None
    assert held_in(urlsafe_b64encode(bytes(32)).rstrip(b"=").decode()) is None  # a code and nothing under it
