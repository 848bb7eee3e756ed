"""The fixed words of the papers in the six languages: page lines, labels and table heads. No sentence of a text is
here."""

from .source_words import SOURCE_WORDS

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

_WORDS: dict[str, tuple[str, str, str, str, str, str]] = {
    # key: (ar, en, es, fr, ru, zh)
    **SOURCE_WORDS,
    "page": (
        "الصفحة {page} من {pages}",
        "Page {page} of {pages}",
        "Página {page} de {pages}",
        "Page {page} sur {pages}",
        "Стр. {page} из {pages}",
        "第{page}页，共{pages}页",
    ),
    "contents": ("المحتويات", "Contents", "Índice", "Table des matières", "Содержание", "目录"),
    "box": (
        "الإطار {number}",
        "Box {number}",
        "Recuadro {number}",
        "Encadré {number}",
        "Вставка {number}",
        "专栏{number}",
    ),
    "sources": (
        "المصادر: {list}",
        "Sources: {list}",
        "Fuentes: {list}",
        "Sources : {list}",
        "Источники: {list}",
        "来源：{list}",
    ),
    "annex": (
        "المرفق: {title}",
        "Annex: {title}",
        "Anexo: {title}",
        "Annexe : {title}",
        "Приложение: {title}",
        "附件：{title}",
    ),
    "stated": (
        "{figure} (حسب المذكور)",
        "{figure} (as stated)",
        "{figure} (según lo declarado)",
        "{figure} (chiffre indiqué)",
        "{figure} (как указано)",
        "{figure}（据陈述）",
    ),
    "computed": (
        "{figure} (وفق القاعدة)",
        "{figure} by the rule",
        "{figure} según la regla",
        "{figure} selon la règle",
        "{figure} по правилу",
        "按规则计{figure}",
    ),
    "forum": ("المنتدى", "Forum", "Foro", "Forum", "Форум", "论坛"),
    "place": ("المكان", "Place", "Lugar", "Lieu", "Место", "地点"),
    "dates": ("التاريخ", "Dates", "Fechas", "Dates", "Даты", "日期"),
    "participants": ("المشاركون", "Participants", "Participantes", "Participants", "Участники", "与会者"),
    "sessions": ("الجلسات", "Sessions", "Sesiones", "Séances", "Заседания", "会议"),
    "panels": ("حلقات النقاش", "Panels", "Paneles", "Tables rondes", "Групповые обсуждения", "专题讨论"),
    "speakers": ("المتكلمون", "Speakers", "Oradores", "Orateurs", "Выступавшие", "发言者"),
    "women": ("منهم نساء", "Women among them", "Mujeres entre ellos", "Dont femmes", "Из них женщин", "其中女性"),
    "regions": ("المناطق", "Regions", "Regiones", "Régions", "Регионы", "区域"),
    "language_version": (
        "النسخة اللغوية",
        "Language version",
        "Versión lingüística",
        "Version linguistique",
        "Языковая версия",
        "语文版本",
    ),
    "authoritative": (
        "{language}، وهي النسخة ذات الحجية",
        "{language}, the authoritative version",
        "{language}, versión auténtica",
        "{language}, version faisant foi",
        "{language}, аутентичная версия",
        "{language}，作准版本",
    ),
    "not_authoritative": (
        "{language}؛ النسخة ذات الحجية هي: {other}",
        "{language}; the authoritative version is: {other}",
        "{language}; la versión auténtica es: {other}",
        "{language} ; la version faisant foi est : {other}",
        "{language}; аутентичная версия: {other}",
        "{language}；作准版本：{other}",
    ),
    "snapshot": ("بصمة النص", "Hash of the text", "Huella del texto", "Empreinte du texte", "Хеш текста", "文本哈希值"),
    "closing": (
        "اختتام النص",
        "How the text was closed",
        "Cierre del texto",
        "Clôture du texte",
        "Завершение текста",
        "文本结束方式",
    ),
    "symbol": ("الرمز", "Symbol", "Signatura", "Cote", "Условное обозначение", "文号"),
    "fate": (
        "المآل: {words}",
        "What became of it: {words}",
        "Curso dado: {words}",
        "Suite donnée : {words}",
        "Результат: {words}",
        "处理结果：{words}",
    ),
    "themes": ("المواضيع", "Themes", "Temas", "Thèmes", "Темы", "主题"),
    "advised": (
        "{theme} (الخبير المرجعي: {person})",
        "{theme} (resource person: {person})",
        "{theme} (persona de referencia: {person})",
        "{theme} (personne-ressource : {person})",
        "{theme} (эксперт-консультант: {person})",
        "{theme}（顾问：{person}）",
    ),
    "corrections": (
        "تصويبات وإضافات",
        "Corrigenda and addenda",
        "Correcciones y adiciones",
        "Rectificatifs et additifs",
        "Исправления и добавления",
        "更正和增编",
    ),
    "not_printed": (
        "محارف بلا خط هنا، مكتوبة برموزها",
        "Characters without a font here, written by their code points",
        "Caracteres sin fuente aquí, escritos por su código",
        "Caractères sans police ici, écrits par leur code",
        "Знаки без шрифта, записаны кодами",
        "无字体的字符，以码位表示",
    ),
    "read_by": ("قارئ هذه النسخة", "Printed for", "Impreso para", "Imprimé pour", "Распечатано для", "印本读者"),
    "read_by_public": (
        "الجميع: كما يقرؤها كل أحد",
        "everybody: as the public reads it",
        "todos: tal como lo lee el público",
        "tous : tel que le lit le public",
        "всех: как текст читает публика",
        "所有人：与公众所见相同",
    ),
    "read_by_participants": (
        "مشارك: قد تتضمن ما لا يراه الجمهور",
        "a participant: it may hold what the public does not see",
        "un participante: puede contener lo que el público no ve",
        "un participant : il peut contenir ce que le public ne voit pas",
        "участника: здесь может быть то, чего публика не видит",
        "参与方：可能含有公众看不到的内容",
    ),
    "read_by_team": (
        "الأمانة ومحررو النص: قد تتضمن ما لا يراه غيرهم؛ ليست للتوزيع",
        "the secretariat and the penholders: it may hold what nobody else sees, and is not for distribution",
        "la secretaría y los redactores: puede contener lo que nadie más ve; no es para distribución",
        "le secrétariat et les rédacteurs : il peut contenir ce que nul autre ne voit ; ne pas diffuser",
        "секретариата и составителей: здесь может быть то, чего не видит никто другой; не для распространения",
        "秘书处和执笔人：可能含有他人看不到的内容，请勿分发",
    ),
    "donors": (
        "شكر وتقدير",
        "Acknowledgements",
        "Agradecimientos",
        "Remerciements",
        "Выражение признательности",
        "致谢",
    ),
    "criteria": (
        "معايير الاختيار",
        "Selection criteria",
        "Criterios de selección",
        "Critères de sélection",
        "Критерии отбора",
        "遴选标准",
    ),
    "recommendations": ("التوصيات", "Recommendations", "Recomendaciones", "Recommandations", "Рекомендации", "建议"),
    "sdg": ("الهدف", "SDG", "ODS", "ODD", "ЦУР", "可持续发展目标"),
    "name_link": (
        "الاسم والرابط",
        "Name and link",
        "Nombre y enlace",
        "Nom et lien",
        "Название и ссылка",
        "名称与链接",
    ),
    "project_date": (
        "تاريخ المشروع",
        "Project date",
        "Fecha del proyecto",
        "Date du projet",
        "Сроки проекта",
        "项目日期",
    ),
    "where": (
        "البلد/المنطقة/المدينة",
        "Country/ Region/City",
        "País/ región/ciudad",
        "Pays/ région/ville",
        "Страна/ регион/город",
        "国家/地区/城市",
    ),
    "aim": ("الغاية", "Aim", "Objetivo", "But", "Цель", "宗旨"),
    "partners": (
        "الشركاء الرئيسيون",
        "Key partners",
        "Socios principales",
        "Principaux partenaires",
        "Основные партнеры",
        "主要伙伴",
    ),
    "input": ("المساهمة", "Input", "Aportación", "Contribution", "Вклад", "提交意见"),
    "disposition": ("المآل", "What became of it", "Curso dado", "Suite donnée", "Результат рассмотрения", "处理结果"),
    "reason": ("السبب", "Reason", "Motivo", "Motif", "Обоснование", "理由"),
    "reflected": ("موضع الإدراج", "Reflected in", "Reflejado en", "Repris dans", "Отражено в", "反映于"),
    "answers": ("الردود", "Answers", "Respuestas", "Réponses", "Ответы", "答复"),
    "contributors": (
        "الجهات المساهمة",
        "Contributors",
        "Quienes contribuyeron",
        "Contributeurs",
        "Авторы материалов",
        "提交意见方",
    ),
    "not_all": (
        "هذا الملخص لا يحيط بكل ما قيل ولا يُلزم أحدا من المشاركين.",
        "This summary is not all-encompassing: it does not record everything that was said, "
        "and it binds no participant.",
        "Este resumen no es exhaustivo: no recoge todo lo que se dijo ni obliga a ningún participante.",
        "Le présent résumé n’est pas exhaustif : il ne rend pas compte de tout ce qui a été dit "
        "et n’engage aucun participant.",
        "Настоящее резюме не является исчерпывающим: в нем отражено не все сказанное, и оно никого не обязывает.",
        "本摘要并非详尽无遗，未载录全部发言内容，对任何与会者均无约束力。",
    ),
    "rule": (
        "القاعدة: {rule}",
        "The rule: {rule}",
        "La regla: {rule}",
        "La règle : {rule}",
        "Правило: {rule}",
        "规则：{rule}",
    ),
    "to": (
        "موجهة إلى: {addressee}",
        "To: {addressee}",
        "Para: {addressee}",
        "À : {addressee}",
        "Кому: {addressee}",
        "致：{addressee}",
    ),
    "no_input": (
        "لم تُقدَّم مساهمة هذه المرة",
        "No input this time",
        "Sin aportación esta vez",
        "Pas de contribution cette fois-ci",
        "На этот раз без вклада",
        "本次未提交意见",
    ),
}

