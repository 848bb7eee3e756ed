"""The words of a letter around what it tells. A subject says nothing secret: it may be read on a locked screen, and by
every machine that the letter passes."""

from collections.abc import Mapping
from types import MappingProxyType

from ...domain.notice import NoticeKind
from ...domain.saying import Saying, saying

DEAR = "Dear {name},"
TOLD_ON = "Told on {instant}."
DIGEST = saying("Your daily digest")
NEWS = "News in {forum}"
OF_FORUM = "{forum}: {subject}"
READ = "You read all that you were told here: {url}"
WHY = saying("You receive this because you take part in what it tells of.")
WHY_RECEIPT = saying("You receive this because something was handed in for your side. Receipts always come by mail.")
LEAVE = "No more mail of {forum}: {url}"
CHOOSE = saying("Your language, your zone and a daily digest are yours to choose, where you read this.")

# Of the letter that invites somebody.
INVITED = saying("An invitation to the review forum")
INVITES = "{inviter} invites you to be {role}, for {organisation}."
INVITES_TO = "{inviter} invites you, in {forum}, to be {role}, for {organisation}."
SINCE = "From {since} on."
TERM = "From {since} until {until}."
ANSWER = "Read it, and accept or decline it once, until {until}: {url}"
ONE_USE = (
    "Whoever has this link can answer in your place: keep it to yourself. If you do not know {name}, decline, or leave "
    "it alone: it ends by itself, and your name and address are deleted here."
)
READ_OF = "What is done there: {url}"

# What a notice is called in a subject. What tells of a text of one's own side is called news, whatever it is.
SUBJECTS: Mapping[str, Saying] = MappingProxyType(
    {
        NoticeKind.CALL: saying("A call for inputs"),
        NoticeKind.REMINDER: saying("A reminder"),
        NoticeKind.EXTENSION: saying("More time"),
        NoticeKind.PERMIT: saying("You may still hand in"),
        NoticeKind.ANCHOR_MOVED: saying("A date has moved"),
        NoticeKind.WITHDRAWN: saying("A call was taken back"),
        NoticeKind.SILENCE_STARTED: saying("A text lies before your body"),
        NoticeKind.SILENCE_ENDS: saying("A silence ends soon"),
        NoticeKind.SILENCE_ENDED: saying("A silence has ended"),
        NoticeKind.TEXT_CLOSED: saying("A text was closed"),
        NoticeKind.MIGRATED: saying("Another version of the process"),
        NoticeKind.TEMPLATE_PUBLISHED: saying("A newer version of a template"),
        NoticeKind.MANDATE: saying("A mandate"),
        NoticeKind.ADMISSION: saying("An admission"),
        NoticeKind.SEAT: saying("A seat in a forum"),
        NoticeKind.CORRECTED: saying("A correction"),
        NoticeKind.AGREEMENT: saying("An agreement between bodies"),
        NoticeKind.ADDRESS_REFUSED: saying("An address is refused"),
    }
)
SOMETHING = saying("Something for you to know")
