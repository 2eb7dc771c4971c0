"""Chinese."""

from __future__ import annotations

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching

TEACHING = Teaching(
    objectives=(
        "说出{term}的意思",
        "用自己的话解释{term}",
    ),
    objectives_about=(
        "说明{title}的要点",
        "说出关于{title}应该知道的内容",
    ),
    objective_steps="完成{title}的步骤",
    will="学完本课，你能够：",
    glossary="词汇表",
    yesterday="昨日回顾：{prompt}",
    order="请按正确的顺序排列这些步骤。",
    order_of="请按正确的顺序排列这些步骤。{lead}",
    describe="哪一项描述的是{term}？",
    term="这里描述的是哪个术语？{text}",
    number="空白处应填哪个数字？{sentence}",
    word="空白处应填哪个词？{sentence}",
    goes_on="这个句子的后半部分是什么？{start}",
    is_true="这句话对吗？{sentence}",
    true="对",
    false="错",
    belongs="下列哪些属于这个列表？{lead}",
    cell="在{column}一列中，{row}对应的是哪一项？",
    why="{quote}（{place}）",
    actions=(
        "凭记忆写下{term}的意思，然后与课文对照。",
        "今天在身边找一个{term}的例子，用一句话写下来。",
        "用不到两分钟向别人或大声向自己解释{term}。",
    ),
    actions_about=(
        "凭记忆写三句关于{title}的话，然后与课文对照。",
        "选一件今天就能用上的关于{title}的内容，写下时间和地点。",
        "向别人或大声向自己说明{title}的要点。",
        "写下两个课文能回答的关于{title}的问题，明天早上作答。",
    ),
    steps="今天完成这些步骤，或在心里逐一过一遍：{title}",
)
