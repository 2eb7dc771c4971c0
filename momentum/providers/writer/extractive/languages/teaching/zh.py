"""Chinese."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "说出{term}的意思",
        "用自己的话解释{term}",
        "举一个{term}的例子",
    ),
    objectives_about=(
        "说明{title}的要点",
        "用三句话概括{title}",
        "凭记忆回答关于{title}的问题",
        "向没有读过的人介绍{title}",
    ),
    objective_condition="说出{start}会怎样或该怎么做",
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
        "做一张卡片，正面写{term}，背面写它的意思，今晚用它考考自己。",
        "用一句话写出{term}是什么，再用一句话写出它不是什么。",
    ),
    actions_about=(
        "合上课文，凭记忆写三句关于{title}的话，然后对照。",
        "向别人或大声向自己说明{title}的要点。",
        "写下两个课文能回答的关于{title}的问题，明天早上作答。",
        "在一张纸上画出{title}：每个部分画一个方框，用箭头表示先后和因果。",
        "用一句话写下{title}在你的工作或生活中哪里有用，或可能有用。",
        "做三张关于{title}的卡片，正面写问题，背面写答案，今晚考考自己。",
    ),
    action_condition="凭记忆写下在这种情况下会怎样或该怎么做，然后查对课文：{start}",
    steps="今天完成这些步骤，或在心里逐一过一遍：{title}",
    turned=pairs(
        "之前/之后, 以上/以下, 自动/手动, 增加/减少, 增大/减小, 最大/最小, 最多/最少, 至少/至多, 提高/降低, "
        "上升/下降, 打开/关闭"
        ", 启用/禁用, 总是/很少, 经常/很少, 容易/困难, 相同/不同, 内部/外部, 较大/较小, 较高/较低, 更多/更少, "
        "更快/更慢, 新的/旧的"
    ),
    denied=pairs("必须/不必, 可以/不可以, 需要/不需要, 支持/不支持, 包含/不包含, 能够/不能"),
    conditional=re.compile(
        r"^(?P<first>(?:如果|若|当|只要|一旦|除非|要想?)[^，。；：]{4,60})，(?P<second>[^；：。]{6,90})[。！]$"
    ),
    causal=re.compile(r"^(?P<first>(?:因为|由于)[^，。；：]{4,60})，(?P<second>[^；：。]{6,90})[。！]$"),
    narrator=re.compile(r"我们|我的|我认为|本手册|本书|本章"),
    vague=re.compile(r"可能|也许|或许|大概|一些|有时|通常|一般|如下|以下是|请|您可以"),
    denies=re.compile(r"[不没无非]|只有|除了|未"),
    event=re.compile(r"如果|若|当|时候|这|那|其|该|以下|如下|再次|重新|出错|错误|事故|假设|^(?!请)|有关"),
    points_on=re.compile(r"(?:下面|上面)(?:的|所|列|是|介绍|内容)|以下|下列|上述|下一|这里|如下"),
)
