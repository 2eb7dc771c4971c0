"""Japanese."""

from __future__ import annotations

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching

TEACHING = Teaching(
    objectives=(
        "{term}の意味を言える",
        "{term}を自分の言葉で説明できる",
    ),
    objectives_about=(
        "{title}の要点を説明できる",
        "{title}について知っておくべきことを言える",
    ),
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
    ),
    actions_about=(
        "{title}について何も見ずに三つの文を書き、レッスンと比べてください。",
        "{title}について今日使えることを一つ選び、いつどこで使うかを書いてください。",
        "{title}の要点を誰かに、または声に出して説明してください。",
        "レッスンが答えている{title}についての質問を二つ書き、明日の朝に答えてください。",
    ),
    steps="今日この手順を実行するか、頭の中で一つずつたどってください：{title}",
)
