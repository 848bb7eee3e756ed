"""Facts for summaries of conclusions in three languages: facts of public record, sentences written here."""

import json
from pathlib import Path

from forum.rendering.papers import facts as su
from forum.rendering.papers.front import FigureFacts, Imprint

DEMO = Path(__file__).parents[3] / "forum" / "_demo"
HASH = "sha256:9f2b5c7d1e0a4468b3c6d5e4f70812a99b8c7d6e5f40312a1b2c3d4e5f607182"


def unnumbered(*words: str) -> tuple[su.ParagraphFacts, ...]:
    """Paragraphs without numbers and sources."""
    return tuple(su.ParagraphFacts(one) for one in words)


def summary_en() -> su.PaperFacts:
    """The New York workshop of 2016, its conclusions in the project's own words."""
    meeting = json.loads((DEMO / "meeting.json").read_text(encoding="utf-8"))["workshop"]
    told = meeting["summary_of_conclusions"]
    groups = tuple(
        su.ConclusionGroup(
            group["heading"].rstrip(":"),
            tuple(
                su.ConclusionFacts(
                    str(one["number"]), one["text"], tuple(one["bullets"]), (f"Panel {1 + one['number'] // 2}",)
                )
                for one in group["conclusions"]
            ),
        )
        for group in told["sections"]
    )
    return su.PaperFacts(
        imprint=Imprint(
            "en", "en", HASH, "Issued by the Chair on 4 April 2016", "IDM/2016/1", "v.3 KN", "4 April 2016"
        ),
        series="International Dialogue on Migration (IDM) 2016",
        title="Follow-up and review of migration in the Sustainable Development Goals",
        kind="Summary of conclusions",
        subtitles=("First workshop, 29 February – 1 March 2016", "United Nations Headquarters, New York"),
        meeting=su.MeetingFacts(
            forum="International Organization for Migration (IOM)",
            place="United Nations Headquarters, New York",
            dates="29 February – 1 March 2016",
            figures=(
                FigureFacts("participants", None, "some 300"),
                FigureFacts("sessions", 3, "3"),
                FigureFacts("panels", 6, ""),
                FigureFacts("speakers", 32, "32"),
                FigureFacts("women", 11, "10"),
            ),
            rule="speakers of panels, the keynote, and moderators other than the host; each person once.",
        ),
        preamble=unnumbered(*told["preamble"]),
        conclusions=groups,
        closing=unnumbered(*told["closing"]),
        thanks=("The secretariat thanks the donors that made the workshop possible.",),
    )


def summary_ar() -> su.PaperFacts:
    """A workshop's summary in Arabic, with Latin acronyms, numbers and brackets in its sentences."""
    return su.PaperFacts(
        imprint=Imprint("ar", "en", HASH, "أصدره الرئيس في 4 نيسان/أبريل 2016", "IDM/2016/1", "", "4 نيسان/أبريل 2016"),
        series="الحوار الدولي بشأن الهجرة 2016",
        title="متابعة واستعراض الهجرة في أهداف التنمية المستدامة",
        kind="موجز الاستنتاجات",
        subtitles=("حلقة العمل الأولى، 29 شباط/فبراير - 1 آذار/مارس 2016", "مقر الأمم المتحدة، نيويورك"),
        meeting=su.MeetingFacts(
            forum="المنظمة الدولية للهجرة (IOM)",
            place="نيويورك",
            dates="29 شباط/فبراير - 1 آذار/مارس 2016",
            figures=(
                FigureFacts("participants", None, "نحو 300"),
                FigureFacts("speakers", 32, "32"),
                FigureFacts("women", 11, "10"),
            ),
        ),
        preamble=unnumbered(
            "جمعت حلقة العمل نحو 300 مشارك من الحكومات والمدن والمجتمع المدني، وناقشت الغاية 10.7 من أهداف التنمية "
            "المستدامة (SDG 10) وما يتصل بها.",
            "وقدّم **مركز تحليل بيانات الهجرة العالمية** (GMDAC) في برلين عرضاً عن البيانات، انظر "
            "[الموقع](https://gmdac.iom.int) لمزيد من التفاصيل.",
        ),
        conclusions=(
            su.ConclusionGroup(
                "الهجرة والتنمية في خطة عام 2030",
                (
                    su.ConclusionFacts(
                        "1",
                        "يسهم المهاجرون في التنمية أينما عاشوا.",
                        (
                            "رأى عدة متكلمين أن الهدف 10 يضع المهاجرين في صميم الحد من عدم المساواة داخل البلدان "
                            "وفيما بينها، وأن ذلك يقتضي خططاً وطنية تذكرهم بالاسم.",
                            "طُلب أن تُقاس النتائج بإطار حوكمة الهجرة (MiGOF) منذ عام 2016.",
                        ),
                        ("حلقة النقاش 1", "حلقة النقاش 2: البيانات"),
                    ),
                    su.ConclusionFacts(
                        "2", "لا تقدّم بلا بيانات مصنّفة.", ("تصل الأرقام متأخرة بنسبة 45% ونادراً ما تُظهر المهاجرين.",)
                    ),
                ),
            ),
        ),
        closing=unnumbered("تتواصل المناقشة في جنيف في تشرين الأول/أكتوبر 2016."),
    )


def summary_zh() -> su.PaperFacts:
    """A workshop's summary in Chinese."""
    return su.PaperFacts(
        imprint=Imprint("zh", "en", HASH, "主席于2016年4月4日印发", "IDM/2016/1", "", "2016年4月4日"),
        series="2016年国际移民对话",
        title="可持续发展目标中移民问题的后续落实和评估",
        kind="结论摘要",
        subtitles=("第一次讲习班，2016年2月29日至3月1日", "纽约联合国总部"),
        meeting=su.MeetingFacts(
            forum="国际移民组织（IOM）",
            place="纽约",
            dates="2016年2月29日至3月1日",
            figures=(
                FigureFacts("participants", None, "约300人"),
                FigureFacts("speakers", 32, "32"),
                FigureFacts("women", 11, "10"),
            ),
        ),
        preamble=unnumbered(
            "讲习班汇集了约300名与会者，来自各国政府、城市、民间社会和学术界，讨论了可持续发展目标具体目标10.7及相关目标的落实情况，并听取了联合国系统各实体的意见。",
            "柏林**全球移民数据分析中心**（GMDAC）介绍了数据方面的工作；蒙特利尔（Montréal）市长德尼·科代尔应邀发言。",
        ),
        conclusions=(
            su.ConclusionGroup(
                "《2030年议程》中的移民与发展",
                (
                    su.ConclusionFacts(
                        "1",
                        "移民无论身居何处，都对发展作出贡献，早在任何议程提出之前即已如此。",
                        (
                            "若干发言者认为，目标10涉及国家内部和国家之间的不平等，移民应处于任何对策的核心。",
                            "许多发言者要求国家发展计划提及移民，并要求其权利无论身份如何都得到尊重。",
                        ),
                        ("专题讨论1", "专题讨论2：数据"),
                    ),
                ),
            ),
        ),
        closing=unnumbered("十月的讲习班将在日内瓦继续讨论。"),
    )
