"""Arabic."""

from __future__ import annotations

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching

TEACHING = Teaching(
    objectives=(
        "أن تذكر معنى {term}",
        "أن تشرح {term} بكلماتك",
    ),
    objectives_about=(
        "أن تشرح أهم ما في {title}",
        "أن تذكر ما ينبغي معرفته عن {title}",
    ),
    objective_steps="أن تنفذ خطوات {title}",
    will="بعد هذا الدرس تستطيع:",
    glossary="المصطلحات",
    yesterday="من درس الأمس: {prompt}",
    order="رتّب الخطوات ترتيبًا صحيحًا.",
    order_of="رتّب الخطوات ترتيبًا صحيحًا. {lead}",
    describe="أي وصف يناسب {term}؟",
    term="أي مصطلح يوصف هنا؟ {text}",
    number="ما العدد الناقص؟ {sentence}",
    word="ما الكلمة الناقصة؟ {sentence}",
    goes_on="كيف تكتمل هذه الجملة؟ {start}",
    is_true="هل هذا صحيح؟ {sentence}",
    true="صحيح",
    false="خطأ",
    belongs="ما الذي ينتمي إلى هذه القائمة؟ {lead}",
    cell="ما الذي يقابل {row} في العمود {column}؟",
    why="{quote} ({place})",
    actions=(
        "اكتب من ذاكرتك معنى {term} ثم قارنه بالدرس.",
        "ابحث اليوم حولك عن مثال على {term} واكتبه في جملة.",
        "اشرح {term} لشخص ما أو لنفسك بصوت عالٍ في أقل من دقيقتين.",
    ),
    actions_about=(
        "اكتب من ذاكرتك ثلاث جمل عن {title} ثم قارنها بالدرس.",
        "اختر شيئًا عن {title} يمكنك استعماله اليوم واكتب متى وأين.",
        "اشرح لشخص ما أو لنفسك بصوت عالٍ أهم ما في {title}.",
        "اكتب سؤالين عن {title} يجيب عنهما الدرس وأجب عنهما صباح الغد.",
    ),
    steps="نفّذ هذه الخطوات اليوم أو استعرضها في ذهنك واحدة واحدة: {title}",
)
