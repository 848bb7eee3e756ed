"""The words of agendas, as data in the six languages: what people are there as, what has no name yet, kinds of items.

Agendas are written by many hands: "keynote address" and "discours liminaire" are one role. What stands here decides who
is counted as a speaker (`figures.py`); the agenda keeps the words it came with.
"""

from __future__ import annotations

import re

from .names import key

# Role -> language -> the words for it.
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "speaker": {
        "ar": ("متحدث", "متحدثة", "المتحدث", "المتحدثة", "محاضر", "محاضرة"),
        "en": ("speaker", "panellist", "panelist", "discussant", "lead discussant", "respondent"),
        "es": ("orador", "oradora", "ponente", "panelista", "expositor", "expositora"),
        "fr": ("orateur", "oratrice", "intervenant", "intervenante", "panéliste", "conférencier", "conférencière"),
        "ru": ("докладчик", "докладчица", "выступающий", "выступающая", "участник дискуссии", "участница дискуссии"),
        "zh": ("发言人", "发言者", "演讲者", "讨论嘉宾"),
    },
    "keynote": {
        "ar": ("الكلمة الرئيسية", "كلمة رئيسية", "المتحدث الرئيسي", "المتحدثة الرئيسية"),
        "en": ("keynote", "keynote address", "keynote speech", "keynote speaker", "keynote remarks"),
        "es": ("discurso principal", "ponencia principal", "orador principal", "oradora principal"),
        "fr": ("discours liminaire", "discours principal", "allocution principale", "orateur principal"),
        "ru": ("программная речь", "основной доклад", "основной докладчик"),
        "zh": ("主旨发言", "主旨演讲", "主旨讲话"),
    },
    "general remarks": {
        "ar": ("ملاحظات عامة",),
        "en": ("general remarks", "remarks", "special remarks"),
        "es": ("observaciones generales", "observaciones"),
        "fr": ("remarques générales", "observations générales"),
        "ru": ("общие замечания",),
        "zh": ("一般性发言",),
    },
    "welcome remarks": {
        "ar": ("كلمة ترحيب", "كلمة الترحيب", "كلمة افتتاحية", "الكلمة الافتتاحية", "ملاحظات افتتاحية"),
        "en": (
            "welcome remarks", "welcoming remarks", "welcome address", "words of welcome", "welcome", "opening remarks",
            "opening address", "opening statement", "opening speech", "opening", "introductory remarks",
        ),
        "es": (
            "palabras de bienvenida", "discurso de bienvenida", "palabras de apertura", "discurso de apertura",
            "observaciones de apertura", "apertura",
        ),
        "fr": (
            "mot de bienvenue", "discours de bienvenue", "allocution de bienvenue", "allocution d'ouverture",
            "discours d'ouverture", "remarques liminaires", "ouverture",
        ),
        "ru": ("приветственное слово", "вступительное слово", "вступительные замечания", "приветствие", "открытие"),
        "zh": ("欢迎辞", "欢迎词", "致欢迎辞", "开幕致辞", "开幕词", "开场白"),
    },
    "moderator": {
        "ar": ("مدير الجلسة", "مديرة الجلسة", "منسق الجلسة", "رئيس الجلسة", "ميسر الجلسة"),
        "en": ("moderator", "chair", "co-chair", "chairperson", "session chair", "facilitator"),
        "es": ("moderador", "moderadora", "facilitador", "facilitadora", "presidente", "presidenta"),
        "fr": ("modérateur", "modératrice", "animateur", "animatrice", "président", "présidente"),
        "ru": ("модератор", "ведущий", "ведущая", "председатель"),
        "zh": ("主持人", "主席"),
    },
    "presenter": {
        "ar": ("مقدم العرض", "مقدمة العرض", "عرض"),
        "en": ("presenter", "presentation"),
        "es": ("presentador", "presentadora", "presentación"),
        "fr": ("présentateur", "présentatrice", "présentation", "exposé"),
        "ru": ("презентация", "представляет"),
        "zh": ("介绍人", "专题介绍"),
    },
    "special guest": {
        "ar": ("ضيف خاص", "ضيف الشرف", "ضيفة الشرف"),
        "en": ("special guest", "guest of honour", "guest of honor", "guest"),
        "es": ("invitado especial", "invitada especial", "invitado de honor", "invitada de honor"),
        "fr": ("invité spécial", "invitée spéciale", "invité d'honneur", "invitée d'honneur"),
        "ru": ("специальный гость", "почётный гость", "почетный гость"),
        "zh": ("特邀嘉宾", "特别嘉宾"),
    },
    "closing remarks": {
        "ar": ("كلمة ختامية", "الكلمة الختامية", "ملاحظات ختامية"),
        "en": ("closing remarks", "closing address", "closing statement", "concluding remarks", "closing", "wrap-up"),
        "es": ("palabras de clausura", "discurso de clausura", "observaciones finales", "clausura"),
        "fr": ("discours de clôture", "allocution de clôture", "remarques finales", "clôture"),
        "ru": ("заключительное слово", "заключительные замечания", "закрытие"),
        "zh": ("闭幕致辞", "闭幕词", "总结发言"),
    },
    "rapporteur": {
        "ar": ("مقرر", "مقررة", "المقرر"),
        "en": ("rapporteur", "note taker"),
        "es": ("relator", "relatora"),
        "fr": ("rapporteur", "rapporteuse"),
        "ru": ("секретарь заседания",),
        "zh": ("报告员",),
    },
}  # fmt: skip

