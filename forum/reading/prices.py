"""What things cost, in points: one table. A point is about 25 microseconds of processor time, server and database
together, on the large data set (`tests/bench`); 10,000 of them, the most a request may cost, are a quarter of a second.

A row of a page is the measure of the others: 1. What is cheap and often asked for (an object beside a row, a plain list
taken for longer than most are) is priced above what it takes, never far below.
"""

OBJECT = 1
ENTRY = 1  # of a list in an argument
COMPUTED = 5  # a field that Python fills in, unless its declaration says otherwise
ACTS = 100  # every act on one thing, each judged by role, stage, gate and clock
DEFINITION = 200  # a process definition read, checked or compared: half a megabyte of text at most
COUNT = 4  # of what hangs on one thing
LIST_SIZE = 10  # how many rows a plain list is taken to have

# A field of the root goes over everything there is, until counts are bounded: 20,000 inputs, 3,000 organisations.
COUNT_ALL = 25
COUNTS_ALL = {"contributions": 1_000, "organisations": 75}
FILTERED = {"contributions": 500}  # a page of what a filter leaves may be the last row of all that were looked at


def count(type_: str, field: str) -> int:
    """The price of `totalCount` of a page."""
    return COUNTS_ALL.get(field, COUNT_ALL) if type_ == "Query" else COUNT


def search(type_: str, field: str, arguments: frozenset[str]) -> int:
    """What a page costs before its first row."""
    return FILTERED.get(field, 0) if type_ == "Query" and "filter" in arguments else 0
