"""Japanese."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.language import Language, Phrases, Signs

PHRASES = Phrases(
    page="{page}ページ",
    pages="{first}〜{last}ページ",
    units={
        "slide": ("スライド{page}", "スライド{first}〜{last}"),
        "chapter": ("{page}の章", "{first}〜{last}の章"),
        "section": ("{page}の節", "{first}〜{last}の節"),
        "part": ("パート{page}", "パート{first}〜{last}"),
        "line": ("{page}行目", "{first}〜{last}行目"),
        "minute": ("{page}分", "{first}〜{last}分"),
    },
    of="『{name}』の{place}",
    of_source="資料の{place}",
    the_source="資料",
    joiner="と",
    heavy_joiner="、および",
    more="ほか",
    comma="、",
    colon="：",
    stop="。",
    part="{title}(その{number})",
    first_title="資料のはじめの部分",
    next_title="資料の続き",
    recap="ふりかえり",
    recap_summary="各日の大切な文をまとめました。",
    outcome="{title}を自分の言葉で説明できる",
    summary_one="{names}による短いレッスン：{subjects}。",
    summary="{names}による{count}日間の短いレッスン。{subjects}などを扱います。",
    size_one="『{name}』(1ページ)",
    size="『{name}』({count}ページ)",
    through_one="このコースでは、{sizes}を1日で学びます。",
    through="このコースでは、{sizes}を{count}日間で学びます。",
    quotes_source="どのレッスンも資料の文をそのまま使い、ページを示すので、続きを資料で読むことができます。",
    span="{first}から始まり、{last}で終わります。",
    each_day="毎日、読むもの、実行すること、理解を確かめる問題があります。",
)

_REFERRED = (
    r"(?:第?\s?\d+(?:\.\d+)*\s?(?:章|節|項|部)|(?:図|表|付録|式)\s?[\dA-Z]+(?:[.\-]\d+)*|\d+\s?ページ)"
)

SIGNS = Signs(
    points_away=re.compile(
        rf"{_REFERRED}|参照|(?:上記|下記|前述|後述|上述|以下)の|次の(?:章|節|項|図|表|例|とおり)|前(?:章|節|項)|\[\d{{1,3}}\]"
    ),
    asides=re.compile(
        rf"[（(][^（()）]{{0,20}}{_REFERRED}[^（()）]{{0,20}}[)）]|[（(][^（()）]{{1,30}}(?:参照|を参照のこと)[)）]"
    ),
    pointer=re.compile(
        r"^(?:詳細|詳しく|詳しい|さらに詳しい|くわしく)[^。]{0,60}(?:参照|ご覧|見て|読んで)[^。]{0,20}。?$"
        rf"|^[^。]{{0,30}}{_REFERRED}[^。]{{0,20}}(?:参照|ご覧|見て)[^。]{{0,20}}。?$"
        r"|^(?:この|本|次の)(?:章|節|項|文書)では、?[^。]{0,80}(?:説明|紹介|解説|扱)[^。]{0,12}。?$"
    ),
    leans_back=re.compile(
        r"^(?:これ|それ|あれ|ここ|そこ|この|その|あの|こう|そう|また|しかし|ただし|だが|そして|そのため|したがって|よって|さらに"
        r"|なお|つまり|すなわち|例えば|たとえば|一方|次に|それから|同様に|彼|彼女|同じく|とはいえ|もっとも|ゆえに|ところが)"
    ),
    order=re.compile(
        r"^(?!.*(?:ないでください|でしょうか)).{4,80}(?:してください|しましょう|しなさい|ください)。?$"
    ),
    sequence=re.compile(r"^(?:まず|はじめに|最初に|次に|つぎに|続いて|それから|その後|最後に)"),
    condition=re.compile(r"^(?:もし|.{1,20}(?:場合|とき)は?、)"),
    # A noun is said to be another noun: "... is important" and "... should be used" say what it is like, or what to do.
    defines=re.compile(
        r"^(?P<term>[一-龯々ァ-ヶーA-Za-z0-9 ()（）の・-]{2,20})(?P<verb>とは|は)、?"
        r"(?P<rest>(?![^。]*(?:重要|有効|無効|必要|可能|便利|有用|最適|簡単|困難|危険|安全|同じ|十分|充分|デフォルト)(?:です|である)。)"
        r"[^。：:]{6,110}(?:[一-龯々ァ-ヶーA-Za-z)）]|もの|こと)(?:です|である)。)$"
    ),
    no_term=re.compile(
        r"^(?:これ|それ|この|その|ここ|そこ|私|我々|あなた|彼|次|以下|目的|理由|問題|例|何故|なぜ|大抵|ほとんど|多く|注意|ティップ|現在|一つ|最初|最後|最も|違い)"
        r"|(?:に|で|と|へ|を|も|ば|て|の|から|まで|ため|場合|とき|時|こと|もの|後|前|際|なら|より|として|番目の引数)$"
    ),
    weighty=re.compile(r"必要|重要|必ず|なければなりません|べき|ため|原因|主な"),
    example=re.compile(r"例えば|たとえば|など"),
    label=re.compile(r"^(?:注意|警告|注記|注|重要|ヒント|備考|参考)[：:]\s*"),
    generic=re.compile(
        r"^(?:概要|はじめに|序論|導入|説明|背景|定義|まとめ|結論|例|目的|範囲|注意|詳細|一般|基本|方法|結果|要件)$"
    ),
)

LANGUAGE = Language(
    code="ja",
    quotes=("「", "」"),
    common=frozenset(),
    phrases=PHRASES,
    signs=SIGNS,
    sentence_end=re.compile(r"(?<=[。！？!?])(?![」』）)”’、。！？])\s*"),
    script=re.compile("[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff々〆]"),
    has_spaces=False,
)
