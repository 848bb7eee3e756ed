"""Records of no-objection procedures in three languages: what was said in them is written here."""

from forum.rendering.papers.front import Imprint
from forum.rendering.papers.silence_record import (
    ChangeFacts,
    ObjectionFacts,
    ReservationFacts,
    RoundFacts,
    SilenceRecordFacts,
)
from tests.support.rendering.sample_summaries import HASH

OTHER = f"sha256:{HASH[:6:-1]}"
MEMBERS = (
    "Bangladesh",
    "Canada",
    "Ecuador",
    "Egypt",
    "France",
    "Germany",
    "Ghana",
    "Kenya",
    "Malta",
    "Morocco",
    "Nepal",
    "Philippines",
    "Switzerland",
    "United Arab Emirates",
)


def record_en() -> SilenceRecordFacts:
    """Two rounds: one that was broken by two members, with more time given; one that passed with reservations."""
    long = (
        "The paragraph speaks of cities only where they receive people. In our country it is the cities that people "
        "leave, and "
        "the ministry in charge cannot be seen to agree that nothing is owed to these."
    )
    objections = (
        ObjectionFacts("Kenya", "2", long,
            "Cities, those that people leave as well as those they come to, are heard where national plans are drawn "
            "up.", "taken_up", "Both are named now."),
        ObjectionFacts("Kenya", "5", "A method is not ours to publish.", "", "explained",
            "The target asks for it; the paragraph leaves the choice of the method to each country."),
        ObjectionFacts("Nepal", "", "The text came in one language.", "", "withdrawn",
            "The Nepali delegation said on 30 May that the French version is enough."),
        ObjectionFacts("Nepal", "6", "Seats are for the General Assembly to give.",
            "Hear local authorities where national reviews are written.", "taken_up_in_part",
            "A seat became a hearing."),
    )  # fmt: skip
    changes = (
        ChangeFacts("unchanged", "1", "1", (("same", "Several contributors see the years to 2030 as decisive."),)),
        ChangeFacts("changed", "2", "2", (
            ("same", "Cities"), ("removed", " ask to be"),
            ("added", ", those that people leave as well as those they come to, are"),
            ("same", " heard where national plans are drawn up, since it is a local office that opens the door."),
        )),
        ChangeFacts("unchanged", "3", "3", (("same", "Labour migration corridors were compared."),)),
        ChangeFacts("withdrawn", "", "4", (("removed",
            "Speakers described mixed movements and what host communities carry."),)),
        ChangeFacts("unchanged", "4", "5", (("same", "Publish figures by migratory status under target 17.18."),)),
        ChangeFacts("changed", "5", "6", (("removed", "Give local authorities a seat"),
            ("added", "Hear local authorities"), ("same", " where **national reviews** are written.")),
            weight=("several speakers", "many speakers")),
        ChangeFacts("new", "6", "", (("added", "Say each year what became of this."),)),
        ChangeFacts("new", "", "", (("added", "Bring cities to the table"),), recommendation=True),
    )  # fmt: skip
    first = RoundFacts(
        1, "Steering Group", "Rev.1", OTHER, "27 May 2020, 12:00 (Europe/Zurich, UTC+02:00); 10:00 UTC",
        "31 May 2020, 12:00 (Europe/Zurich, UTC+02:00); 10:00 UTC",
        "broken", members=MEMBERS, objections=objections,
        more_time=(("31 May 2020, 12:00 (Europe/Zurich, UTC+02:00); 10:00 UTC",
            "30 May 2020, 12:00 (Europe/Zurich, UTC+02:00); 10:00 UTC", "30 May is a holiday in three capitals."),),
    )  # fmt: skip
    second = RoundFacts(
        2, "Steering Group", "Rev.2", HASH, "9 June 2020, 12:00 (Europe/Zurich, UTC+02:00); 10:00 UTC",
        "12 June 2020, 12:00 (Europe/Zurich, UTC+02:00); 10:00 UTC",
        "passed", "Endorsed by the Steering Group on 12 June 2020, no objection having been raised.", MEMBERS,
        changes=changes,
        reservations=(
            ReservationFacts("Malta placed a reservation on paragraph 5: hearings are held where its own law provides "
                "for them."),
            ReservationFacts("Egypt placed a reservation on the text as a whole: it is without prejudice to the Arab "
                "regional review."),
        ),
    )  # fmt: skip
    imprint = Imprint(
        "en",
        "en",
        HASH,
        "Endorsed by the Steering Group on 12 June 2020, no objection having been raised",
        "GFMD/2020/FI/1",
        "Rev.2",
        "12 June 2020",
    )
    return SilenceRecordFacts(
        imprint, "Global Forum on Migration and Development 2020", "Migration in the decade of action",
        "Focused input to the High-level Political Forum", (first, second),
    )  # fmt: skip


