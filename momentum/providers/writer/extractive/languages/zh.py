"""Chinese, in simplified characters."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.language import Language, Phrases, Signs

PHRASES = Phrases(
    page="第{page}页",
    pages="第{first}至{last}页",
    units={
        "slide": ("幻灯片{page}", "幻灯片{first}至{last}"),
        "chapter": ("章节{page}", "章节{first}至{last}"),
        "section": ("小节{page}", "小节{first}至{last}"),
        "part": ("第{page}部分", "第{first}至{last}部分"),
        "line": ("第{page}行", "第{first}至{last}行"),
        "minute": ("第{page}分钟", "第{first}至{last}分钟"),
    },
    of="《{name}》{place}",
    of_source="资料{place}",
    the_source="资料",
    joiner="和",
    heavy_joiner="，以及",
    more="其他内容",
    comma="、",
    colon="：",
    stop="。",
    part="{title}（之{number}）",
    first_title="资料的开头",
    next_title="资料的后续内容",
    recap="回顾",
    recap_summary="每一天最重要的句子。",
    outcome="用自己的话解释{title}",
    summary_one="来自{names}的一节短课：{subjects}。",
    summary="来自{names}的{count}节短课，内容包括{subjects}。",
    size_one="《{name}》（1页）",
    size="《{name}》（{count}页）",
    through_one="本课程用一天时间带您学习{sizes}。",
    through="本课程用{count}天时间带您学习{sizes}。",
    quotes_source="每一课都逐字采用资料原文并注明页码，方便您继续阅读。",
    span="课程从{first}开始，到{last}结束。",
    each_day="每天都有要读的内容、要做的事情和几道自测题。",
)

_REFERRED = (
    r"(?:第?\s?[\d一二三四五六七八九十]+(?:\.\d+)*\s?(?:章|节|節|部分)"
    r"|(?:图|圖|表|附录|附錄|式)\s?[\dA-Z]+(?:[.\-]\d+)*|第\s?\d+\s?[页頁])"
)

SIGNS = Signs(
    points_away=re.compile(
        rf"{_REFERRED}|参见|参阅|參見|详见|(?:上述|下述|上文|下文|前文|如上|如下)|下一(?:章|节)|上一(?:章|节)|\[\d{{1,3}}\]"
    ),
    asides=re.compile(
        rf"[（(](?:请|請)?(?:见|見|参见|參見|参阅|详见|參閱)[^（()）]{{1,30}}[)）]|[（(]{_REFERRED}[)）]|，如{_REFERRED}所(?:示|述)(?=[，。；])"
    ),
    pointer=re.compile(
        r"^(?:有关|关于|如需|更多|欲知)[^。]{0,60}(?:请|可)?(?:参见|参阅|参考|查看|详见|访问)[^。]{0,50}。?$"
        r"|^(?:提示|注意)?(?:请|請)?(?:参见|參見|参阅|参考|查看|详见|见)[^。]{1,60}。?$"
        r"|^(?:本|下一?)(?:章|节|文档|手册)(?:将|主要)?(?:介绍|描述|讲述|说明|讨论|解释)[^。]{0,80}。?$"
    ),
    leans_back=re.compile(
        r"^(?:这|那|它|他|她|其|此|该|因此|所以|但是|但|然而|不过|而且|并且|此外|另外|同时|于是|例如|比如|也就是说|换句话说"
        r"|同样|相反|否则|然后|接着|其中|这样|由此|因而|可是)"
    ),
    order=re.compile(r"^(?:请|先|首先|然后|接着|再|最后)(?!求|问|假)[^。？]{3,60}。?$"),
    sequence=re.compile(r"^(?:首先|第一步?|先|其次|然后|接着|再|随后|最后)"),
    condition=re.compile(r"^(?:如果|若|当|除非|一旦|只要)"),
    # A noun is said to be one of a kind: what follows other words is as often a clause.
    defines=re.compile(
        r"^(?P<term>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9 /+.-]{1,14})(?P<verb>是指|指的是|是)"
        r"(?P<rest>(?:(?<=指)|(?<=指的是)|一[种个款类组套份项台束张本])[^。：:]{6,100}。)$"
    ),
    no_term=re.compile(
        r"^(?:这|那|它|他|她|其|此|该|我|你|您|下|上|在|如果|目的|原因|问题|例子|结果|重要|因为|所以|但|通常|一般|另|也|即|以|由|从|每|所|各|任|最|一|不|无|虽|而|并|就|还)"
        r"|(?:的|不|也|都|就|可能|还|只|仍|时|中|里|后|前|总|将|应该|本质上|实际上|会|它|这)$|的"
    ),
    weighty=re.compile(r"必须|应该|重要|关键|因为|一定|不要|需要|主要"),
    example=re.compile(r"例如|比如|譬如"),
    label=re.compile(r"^(?:注意|警告|提示|备注|注|重要|小心)[：:]\s*"),
    generic=re.compile(
        r"^(?:概述|简介|介绍|引言|导言|说明|背景|定义|总结|小结|结论|例子|示例|目的|范围|注意|详情|基础|方法|结果|要求)$"
    ),
)

LANGUAGE = Language(
    code="zh",
    quotes=("“", "”"),
    common=frozenset(),
    phrases=PHRASES,
    signs=SIGNS,
    sentence_end=re.compile(
        r"(?<=[。！？!?])(?![」』）)”’、。！？])\s*|(?<=[。！？][」』”’])(?![，、。])\s*"
    ),
    script=re.compile("[\u3400-\u9fff\uf900-\ufaff]"),
    has_spaces=False,
)
