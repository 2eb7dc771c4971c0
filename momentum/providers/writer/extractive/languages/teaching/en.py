"""English."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Say what {term} means",
        "Explain {term} in your own words",
    ),
    objectives_about=(
        "Explain what matters about {title}",
        "Say what there is to know about {title}",
    ),
    objective_steps="Carry out the steps of {title}",
    will="After this lesson you can:",
    glossary="Glossary",
    yesterday="From yesterday: {prompt}",
    order="Put the steps in the right order.",
    order_of="Put the steps in the right order. {lead}",
    describe="Which description fits {term}?",
    term="Which term is described here? {text}",
    number="Which number is missing? {sentence}",
    word="Which word is missing? {sentence}",
    goes_on="How does this sentence go on? {start}",
    is_true="Is this true? {sentence}",
    true="True",
    false="False",
    belongs="Which of these belong to this list? {lead}",
    cell="What belongs to {row} in the column {column}?",
    why="{quote} ({place})",
    actions=(
        "Write down from memory what {term} means, then compare it with the lesson.",
        "Think of one example of {term} from your own work or life, and write it down in a sentence.",
        "Explain {term} to somebody, or aloud to yourself, in less than two minutes.",
    ),
    actions_about=(
        "Write three sentences from memory about {title}, then compare them with the lesson.",
        "Choose one thing about {title} that you can use today, and write down when and where you will.",
        "Explain to somebody, or aloud to yourself, what matters about {title}.",
        "Write two questions about {title} that the lesson answers, and answer them tomorrow morning.",
    ),
    steps="Carry out these steps today, or go through them in your mind one by one: {title}",
    turned=pairs(
        "before/after, Before/After, more than/less than, at least/at most, always/never, "
        "increases/decreases, increase/decrease, rises/falls, rise/fall, higher/lower, larger/smaller, "
        "longer/shorter, above/below, warm/cold, strong/weak, high/low, dry/wet, summer/winter, "
        "morning/evening, north/south, left/right, inside/outside, early/late, "
        "open/closed, maximum/minimum, often/rarely, usually/rarely, faster/slower, can/cannot, "
        "must/must not, should/should not, old/new, large/small, long/short, "
        "heavy/light"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:If|When|Whenever|Unless|Once|As soon as|As long as) [^,;:]{8,120}),"
        r" (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(
        r"^(?P<first>[^,;:]{12,140}?),? (?:because|since)"
        r" (?P<second>(?:the|a|an|they|it|he|she|there|[a-z]+s)\b[^;:]{8,140})[.!]$"
    ),
    no_order=re.compile(
        r"^(?:Please )?(?:Note|Remember|Consider|Imagine|Suppose|Keep in mind|See|Refer|Assume)\b|"
        r"^Put (?:the other way|simply|another way|differently)"
        r"|^(?:Cool|Dry|Light|Water|Plant|Open|Clean|Cut|Cover|Mark"
        r"|Work|Warm|Store|Heat|Place|Set|Fix|Type|Name|Book"
        r"|Test|Report|Limit|List|Lock|Look|Measure|Plan|Record|Repeat|Use|Press|Label|Check|Change|Move|Note)s?"
        r" (?!(?:the|an?|your|each|every|all|it|them|at|for|in|on|into|out|up|down|this|that|these|any|one|two|three"
        r"|if|whether|how|what|where|which|who|with|before|only|as|no)\b)"
    ),
    narrator=re.compile(r"(?i)\b(?:we|our|us|I|my|me|later|let’s)\b"),
    definite=re.compile(r"(?i)\b(?:the|these|those|both|other)\s$"),
    no_term=re.compile(
        r"(?i)^(?:our|another|second|third|other|each|every|many|new|more|even|again|value|values|result|technically"
        r"|\w+ly|arguments?|default|usage)\b"
    ),
    denied=pairs("is/is not, are/are not"),
)
