"""Japanese."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "{term}の意味を言える",
        "{term}を自分の言葉で説明できる",
        "{term}の例を挙げられる",
    ),
    objectives_about=(
        "{title}の要点を説明できる",
        "{title}を三つの文でまとめられる",
        "{title}についての質問に何も見ずに答えられる",
        "{title}をまだ読んでいない人に説明できる",
    ),
    objective_condition="{start}どうなるか、どうするかを言える",
    objective_steps="{title}の手順を実行できる",
    will="このレッスンの後、次のことができます。",
    glossary="用語集",
    yesterday="昨日の復習：{prompt}",
    order="手順を正しい順序に並べてください。",
    order_of="手順を正しい順序に並べてください。{lead}",
    describe="{term}の説明として正しいものはどれですか。",
    term="次の説明に当てはまる用語はどれですか。{text}",
    number="空欄に入る数はどれですか。{sentence}",
    word="空欄に入る語はどれですか。{sentence}",
    goes_on="次の文はどう続きますか。{start}",
    is_true="次の文は正しいですか。{sentence}",
    true="正しい",
    false="正しくない",
    belongs="次のリストに含まれるものはどれですか。{lead}",
    cell="{column}の列で{row}に当てはまるものはどれですか。",
    why="{quote}（{place}）",
    actions=(
        "{term}の意味を何も見ずに書き、レッスンと比べてください。",
        "{term}の例を今日身の回りで一つ見つけ、一文で書いてください。",
        "{term}を二分以内で誰かに、または声に出して説明してください。",
        "表に{term}、裏にその意味を書いたカードを作り、今夜自分を試してください。",
        "{term}とは何か、何ではないかを、それぞれ一文で書いてください。",
    ),
    actions_about=(
        "レッスンを閉じ、{title}について何も見ずに三つの文を書いてから、比べてください。",
        "{title}の要点を誰かに、または声に出して説明してください。",
        "レッスンが答えている{title}についての質問を二つ書き、明日の朝に答えてください。",
        "{title}を一枚の紙に描いてください。部分ごとに箱を置き、つながりを矢印で示します。",
        "{title}が自分の仕事や生活のどこで役立つか、一文で書いてください。",
        "{title}について、表に質問、裏に答えを書いたカードを三枚作り、今夜自分を試してください。",
    ),
    action_condition="次の場合にどうなるか、どうするかを何も見ずに書き、レッスンで確かめてください：{start}",
    steps="今日この手順を実行するか、頭の中で一つずつたどってください：{title}",
    turned=pairs(
        "必要があります/必要はありません, 自動的に/手動で, 以上/以下, 最大/最小, 増え/減り, 増加/減少, "
        "大きい/小さい, 大きな/小さな"
        ", 高い/低い, 高く/低く, 多い/少ない, 早い/遅い, 有効/無効, 長い/短い, 強い/弱い, "
        "新しい/古い, 内部/外部, 左/右"
    ),
    denied=pairs(
        "できます/できません, なります/なりません, されます/されません, 可能です/不可能です, 必要です/必要ありません"
    ),
    conditional=re.compile(
        r"^(?P<first>[^、。；：:]{4,60}(?:場合(?:は|には)?|とき(?:は|には)?|時(?:は|には)?|際(?:は|には)?|すると"
        r"|たら|なら|れば))、"
        r"(?P<second>[^。；：:]{6,90})[。！]$"
    ),
    causal=re.compile(r"^(?P<first>[^、。；：:]{6,60}(?:ため|ので))、(?P<second>[^。；：:]{6,90})[。！]$"),
    narrator=re.compile(r"私たち|我々|私は|本書|筆者"),
    vague=re.compile(
        r"かもしれ|でしょう|と思|いくつか|場合があり|ください|ましょう|たぶん|おそらく|次の|以下の|以下です|以上です|次に示"
    ),
    denies=re.compile(r"ない|ません|ず、|なく|だけ|しか"),
    event=re.compile(
        r"場合|とき|際に|たら|れば|ないで|ないように|仮定|この|その|これ|それ|上記|以下|次の|もう一度|再度|まず"
    ),
    points_on=re.compile(r"次の|次に|以下|上記|下記|ここ"),
)
