"""Facts for papers in three languages: names, dates and places are of public record, the sentences are written here."""

import csv
from collections import defaultdict
from collections.abc import Callable

from forum.rendering import outline as o
from forum.rendering.papers import facts as fi
from forum.rendering.papers import response as re_
from forum.rendering.papers.front import Imprint
from tests.support.rendering.laid_out import focused_input, summary
from tests.support.rendering.sample_summaries import DEMO, HASH, summary_ar, summary_en, summary_zh


def practices() -> tuple[fi.PracticeGroup, ...]:
    """The 21 practices that come with the project, in their groups."""
    groups: dict[str, list[fi.PracticeFacts]] = defaultdict(list)
    with (DEMO / "practices.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, _, link = row["Name and Link"].partition("http")
            groups[row["Section"]].append(
                fi.PracticeFacts(
                    row["SDG"],
                    name.strip(),
                    ("http" + link).strip() if link else "",
                    row["Project Date"],
                    row["Country/Region/City"],
                    row["Aim"],
                    row["Key Partners"],
                )
            )
    return tuple(fi.PracticeGroup(title, tuple(found)) for title, found in groups.items())


def focused_en(annex: fi.AnnexFacts | None = None) -> fi.PaperFacts:
    """A focused input to the HLPF with every kind of block and the annex of practices."""
    p = fi.ParagraphFacts
    return fi.PaperFacts(
        imprint=Imprint(
            "en",
            "en",
            HASH,
            "Endorsed by the Steering Group on 12 June 2020, no objection having been raised",
            "GFMD/2020/FI/1",
            "Rev.1",
            "12 June 2020",
        ),
        series="Global Forum on Migration and Development 2020",
        title="Migration in the decade of action",
        kind="Focused input to the High-level Political Forum",
        subtitles=("Under the chair of the United Arab Emirates",),
        opening=(
            p("This paper brings together what states, cities, civil society and business sent to the Chair’s call."),
        ),
        sections=(
            fi.SectionFacts(
                "Why migration belongs in the decade of action",
                (
                    p(
                        "Several contributors see the years to 2030 as the time in which promises on migration are "
                        "**kept or broken**.",
                        "1",
                        ("Input 4, section 1", "Input 9, section 2"),
                    ),
                    p(
                        "Cities ask to be heard where national plans are drawn up, since it is a local office that "
                        "opens the door.",
                        "2",
                        ("Input 12 (City of Montréal), section 3",),
                        ("Mayors have had a mechanism of their own since 2018.",),
                    ),
                    fi.QuoteFacts(
                        p("We count people who cross a border, and we lose sight of them the day after."),
                        "Head of delegation",
                    ),
                ),
            ),
            fi.SectionFacts(
                "What was learnt from the regional consultations",
                (
                    fi.SubheadFacts("Abu Dhabi, 9 March 2020"),
                    p(
                        "Labour migration corridors were compared; see [the record](https://example.org/abu-dhabi).",
                        "3",
                    ),
                    fi.BulletFacts(
                        (
                            p("fair recruitment at both ends of a corridor;"),
                            p("recognition of skills before departure;"),
                            p("portable social protection."),
                        )
                    ),
                    fi.BoxFacts(
                        "1",
                        "A city’s practice that travelled",
                        (
                            p(
                                "A city opened one desk for all newcomers; a ministry made it a national service two "
                                "years later."
                            ),
                            p("The consultation took it up as a model for others."),
                        ),
                    ),
                    fi.SubheadFacts("Quito, 17 April 2020"),
                    p(
                        "Speakers described mixed movements and what host communities carry.",
                        "4",
                        ("Input 2, section 5",),
                    ),
                ),
            ),
        ),
        recommendations=(
            fi.RecommendationFacts(
                "Count everyone, and say how",
                (
                    p(
                        "Publish figures by migratory status under target 17.18, with the method beside them.",
                        "5",
                        ("Input 7, section 1",),
                    ),
                ),
                "Member States",
            ),
            fi.RecommendationFacts(
                "Bring cities to the table",
                (p("Give local authorities a seat where national reviews are written.", "6"),),
                "Member States; the High-level Political Forum",
            ),
        ),
        practices=annex
        or fi.AnnexFacts(
            "Practices received",
            ("The practice bears on at least one target.", "It was running in 2019 or later."),
            practices(),
        ),
        disclaimers=("This paper reflects inputs received; it does not bind any government.",),
    )


def response_en() -> re_.ResponseFacts:
    """What became of four inputs."""
    a = re_.AnswerFacts
    return re_.ResponseFacts(
        imprint=Imprint("en", "en", HASH, "Issued by the Chair on 15 June 2020", "GFMD/2020/RD/1", "", "15 June 2020"),
        series="Global Forum on Migration and Development 2020",
        title="Migration in the decade of action",
        kind="What became of your input",
        about="Focused input to the High-level Political Forum, GFMD/2020/FI/1, Rev.1",
        opening=(
            "Every input had an answer before the text was put to the Steering Group. The answers are given below, "
            "contributor by contributor.",
        ),
        figures=(("Inputs received", "4"), ("Answers given", "6")),
        contributors=(
            re_.ContributorFacts(
                "City of Montréal",
                (
                    a("Section 1: Who opens the door", "taken up in paragraph 2", "", (re_.PlaceFacts("2"),)),
                    a(
                        "Practice: One desk for newcomers",
                        "reflected together with other inputs in paragraph 3",
                        "It is told as an example, in box 1.",
                        (re_.PlaceFacts("3"),),
                    ),
                    a(
                        "Section 4: Budgets",
                        "noted for further work",
                        "The text keeps to the theme of the year; the question is handed to the working group on "
                        "cities.",
                        (),
                    ),
                ),
                "Mayors",
                "No. 12, received 3 March 2020",
            ),
            re_.ContributorFacts(
                "Ecuador",
                (
                    a(
                        "Section 5",
                        "taken up in part in paragraph 4",
                        "The figures could not be confirmed in time.",
                        (re_.PlaceFacts("4"),),
                    ),
                ),
                "States",
                "No. 2, received 28 February 2020",
            ),
            re_.ContributorFacts(
                "An input without attribution", (a("Section 1", "taken up in paragraph 1", "", (re_.PlaceFacts("1"),)),)
            ),
            re_.ContributorFacts("Iceland", mechanism="States", no_input=True),
        ),
    )


def focused_ar() -> fi.PaperFacts:
    """A focused input in Arabic: contents, a box, a quotation and the annex, whose practices are in several
    languages."""
    p = fi.ParagraphFacts
    arabic = fi.PracticeFacts(
        "10.7",
        "نافذة واحدة للقادمين الجدد",
        "https://example.org/desk",
        "2018 – 2021",
        "المغرب، تونس",
        "مكتب واحد في كل مدينة يستقبل القادمين الجدد ويدلّهم على الخدمات، بدعم من GIZ (ألمانيا) منذ عام 2018.",
        "وزارة الداخلية؛ المنظمة الدولية للهجرة (IOM)",
    )
    return fi.PaperFacts(
        imprint=Imprint(
            "ar",
            "en",
            HASH,
            "أقره الفريق التوجيهي في 12 حزيران/يونيه 2020 دون اعتراض",
            "GFMD/2020/FI/1",
            "Rev.1",
            "12 حزيران/يونيه 2020",
        ),
        series="المنتدى العالمي المعني بالهجرة والتنمية 2020",
        title="الهجرة في عقد العمل",
        kind="مساهمة مركزة في المنتدى السياسي الرفيع المستوى",
        sections=(
            fi.SectionFacts(
                "لماذا تنتمي الهجرة إلى عقد العمل",
                (
                    p(
                        "يرى عدة مساهمين أن السنوات حتى عام 2030 هي التي **تُنفَّذ فيها الوعود أو تُنسى**.",
                        "1",
                        ("المساهمة 4، القسم 1",),
                    ),
                    fi.QuoteFacts(p("نعدّ من يعبر الحدود ثم يغيب عن أنظارنا في اليوم التالي."), "رئيس الوفد"),
                    p("تطلب المدن أن يُستمع إليها عند وضع الخطط الوطنية:", "2"),
                    fi.BulletFacts(
                        (p("التوظيف المنصف عند طرفي الممر؛"), p("الاعتراف بالمهارات قبل المغادرة (SDG 8.8)."))
                    ),
                    fi.BoxFacts(
                        "1",
                        "ممارسة انتقلت من مدينة إلى وزارة",
                        (p("فتحت مدينة مكتباً واحداً لجميع القادمين، ثم جعلته الوزارة خدمة وطنية."),),
                    ),
                ),
            ),
        ),
        recommendations=(
            fi.RecommendationFacts(
                "أحصوا الجميع وبيّنوا الطريقة",
                (p("نشر الأرقام حسب وضع الهجرة في إطار الغاية 17.18.", "3"),),
                "الدول الأعضاء",
            ),
        ),
        practices=fi.AnnexFacts(
            "الممارسات الواردة", (), (fi.PracticeGroup("المساهمات الواردة", (arabic, *practices()[0].practices[:4])),)
        ),
    )


OUTLINES: dict[str, Callable[[], o.Outline]] = {
    "summary_en": lambda: summary(summary_en()),
    "summary_ar": lambda: summary(summary_ar()),
    "summary_zh": lambda: summary(summary_zh()),
    "focused_en": lambda: focused_input(focused_en()),
    "focused_ar": lambda: focused_input(focused_ar()),
    "response_en": lambda: re_.response(response_en()),
}


def paper(*parts: o.Part, language: str = "en", **head: str) -> o.Outline:
    """A paper of these parts, titled "Title"."""
    return o.Outline(o.TitleBlock(**{"title": "Title", **head}), language, parts)  # type: ignore[arg-type]