def record_ar() -> SilenceRecordFacts:
    """Arabic, with names and numbers in Latin letters among it."""
    changes = (
        ChangeFacts("changed", "1", "1", (("same", "تطلب المدن "), ("removed", "أن يُستمع إليها"),
            ("added", "المشاركة (SDG 11)"), ("same", " عند وضع الخطط الوطنية."))),
        ChangeFacts("unchanged", "2", "2", (("same", "نشر الأرقام في إطار الغاية 17.18."),)),
        ChangeFacts("withdrawn", "", "3", (("removed", "فقرة لم تعد لازمة."),)),
    )  # fmt: skip
    objections = (
        ObjectionFacts(
            "المغرب",
            "1",
            "لا تذكر الفقرة المدن التي يغادرها الناس (GCM 2).",
            "تطلب المدن كلها المشاركة.",
            "taken_up",
            "أُضيفت العبارة.",
        ),
    )
    first = RoundFacts(
        1,
        "الفريق التوجيهي",
        "Rev.1",
        OTHER,
        "2020-05-27 12:00 (Europe/Zurich, UTC+02:00); 2020-05-27 10:00 UTC",
        "2020-05-30 12:00 (Europe/Zurich, UTC+02:00); 2020-05-30 10:00 UTC",
        "broken",
        members=("المغرب", "مصر", "ألمانيا"),
        objections=objections,
    )
    second = RoundFacts(
        2, "الفريق التوجيهي", "Rev.2", HASH, "2020-06-09 12:00 (Europe/Zurich, UTC+02:00); 2020-06-09 10:00 UTC",
        "2020-06-12 12:00 (Europe/Zurich, UTC+02:00); 2020-06-12 10:00 UTC", "passed",
        "أقره الفريق التوجيهي في 12 حزيران/يونيه 2020 دون اعتراض.", ("المغرب", "مصر", "ألمانيا"), changes=changes,
        reservations=(ReservationFacts("أبدت مصر تحفظا على الفقرة 1: لا تمس بالاستعراض الإقليمي العربي (LAS 2020)."),),
    )  # fmt: skip
    imprint = Imprint(
        "ar",
        "ar",
        HASH,
        "أقره الفريق التوجيهي في 12 حزيران/يونيه 2020 دون اعتراض",
        "GFMD/2020/FI/1",
        "Rev.2",
        "12 حزيران/يونيه 2020",
    )
    return SilenceRecordFacts(
        imprint, "المنتدى العالمي المعني بالهجرة والتنمية 2020", "الهجرة في عقد العمل", "مساهمة مركزة", (first, second)
    )


def record_zh() -> SilenceRecordFacts:
    """Chinese, changed by single characters; the second round still runs."""
    changes = (
        ChangeFacts("changed", "1", "1", (
            ("same", "移民在"), ("removed", "城市"), ("added", "城市和乡镇（可持续发展目标11）"), ("same", "安家。"))),
        ChangeFacts("unchanged", "2", "2", (("same", "按具体目标17.18公布数据。"),)),
        ChangeFacts("new", "3", "", (("added", "每年说明后续情况。"),)),
    )  # fmt: skip
    objections = (
        ObjectionFacts("尼泊尔", "1", "段落未提及乡镇。", "移民在城市和乡镇安家。", "taken_up", "已增补。"),
        ObjectionFacts("加纳", "", "需要更多时间。", "", "explained", "第二轮期限更长。"),
    )
    first = RoundFacts(
        1,
        "指导小组",
        "Rev.1",
        OTHER,
        "2020-05-27 12:00 (Europe/Zurich, UTC+02:00); 2020-05-27 10:00 UTC",
        "2020-05-30 12:00 (Europe/Zurich, UTC+02:00); 2020-05-30 10:00 UTC",
        "broken",
        members=("尼泊尔", "加纳", "瑞士"),
        objections=objections,
    )
    second = RoundFacts(
        2,
        "指导小组",
        "Rev.2",
        HASH,
        "2020-06-09 12:00 (Europe/Zurich, UTC+02:00); 2020-06-09 10:00 UTC",
        "2020-06-13 12:00 (Europe/Zurich, UTC+02:00); 2020-06-13 10:00 UTC",
        "running",
        members=("尼泊尔", "加纳", "瑞士"),
        changes=changes,
    )
    imprint = Imprint("zh", "zh", HASH, "", "GFMD/2020/FI/1", "Rev.2", "")
    return SilenceRecordFacts(imprint, "全球移民与发展论坛2020", "行动十年中的移民", "重点意见", (first, second))
