"""A letter as a message (RFC 5322, multipart/alternative): what a notice says, in plain text and as HTML, in the
reader's language. The same letter is composed the same again, under the same Message-ID."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from uuid import UUID

from ...api.http.unsubscribing import link
from ...domain import saying as sayings
from ...domain.contact import Contact, Language
from ...domain.letter import message_id
from ...domain.notice import NoticeKind
from ...domain.saying import Instant, Saying, saying
from ...languages.say import RIGHT_TO_LEFT, Reader
from ...store.letters import Addressed, News, Taken
from . import words

_POLICY = policy.SMTP.clone(max_line_length=76)
_LONGEST_NAME = 200  # of a forum in a subject, and of a person: lines end, whatever a name is


@dataclass(frozen=True)
class House:
    """Who writes: the address letters come from, where the service is read, and the secret that signs links."""

    sender: str
    url: str
    secret: str

    @property
    def domain(self) -> str:
        """The sender's domain: what Message-IDs are made unique by."""
        return self.sender.rpartition("@")[2]


def compose(house: House, letter: Taken, to: Contact, reader: Addressed, news: Sequence[News]) -> EmailMessage:
    """The message of a letter that tells this (at least one thing) to this reader, whose contact has an address."""
    assert to.address is not None
    mind = Reader(to.language, to.zone)
    mail = begun(house, letter, to.language, (reader.name, to.address), _subject(news))
    away = _leaving(house, to.person_id, news)
    if away:
        # RFC 2369 and RFC 8058: one click, by the mail program, without a page.
        mail["List-Unsubscribe"] = f"<{away[1]}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return finished(mail, mind, _parts(house, mind, reader, news, away))


def begun(house: House, letter: Taken, language: Language, to: tuple[str, str], subject: Saying) -> EmailMessage:
    """The head of a letter. `to`: the reader's name and address."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(display_name="Review forum", addr_spec=house.sender)
    mail["To"] = Address(display_name=line(to[0]), addr_spec=to[1])
    mail["Subject"] = Reader(language, "UTC").say(subject)
    mail["Date"] = letter.due_at
    mail["Message-ID"] = message_id(letter.id, house.domain)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    return mail


def finished(mail: EmailMessage, mind: Reader, parts: Sequence[str]) -> EmailMessage:
    """The letter with its paragraphs, in plain text and as HTML."""
    mail.set_content("\n\n".join(parts) + "\n", cte="base64" if mind.language != Language.EN else "quoted-printable")
    mail.add_alternative(_html(mind, parts), subtype="html", cte="base64")
    mail["Content-Language"] = mind.language.value  # before, it would have gone into the first part with its content
    return mail


def _subject(news: Sequence[News]) -> Saying:
    """What the reader sees before the letter is opened: of a text of the reader's own side no more than the forum."""
    forums = {each.forum for each in news}
    forum = line(news[0].forum or "") if len(forums) == 1 else ""
    if len(news) > 1:
        return saying(words.OF_FORUM, forum=forum, subject=words.DIGEST) if forum else words.DIGEST
    subject = words.SUBJECTS.get(news[0].kind)
    if news[0].side or subject is None:
        return saying(words.NEWS, forum=forum) if forum else words.SOMETHING
    return saying(words.OF_FORUM, forum=forum, subject=subject) if forum else subject


def _leaving(house: House, person: UUID, news: Sequence[News]) -> tuple[str, str] | None:
    """The forums whose mail ends by one click, and the link; None where nothing in the letter can be ended."""
    forums = {each.forum_id: each.forum for each in news if each.forum_id and each.kind != NoticeKind.RECEIPT}
    if not forums:
        return None
    names = ", ".join(sorted(line(name or "") for name in forums.values()))
    return names, link(house.url, house.secret, person, (id_ for id_ in forums if id_))


def _parts(
    house: House, mind: Reader, reader: Addressed, news: Sequence[News], away: tuple[str, str] | None
) -> list[str]:
    """The paragraphs of the letter, in plain text."""
    parts = [mind.say(saying(words.DEAR, name=line(reader.name)))]
    for each in news:
        if len(news) > 1 and each.forum:
            parts.append(f"* {each.forum}")
        parts.append(mind.say(sayings.read(each.saying)) if each.saying else each.words)
        instant = Instant(each.sent_at, each.forum_zone or mind.zone, utc=False)
        parts.append(mind.say(saying(words.TOLD_ON, instant=instant)))
    receipt = all(each.kind == NoticeKind.RECEIPT for each in news)
    parts += ["--", mind.say(saying(words.READ, url=house.url))]
    parts.append(mind.say(words.WHY_RECEIPT if receipt else words.WHY) + " " + mind.say(words.CHOOSE))
    if away:
        parts.append(mind.say(saying(words.LEAVE, forum=away[0], url=away[1])))
    return parts


def _html(mind: Reader, parts: Iterable[str]) -> str:
    """The same paragraphs as HTML: no picture, no script, nothing that is fetched and tells that it was read."""
    direction = "rtl" if mind.language in RIGHT_TO_LEFT else "ltr"
    body = "\n".join("<hr>" if part == "--" else f"<p>{_linked(part)}</p>" for part in parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{mind.language.value}" dir="{direction}">\n<head><meta charset="utf-8">'
        f'<title></title></head>\n<body style="max-width:42em;font-family:sans-serif;line-height:1.5">\n{body}\n'
        "</body>\n</html>\n"
    )


def _linked(part: str) -> str:
    """A paragraph escaped, its last word as a link where it is one of ours."""
    text = "<br>".join(escape(part).split("\n"))
    head, space, last = part.rpartition(" ")
    if not last.startswith(("https://", "http://")):
        return text
    return f'{escape(head)}{space}<a href="{escape(last)}">{escape(last)}</a>'


def line(text: str) -> str:
    """One line of a name: a line break in it would begin another header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_NAME]
