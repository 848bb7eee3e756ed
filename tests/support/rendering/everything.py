"""A paper with every kind of part, in each of the six languages: what a format must be able to say."""

import datetime

from forum.rendering import outline as o

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
# A sentence with a symbol, a target and a place in another paper inside it: what readers search for.
SENTENCES = {
    "ar": "تعيد الفقرة تأكيد القرار A/RES/73/195 والغاية 10.7 والهدف (SDG 6) وما ورد في GFMD/2020/HLPF/1 para 10.",
    "en": "The text recalls A/RES/73/195, target 10.7, the goal (SDG 6) and GFMD/2020/HLPF/1 para 10.",
    "es": "El texto recuerda A/RES/73/195, la meta 10.7, el objetivo (SDG 6) y GFMD/2020/HLPF/1 para 10.",
    "fr": "Le texte rappelle A/RES/73/195, la cible 10.7, l’objectif (SDG 6) et GFMD/2020/HLPF/1 para 10.",
    "ru": "Текст напоминает о A/RES/73/195, задаче 10.7, цели (SDG 6) и GFMD/2020/HLPF/1 para 10.",
    "zh": "本文回顾A/RES/73/195、具体目标10.7、目标（SDG 6）以及GFMD/2020/HLPF/1 para 10。",
}
HASH = "sha256:" + "ab12" * 16


def everything(language: str) -> o.Outline:
    """The paper. Numbers go on, jump, and are such as no program counts."""
    sentence = SENTENCES[language]
    noted = (o.text(sentence), o.text("Note 2"))
    manner = o.text(
        o.Run("bold ", bold=True), o.Run("italic ", italic=True), o.Run("small ", small=True),
        o.Run("gone ", struck=True), o.Run("link", link="https://example.org/a?b=1&c=2"), " ",
        o.Run("bonjour", language="fr"), "\nline two\n\n", f"Passage two. {sentence}",
    )  # fmt: skip
    head = o.TitleBlock(
        f"Title: {sentence}", "Series 2020", ("Subtitle one", "Subtitle two"), "Kind", "GFMD/2020/FI", "Rev.1",
        "12.6.2020", cover=True,
    )  # fmt: skip
    parts = (
        o.Contents("Contents", 2),
        o.NewPage(),
        o.KeyFacts((("Held in", o.text("Quito")), ("Speakers", o.text("31; 32")))),
        o.Heading(1, o.text("Part one"), "I."),
        o.Paragraph(o.text(sentence), "1.", noted, "sec_1__para_1"),
        o.Paragraph(manner, "2.", (), "sec_1__para_2"),
        o.Paragraph(o.text(f"Unnumbered. {sentence}"), anchor="sec_1__p_1"),
        o.Bullets(
            (o.text("point one"), o.text(f"point two {sentence}")), ((), (o.text("Note of a point"),)), ("b1", "b2")
        ),
        o.Heading(2, o.text("Below")),
        o.Quote(o.text(f"Exact words. {sentence}"), o.text("Somebody"), (), "q1"),
        o.Box("1", o.text("Of a box"), (o.Paragraph(o.text("In it"), "", (), "x1"), o.Bullets((o.text("boxed"),)))),
        o.Heading(1, o.text("Part four"), "IV."),
        o.Paragraph(o.text("It goes on"), "20.", (), "sec_2__para_20"),
        o.Paragraph(o.text("And on"), "21.", (), "sec_2__para_21"),
        o.Paragraph(o.text("As nobody counts"), "21bis.", (), "sec_2__para_22"),
        o.Paragraph(o.text("A letter"), "(c)", (), "c3"),
        o.Conclusion("1", o.text(f"A conclusion. {sentence}"), (o.text("bullet of it"),), noted, "c1", ("c2",)),
        o.Note(o.text("A remark")),
        o.Rule(),
        o.NewPage(wide=True),
        o.Heading(1, o.text("Annex")),
        o.Table(
            (o.Column("SDG"), o.Column("Name", 3.0)),
            (
                o.SectionRow(o.text("Section")),
                o.Row((o.text("10.7"), o.text("=1+1", "\n", o.Run("address", link="https://example.org/")))),
                o.Row(((), o.text(sentence))),
            ),
            "Caption",
        ),
        o.Disclaimer((o.text("It binds nobody."),)),
        o.Colophon(
            (("Symbol", o.text("GFMD/2020/FI")), ("Hash", o.text(HASH))), "https://forum.example/documents/GFMD/2020/FI"
        ),
    )
    origin = o.Origin("GFMD/2020/FI", "Rev.1", HASH, datetime.date(2020, 6, 12), "en")
    return o.Outline(head, language, parts, "GFMD/2020/FI · running", origin)


def numbers(outline: o.Outline) -> list[str]:
    """The printed numbers of its headings and paragraphs, in their order."""
    of = (o.Heading, o.Paragraph, o.Conclusion)
    return [part.number for part in outline.parts if isinstance(part, of) and part.number]
