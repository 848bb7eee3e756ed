"""Receipt numbers: random, so that they tell neither order nor count, and with a check character for the telephone.

Eleven characters of 5 bits and one check character, in Crockford's Base32 alphabet (no I, L, O, U), in three groups:
"K7QF-3M9T-XW2P". The check is a weighted sum over GF(32): every single wrong character and every exchange of two
characters is noticed.
"""

from __future__ import annotations

import re

from ..errors import InvalidValue

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BYTES = 7  # 55 of their 56 bits are used
_LENGTH = 12
_MISREAD = str.maketrans("OIL", "011")
_TYPED = re.compile(r"[0-9A-Za-z -]{12,40}")


def number(random_bytes: bytes) -> str:
    """A receipt number from at least seven random bytes (`secrets.token_bytes(7)`, drawn by the caller)."""
    if len(random_bytes) < RANDOM_BYTES:
        raise InvalidValue(reason=f"A receipt number needs {RANDOM_BYTES} random bytes, not {len(random_bytes)}.")
    bits = int.from_bytes(random_bytes[:RANDOM_BYTES], "big") >> 1
    digits = [(bits >> (5 * place)) & 31 for place in reversed(range(_LENGTH - 1))]
    digits.append(_weighted(digits))
    letters = "".join(ALPHABET[d] for d in digits)
    return "-".join(letters[i : i + 4] for i in range(0, _LENGTH, 4))


def read(typed: str) -> str:
    """A typed number in its written form: small letters, missing hyphens and O/0, I/L/1 are put right.

    Refuses (InvalidValue) anything else and a number whose check character does not fit.
    """
    letters = re.sub(r"[ -]", "", typed).upper().translate(_MISREAD) if _TYPED.fullmatch(typed.strip()) else ""
    if len(letters) != _LENGTH or any(c not in ALPHABET for c in letters):
        raise InvalidValue(reason="A receipt number has three groups of four, as in K7QF-3M9T-XW2P.")
    digits = [ALPHABET.index(c) for c in letters]
    if _weighted(digits[:-1]) != digits[-1]:
        raise InvalidValue(
            reason="This receipt number was mistyped: its last character does not fit. Compare it again."
        )
    return "-".join(letters[i : i + 4] for i in range(0, _LENGTH, 4))


def valid(typed: str) -> bool:
    """Whether `read` takes it."""
    try:
        read(typed)
    except InvalidValue:
        return False
    return True


def _weighted(digits: list[int]) -> int:
    """The sum of digit * x^k over GF(32), the last digit weighing x: all weights differ and none is 1."""
    total = 0
    for digit in digits:
        total = _doubled(total ^ digit)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value  # modulo x^5 + x^2 + 1, which is primitive