# What stands where a name is to come.
NOBODY: dict[str, tuple[str, ...]] = {
    "ar": ("يؤكد لاحقا", "يحدد لاحقا", "قيد التأكيد"),
    "en": ("tbc", "tbd", "tba", "to be confirmed", "to be determined", "to be announced", "n.n.", "nn"),
    "es": ("por confirmar", "por determinar", "por anunciar"),
    "fr": ("à confirmer", "à déterminer", "à préciser"),
    "ru": ("уточняется", "подлежит уточнению", "подлежит подтверждению"),
    "zh": ("待定", "待确认", "待公布"),
}

# Kinds of items, each with other English words for it that agendas print. `session` stands for a session itself: its
# moderator and questions, beside its panels.
KINDS: dict[str, tuple[str, ...]] = {
    "panel": ("panel discussion",),
    "session": (),
    "roundtable": ("round table",),
    "keynote": ("keynote address",),
    "presentation": (),
    "discussion": ("open discussion", "general discussion", "interactive discussion"),
    "tour de table": (),
    "open space": ("common space", "world café", "world cafe", "marketplace", "migration lab", "tech garden"),
    "opening": ("opening session", "opening ceremony"),
    "remarks": (),
    "side event": ("side-event",),
    "registration": (),
    "break": ("coffee break", "lunch break", "lunch", "pause"),
    "reception": ("dinner",),
    "wrap-up": ("wrap up",),
    "closing": ("closing session", "closing ceremony"),
}


def _plain(words: str) -> str:
    return " ".join(key(words).replace("-", " ").replace("\u2019", "'").strip(" .,:;*?()[]").split())


_ROLE_OF = {_plain(word): role for role, words in ROLES.items() for each in words.values() for word in each}
_KIND_OF = {_plain(word): kind for kind, words in KINDS.items() for word in (kind, *words)}
_PLACEHOLDERS = tuple(_plain(word) for words in NOBODY.values() for word in words)
_REMARK = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")


def role_of(words: str) -> str | None:
    """The role that these words of an agenda stand for; None for words that are not known."""
    return _ROLE_OF.get(_plain(words))


def kind_of(words: str) -> str | None:
    """The kind of item that these words stand for; None for words that are not known."""
    return _KIND_OF.get(_plain(words))


def is_nobody(name: str) -> bool:
    """Whether a name is still to come: "TBC", "TBC (Kenya)", "à confirmer"."""
    return _plain(name) in _PLACEHOLDERS or _plain(_REMARK.sub("", name)) in _PLACEHOLDERS


def person_key(name: str) -> str:
    """What two spellings of a person's name share. That somebody is still to be confirmed makes nobody else of them."""
    remark = _REMARK.search(name)
    return key(name[: remark.start()] if remark and _plain(remark[1]) in _PLACEHOLDERS else name)
