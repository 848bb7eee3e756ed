"""The fixed words of the record of a no-objection procedure, and of reservations on other papers, in the six languages."""

from .words import LANGUAGES

WORDS: dict[str, tuple[str, str, str, str, str, str]] = {
    # key: (ar, en, es, fr, ru, zh)
    "record": ("سجل إجراء عدم الاعتراض", "Record of the no-objection procedure", "Acta del procedimiento de no objeción", "Relevé de la procédure de non-objection", "Запись о процедуре отсутствия возражений", "无异议程序记录"),
    "text": ("النص", "The text", "El texto", "Le texte", "Текст", "文本"),
    "revision": ("الصيغة", "Revision", "Revisión", "Révision", "Редакция", "修订稿"),
    "hash": ("بصمة الصيغة", "Hash of the revision", "Huella de la revisión", "Empreinte de la révision", "Хеш редакции", "修订稿哈希值"),
    "body": ("الهيئة المعروض عليها النص", "Body asked", "Órgano consultado", "Organe consulté", "Запрошенный орган", "被征询机构"),
    "members": ("الأعضاء الذين كان بوسعهم الاعتراض", "Who could object", "Quiénes podían objetar", "Qui pouvait faire objection", "Кто мог возразить", "可提出异议者"),
    "rounds": ("الجولات", "Rounds", "Rondas", "Tours", "Раунды", "轮次"),
    "round": ("الجولة {number}", "Round {number}", "Ronda {number}", "Tour {number}", "Раунд {number}", "第{number}轮"),
    "begun": ("البداية", "Begun", "Inicio", "Début", "Начало", "开始"),
    "ends": ("النهاية", "End", "Fin", "Fin", "Окончание", "结束"),
    "outcome": ("النتيجة", "Outcome", "Resultado", "Issue", "Итог", "结果"),
    "passed": ("لم يعترض أحد قبل لحظة انتهاء المهلة.", "Nobody objected before the instant at which the silence ended.", "Nadie objetó antes del instante en que terminó el plazo.", "Personne n’a fait objection avant l’instant où le délai a pris fin.", "До момента окончания срока никто не возразил.", "在期限届满的时刻之前，无人提出异议。"),
    "broken": ("أُبديت اعتراضات، وعاد النص إلى من صاغوه.", "Objections were raised. The text went back to its drafters.", "Se plantearon objeciones. El texto volvió a sus redactores.", "Des objections ont été formulées. Le texte est retourné à ses rédacteurs.", "Были высказаны возражения. Текст возвращен составителям.", "有异议提出，文本已退回起草者。"),
    "running": ("المهلة جارية.", "The silence is running.", "El plazo está en curso.", "Le délai court.", "Срок идет.", "期限尚在进行。"),
    "objections": ("الاعتراضات", "Objections", "Objeciones", "Objections", "Возражения", "异议"),
    "known_inside": ("تعرف الهيئة المعروض عليها النص ومن صاغوه مَن اعترض وعلامَ.", "Who objected, and to what, is known to the body that was asked and to the text’s drafters.", "Quién objetó, y a qué, lo saben el órgano consultado y los redactores del texto.", "Qui a fait objection, et à quoi, est connu de l’organe consulté et des rédacteurs du texte.", "Кто и против чего возразил, известно запрошенному органу и составителям текста.", "何方提出异议以及针对何处，由被征询机构和文本起草者知悉。"),
    "member_passage": ("العضو والموضع", "Member and passage", "Miembro y pasaje", "Membre et passage", "Член и место в тексте", "成员与段落"),
    "reason_wording": ("السبب والصياغة المقترحة", "Reason and proposed wording", "Motivo y redacción propuesta", "Motif et libellé proposé", "Обоснование и предлагаемая формулировка", "理由与建议措辞"),
    "proposed": ("الصياغة المقترحة: {words}", "Proposed: {words}", "Propuesta: {words}", "Libellé proposé : {words}", "Предлагается: {words}", "建议措辞：{words}"),
    "answer": ("الرد", "Answer", "Respuesta", "Réponse", "Ответ", "答复"),
    "whole": ("النص كله", "The whole text", "Todo el texto", "Le texte entier", "Весь текст", "全文"),
    "paragraph": ("الفقرة {number}", "Paragraph {number}", "Párrafo {number}", "Paragraphe {number}", "Пункт {number}", "第{number}段"),
    "taken_up": ("أُخذ به", "Taken up", "Recogida", "Prise en compte", "Учтено", "已采纳"),
    "taken_up_in_part": ("أُخذ به جزئيا", "Taken up in part", "Recogida en parte", "Prise en compte en partie", "Учтено частично", "部分采纳"),
    "withdrawn": ("سُحب", "Withdrawn by the member", "Retirada por el miembro", "Retirée par le membre", "Снято членом", "成员撤回"),
    "explained": ("شُرح", "Explained", "Explicada", "Expliquée", "Дано разъяснение", "已作说明"),
    "no_answer": ("لا رد بعد", "No answer yet", "Sin respuesta todavía", "Pas encore de réponse", "Ответа пока нет", "尚未答复"),
    "more_time": ("تمديد المهلة", "More time", "Prórroga", "Prolongation", "Продление", "延期"),
    "until": ("{to} (بدلا من {was})", "{to} (instead of {was})", "{to} (en lugar de {was})", "{to} (au lieu de {was})", "{to} (вместо {was})", "{to}（原为{was}）"),
    "changes": ("ما تغيّر منذ الجولة {number}", "What changed since round {number}", "Qué cambió desde la ronda {number}", "Ce qui a changé depuis le tour {number}", "Что изменилось после раунда {number}", "自第{number}轮以来的改动"),
    "legend": ("الكلمات المضافة بخط ثخين، والكلمات المحذوفة مشطوبة وبين [معقوفتين].", "Words put in stand in bold; words taken out are struck through, in [square brackets].", "Lo añadido figura en negrita; lo suprimido, tachado y entre [corchetes].", "Les mots ajoutés sont en gras ; les mots supprimés sont barrés, entre [crochets].", "Добавленные слова набраны полужирным шрифтом, исключенные зачеркнуты и стоят в [квадратных скобках].", "增补文字为粗体；删去文字加删除线并置于[方括号]内。"),
    "nothing_changed": ("لم يتغير شيء في النص.", "Nothing in the text changed.", "Nada cambió en el texto.", "Rien n’a changé dans le texte.", "В тексте ничего не изменилось.", "文本没有改动。"),
    "stayed": ("فقرات لم تتغير: {list}", "Paragraphs that stand unchanged: {list}", "Párrafos sin cambios: {list}", "Paragraphes inchangés : {list}", "Пункты без изменений: {list}", "未改动的段落：{list}"),
    "new": ("{place}، جديدة", "{place}, new", "{place}, nuevo", "{place}, nouveau", "{place}, новый", "{place}，新增"),
    "gone": ("{place}، سُحبت", "{place}, withdrawn", "{place}, retirado", "{place}, retiré", "{place}, снят", "{place}，撤出"),
    "renumbered": ("{place} (كانت {was})", "{place} (was {was})", "{place} (era {was})", "{place} (ancien {was})", "{place} (бывший {was})", "{place}（原第{was}段）"),
    "unnumbered": ("فقرة غير مرقمة", "A paragraph without a number", "Un párrafo sin número", "Un paragraphe sans numéro", "Пункт без номера", "未编号段落"),
    "recommendation": ("توصية", "A recommendation", "Una recomendación", "Une recommandation", "Рекомендация", "一项建议"),
    "weight": ("كلمات الوزن: {words}", "Weight words: {words}", "Palabras de peso: {words}", "Mots de pondération : {words}", "Слова веса: {words}", "分量用语：{words}"),
    "reservations": ("التحفظات", "Reservations", "Reservas", "Réserves", "Оговорки", "保留"),
    "reserved": ("أبدت {organisation} تحفظا على الفقرة {paragraph}: {reason}", "{organisation} placed a reservation on paragraph {paragraph}: {reason}", "{organisation} formuló una reserva sobre el párrafo {paragraph}: {reason}", "{organisation} a formulé une réserve sur le paragraphe {paragraph} : {reason}", "{organisation}: оговорка к пункту {paragraph}: {reason}", "{organisation}对第{paragraph}段提出保留：{reason}"),
    "reserved_whole": ("أبدت {organisation} تحفظا على النص كله: {reason}", "{organisation} placed a reservation on the text as a whole: {reason}", "{organisation} formuló una reserva sobre el texto en su conjunto: {reason}", "{organisation} a formulé une réserve sur l’ensemble du texte : {reason}", "{organisation}: оговорка ко всему тексту: {reason}", "{organisation}对全文提出保留：{reason}"),
    "what_it_is": (
        "يبيّن هذا السجل ما جرى ومتى. ولا يُحتسب صمت أحد: فالنص يثبت لأن أحدا لم يعترض عليه.",
        "This record tells what happened and when. Nobody’s silence is counted: a text stands because nobody objected to it.",
        "Esta acta cuenta qué ocurrió y cuándo. El silencio de nadie se computa: un texto queda en pie porque nadie lo objetó.",
        "Le présent relevé dit ce qui s’est passé et quand. Le silence de personne n’est compté : un texte tient parce que nul n’y a fait objection.",
        "В этой записи сказано, что и когда произошло. Ничье молчание не подсчитывается: текст остается в силе, поскольку никто против него не возразил.",
        "本记录载明经过与时间。沉默不作计数：文本得以成立，是因为无人提出异议。",
    ),
}  # fmt: skip


def said(key: str, language: str, /, **values: object) -> str:
    """A fixed word or line in a language (BCP 47; English where it is none of the six), with `values` put in."""
    code = language.split("-")[0].lower()
    return WORDS[key][LANGUAGES.index(code if code in LANGUAGES else "en")].format(**values)
