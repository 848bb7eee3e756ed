"""The sentences of the specimen in six languages, written here; each holds the symbols that searches look for."""

from typing import NamedTuple


class Texts(NamedTuple):
    """What the papers of one language say."""

    forum: str
    title: str
    theme: str
    summary: str
    focused: str
    answered: str
    closed: str
    date: str
    place: str
    opening: str
    section: str
    paragraph: str
    symbols: str
    point: str
    quote: str
    credit: str
    box: str
    advice: str
    addressee: str
    source: str
    practice: str
    aim: str
    city: str
    disposition: str
    reason: str
    reserved: str


TEXTS: dict[str, Texts] = {
    "ar": Texts(
        "المنتدى العالمي المعني بالهجرة والتنمية",
        "الهجرة في عقد العمل",
        "شراكات مبتكرة من أجل التنمية المستدامة",
        "موجز الاستنتاجات",
        "مساهمة مركزة في المنتدى السياسي الرفيع المستوى",
        "ما آلت إليه مساهمتكم",
        "أقره الفريق التوجيهي في 12 حزيران/يونيه 2020 دون اعتراض",
        "12 حزيران/يونيه 2020",
        "مقر الأمم المتحدة، نيويورك",
        "تجمع هذه الورقة ما أرسلته الدول والمدن والمجتمع المدني وقطاع الأعمال.",
        "لماذا تنتمي الهجرة إلى عقد العمل",
        "يرى عدة مساهمين أن السنوات حتى عام 2030 هي التي تُنفَّذ فيها الوعود أو تُنسى.",
        "يشير القرار A/RES/73/195 إلى الغاية 10.c من الهدف (SDG 6)، وانظر GFMD/2020/HLPF/1 para 10 أيضا.",
        "الاعتراف بالمهارات قبل المغادرة؛",
        "نعدّ من يعبر الحدود ثم يغيب عن أنظارنا في اليوم التالي.",
        "رئيس الوفد",
        "ممارسة انتقلت من مدينة إلى وزارة",
        "أحصوا الجميع وبيّنوا الطريقة",
        "الدول الأعضاء",
        "المساهمة 4، القسم 1",
        "نافذة واحدة للقادمين الجدد",
        "مكتب واحد في كل مدينة يستقبل القادمين الجدد ويدلّهم على الخدمات (GIZ) منذ عام 2018.",
        "كيتو",
        "أُخذ بها في الفقرة 1",
        "تعذر التحقق من الأرقام في الوقت المناسب.",
        "تتحفظ كينيا على الفقرة 1.",
    ),
    "en": Texts(
        "Global Forum on Migration and Development",
        "Migration in the decade of action",
        "Innovative partnerships for sustainable development",
        "Summary of conclusions",
        "Focused input to the High-level Political Forum",
        "What became of your input",
        "Endorsed by the Steering Group on 12 June 2020, no objection having been raised",
        "12 June 2020",
        "United Nations Headquarters, New York",
        "This paper brings together what states, cities, civil society and business sent.",
        "Why migration belongs in the decade of action",
        "Several contributors see the years to 2030 as the time in which promises are kept or broken.",
        "Resolution A/RES/73/195 speaks of target 10.c of the goal (SDG 6); see also GFMD/2020/HLPF/1 para 10.",
        "recognition of skills before departure;",
        "We count people who cross a border, and we lose sight of them the day after.",
        "Head of delegation",
        "A city’s practice that became a ministry’s",
        "Count everyone, and say how",
        "Member States",
        "Input 4, section 1",
        "One desk for newcomers",
        "One office in each city receives newcomers and shows them the services (GIZ) since 2018.",
        "Quito",
        "taken up in paragraph 1",
        "The figures could not be confirmed in time.",
        "Kenya placed a reservation on paragraph 1.",
    ),
    "es": Texts(
        "Foro Mundial sobre Migración y Desarrollo",
        "La migración en el decenio de acción",
        "Alianzas innovadoras para el desarrollo sostenible",
        "Resumen de conclusiones",
        "Aportación al foro político de alto nivel",
        "Qué fue de su aportación",
        "Aprobado por el Grupo Directivo el 12 de junio de 2020 sin objeciones",
        "12 de junio de 2020",
        "Sede de las Naciones Unidas, Nueva York",
        "Este documento reúne lo que enviaron Estados, ciudades, sociedad civil y empresas.",
        "Por qué la migración pertenece al decenio de acción",
        "Varios contribuyentes ven en los años hasta 2030 el tiempo en que las promesas se cumplen o se rompen.",
        "La resolución A/RES/73/195 trata de la meta 10.c del objetivo (SDG 6); véase GFMD/2020/HLPF/1 para 10.",
        "el reconocimiento de competencias antes de la partida;",
        "Contamos a quienes cruzan una frontera y al día siguiente los perdemos de vista.",
        "Jefa de delegación",
        "La práctica de una ciudad que pasó a un ministerio",
        "Contar a todos y decir cómo",
        "Estados Miembros",
        "Aportación 4, sección 1",
        "Una ventanilla para los recién llegados",
        "Una oficina en cada ciudad recibe a los recién llegados y les muestra los servicios (GIZ) desde 2018.",
        "Quito",
        "recogida en el párrafo 1",
        "Las cifras no pudieron confirmarse a tiempo.",
        "Kenya formuló una reserva al párrafo 1.",
    ),
    "fr": Texts(
        "Forum mondial sur la migration et le développement",
        "La migration dans la décennie d’action",
        "Des partenariats novateurs pour le développement durable",
        "Résumé des conclusions",
        "Contribution ciblée au forum politique de haut niveau",
        "Suite donnée à votre contribution",
        "Approuvé par le Groupe directeur le 12 juin 2020, aucune objection n’ayant été soulevée",
        "12 juin 2020",
        "Siège de l’Organisation des Nations Unies, New York",
        "Ce document réunit ce qu’ont envoyé États, villes, société civile et entreprises.",
        "Pourquoi la migration a sa place dans la décennie d’action",
        "Plusieurs contributeurs voient dans les années jusqu’à 2030 le temps où les promesses se tiennent.",
        "La résolution A/RES/73/195 vise la cible 10.c de l’objectif (SDG 6) ; voir GFMD/2020/HLPF/1 para 10.",
        "la reconnaissance des compétences avant le départ ;",
        "Nous comptons ceux qui passent une frontière et les perdons de vue le lendemain.",
        "Chef de délégation",
        "La pratique d’une ville devenue celle d’un ministère",
        "Compter tout le monde et dire comment",
        "États Membres",
        "Contribution 4, section 1",
        "Un guichet pour les nouveaux arrivants",
        "Un bureau dans chaque ville reçoit les nouveaux arrivants et leur montre les services (GIZ) depuis 2018.",
        "Quito",
        "reprise au paragraphe 1",
        "Les chiffres n’ont pu être confirmés à temps.",
        "Le Kenya a émis une réserve sur le paragraphe 1.",
    ),
    "ru": Texts(
        "Глобальный форум по миграции и развитию",
        "Миграция в десятилетие действий",
        "Новаторские партнерства в интересах устойчивого развития",
        "Резюме выводов",
        "Материал для политического форума высокого уровня",
        "Что стало с вашим материалом",
        "Одобрено Руководящей группой 12 июня 2020 года без возражений",
        "12 июня 2020",
        "Центральные учреждения Организации Объединенных Наций, Нью-Йорк",
        "В этом документе собрано то, что прислали государства, города, гражданское общество и предприятия.",
        "Почему миграции место в десятилетии действий",
        "Несколько участников считают, что в годы до 2030 обещания либо выполняются, либо забываются.",
        "Резолюция A/RES/73/195 говорит о задаче 10.c цели (SDG 6); см. также GFMD/2020/HLPF/1 para 10.",
        "признание квалификации до отъезда;",
        "Мы считаем тех, кто пересекает границу, и на следующий день теряем их из виду.",
        "Глава делегации",
        "Практика города, ставшая практикой министерства",
        "Считать всех и говорить, как",
        "Государства-члены",
        "Материал 4, раздел 1",
        "Одно окно для приезжих",
        "Одно бюро в каждом городе принимает приезжих и показывает им службы (GIZ) с 2018 года.",
        "Кито",
        "учтено в пункте 1",
        "Цифры не удалось вовремя подтвердить.",
        "Кения сделала оговорку к пункту 1.",
    ),
    "zh": Texts(
        "全球移民与发展论坛",
        "行动十年中的移民问题",
        "促进可持续发展的创新伙伴关系",
        "结论摘要",
        "向高级别政治论坛提交的重点意见",
        "您所提意见的处理情况",
        "指导小组于2020年6月12日通过，无人提出异议",
        "2020年6月12日",
        "纽约联合国总部",
        "本文件汇集各国、城市、民间社会和企业提交的意见。",
        "为何移民问题属于行动十年",
        "若干提交者认为，直至2030年的这些年是承诺得以履行或落空的时期。",
        "第 A/RES/73/195 号决议涉及具体目标 10.c 和目标 (SDG 6)；另见 GFMD/2020/HLPF/1 para 10 。",
        "在启程前承认技能；",
        "我们统计越过边界的人，次日便看不到他们了。",
        "代表团团长",
        "一个城市的做法成为部委的做法",
        "统计所有人并说明方法",
        "会员国",
        "意见4，第1节",
        "新来者一站式窗口",
        "自2018年起，每个城市设一处办公室接待新来者并介绍各项服务 (GIZ)。",
        "基多",
        "已纳入第1段",
        "数字未能及时核实。",
        "肯尼亚对第1段提出保留。",
    ),
}
