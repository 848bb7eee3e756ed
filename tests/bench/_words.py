"""Words for the data set: plain sentences about what such reviews are about, the same for the same seed."""

from random import Random

SUBJECTS = (
    "The municipality", "The ministry of labour", "A network of recruiters", "The consulate",
    "A union of domestic workers",
    "The regional consultation", "The reception centre", "A diaspora association", "The statistics office",
    "The employers",
)  # fmt: skip
VERBS = (
    "keeps", "reviews", "publishes", "finances", "translates", "extends", "shares", "withdraws", "compares",
    "registers",
)  # fmt: skip
OBJECTS = (
    "the list of licensed recruiters", "the information given before departure", "bilateral agreements on labour",
    "the recognition of skills", "the cost of remittances", "places in schools", "legal aid for those detained",
    "the register of births", "data by sex and age", "the complaints of workers",
)  # fmt: skip
MANNERS = (
    "every year", "with the cities concerned", "before the summer", "in six languages", "since the last review",
    "together with civil society", "at no cost to the worker", "on a small budget", "with the neighbouring countries",
    "where nobody did so before",
)  # fmt: skip


def sentence(rng: Random) -> str:
    """One sentence of some sixty characters."""
    return f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)} {rng.choice(MANNERS)}."


def prose(rng: Random, length: int) -> str:
    """Sentences of about this many characters together, never more."""
    said, left = [], length
    while left > 100:
        said.append(sentence(rng))
        left -= len(said[-1]) + 1
    return " ".join(said) or sentence(rng)


def title(rng: Random) -> str:
    """A short title."""
    return f"{rng.choice(OBJECTS).capitalize()}, {rng.choice(MANNERS)}"
