"""What things cost, in points: one table. A point is ten microseconds of processor time, server and database together,
on the large data set (`tests/bench`); 10,000 of them, the most a request may cost, are a tenth of a second.

`make bench` prints what each kind takes beside its price. A list is paid as if it were full: what may come is what the
service must be ready for.
"""

VALUE = 0.03  # a value of a row, made JSON
PART = 0.1  # an object made of the row's own columns
OBJECT = 0.25  # an object beside a row, found by its id
FOUND = 2  # an object looked for by what was asked: `node`, `document`, each of `nodes`
ROW = 0.5  # of a page
PAGE = 1  # a page before its first row: looked for and ordered
LIST, LIST_ROW = 0.6, 0.1  # a plain list, and each of its rows
LIST_SIZE = 4  # how many rows a plain list is taken to have
ENTRY = 1  # of a list in an argument
COMPUTED = 6  # a field that Python fills in, unless its declaration says otherwise
OWN_WORDS = 1  # what a process says in several languages, of a definition that is kept
PLAIN = 2  # text without its marks
FROZEN = 60  # a frozen version with all it says, read and taken apart
ACTS = 180  # every act on one thing, each judged by role, stage, gate and clock: 55 things at most in one request
DEFINITION = 500  # a published definition checked or compared: mostly kept from the last time, else some 20 KB
CALENDAR = 500  # a definition laid out by dates, or drawn
WORDED = 80  # the goals and targets of the SDGs, gone through for words
OFFER = 30  # what a link offers, and whether its inviter may still give it
# Each KiB of an argument, to be read first.
BY_LENGTH = {
    "Query.checkProcess": ("text", 50), "Query.countLength": ("text", 50), "Query.draw": ("text", 50),
    "Query.rehearse": ("text", 50), "Query.sdgTargets": ("search", 50),
}  # fmt: skip

# What follows a thing's way through the texts, or has to ask who may know of each row, beside what its kind costs;
# below nothing where it costs less than its kind: the few seats of an organisation stand side by side.
BESIDES = {
    "Comment.mine": 0.3,
    "Contribution.mine": 0.3,
    "Contribution.lineage": 5,
    "Contribution.usedIn": 1.5,
    "Edition.documents": 30,
    "Organisation.participations": -0.6,
    "Paragraph.carriedBy": 1.5,
    "Paragraph.lineage": 2.5,
}

# To count is to look at each row, whoever may see it: `exactCount` at all of them, `totalCount` at no more than cost
# MOST_COUNTING. What hangs on one thing is mostly few:
COUNT = 1
MOST_COUNTING = 20
COUNTS = {
    "Call.contributions": 12,
    "Contribution.usedIn": 2.5,
    "Document.comments": 30,
    "Edition.contributions": 12,
    "Forum.participations": 15,
    "Organisation.participations": 0.3,
    "Paragraph.comments": 3,
    "Track.contributions": 12,
    # A field of the root goes over everything there is: 20,000 inputs, 3,000 organisations.
    "Query.contributions": 400,
    "Query.organisations": 15,
}
FILTERED = {"Query.contributions": 90}  # a page of what a filter leaves may be the last row of all that were looked at


def count(type_: str, field: str) -> float:
    """The price of `exactCount` of a page; of `totalCount`, where it is no more than MOST_COUNTING."""
    return COUNTS.get(f"{type_}.{field}", COUNT)


def besides(type_: str, field: str, arguments: frozenset[str] = frozenset()) -> float:
    """What a field costs beside what its kind does: before its first row, where it is a page."""
    name = f"{type_}.{field}"
    return BESIDES.get(name, 0) + (FILTERED.get(name, 0) if "filter" in arguments else 0)