_NAMES = {
    "ar": ("العربية", "Arabic", "árabe", "arabe", "арабский", "阿拉伯文"),
    "en": ("الإنكليزية", "English", "inglés", "anglais", "английский", "英文"),
    "es": ("الإسبانية", "Spanish", "español", "espagnol", "испанский", "西班牙文"),
    "fr": ("الفرنسية", "French", "francés", "français", "французский", "法文"),
    "ru": ("الروسية", "Russian", "ruso", "russe", "русский", "俄文"),
    "zh": ("الصينية", "Chinese", "chino", "chinois", "китайский", "中文"),
}
_JOIN = {"ar": "؛ ", "zh": "；"}


def word(key: str, language: str, /, **values: object) -> str:
    """A fixed word or line in a language (BCP 47; English where it is none of the six), with `values` put in."""
    return _WORDS[key][_place(language)].format(**values)


def language_name(code: str, language: str) -> str:
    """How `language` calls the language `code`; the code itself where it is none of the six."""
    names = _NAMES.get(code.split("-")[0].lower())
    return names[_place(language)] if names else code


def listing(items: tuple[str, ...], language: str) -> str:
    """Several items on one line, parted as the language parts them."""
    return _JOIN.get(language.split("-")[0].lower(), "; ").join(items)


def is_rtl(language: str) -> bool:
    """Whether papers in this language are set from right to left."""
    return language.split("-")[0].lower() in ("ar", "fa", "he", "ur")


def _place(language: str) -> int:
    code = language.split("-")[0].lower()
    return LANGUAGES.index(code) if code in LANGUAGES else LANGUAGES.index("en")
