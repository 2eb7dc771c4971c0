"""English."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Say what {term} means",
        "Explain {term} in your own words",
        "Give an example of {term}",
    ),
    objectives_about=(
        "Explain what matters about {title}",
        "Sum up {title} in three sentences",
        "Answer questions about {title} from memory",
        "Describe {title} to somebody who has not read about it",
    ),
    objective_condition="Say what applies: {start}",
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
        "Make a card with {term} on the front and what it means on the back, and test yourself with it tonight.",
        "Write one sentence that says what {term} is, and one that says what it is not.",
    ),
    actions_about=(
        "Close the lesson, write three sentences about {title} from memory, then compare.",
        "Explain to somebody, or aloud to yourself, what matters about {title}.",
        "Write two questions about {title} that the lesson answers, and answer them tomorrow morning.",
        "Draw {title} on one sheet: a box for each part, and arrows for what leads to what.",
        "Write down in a sentence where {title} matters in your own work or life, or could.",
        (
            "Make three cards about {title}, a question on the front and the answer on the back, and test yourself "
            "tonight."
        ),
    ),
    action_condition="Write down from memory what applies in this case, then look it up in the lesson: {start}",
    steps="Carry out these steps today, or go through them in your mind one by one: {title}",
    turned=pairs(
        "before/after, Before/After, more than/less than, at least/at most, always/never, "
        "increases/decreases, increase/decrease, rises/falls, rise/fall, higher/lower, larger/smaller, "
        "longer/shorter, above/below, warm/cold, strong/weak, high/low, dry/wet, summer/winter, "
        "morning/evening, north/south, left/right, inside/outside, early/late, "
        "maximum/minimum, often/rarely, usually/rarely, faster/slower, "
        "large/small, long/short"
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
    denied=pairs("must/must not, can/cannot, should/should not, is/is not, are/are not"),
    vague=re.compile(
        r"(?i)\b(?:perhaps|maybe|may be|might|probably|some|sometimes|somewhat|several|many|there(?:’s| is| are)|of "
        r"course|keep"
        r" in mind|although|wonder\w*|likely)\b|^(?:You|Note|Please|Start|Take|Now|In general|Typically)\b"
    ),
    denies=re.compile(
        r"(?i)\b(?:no|not|never|nobody|nothing|none|nor|neither|without|hardly|cannot|only|unless|except|but)\b"
        r"|n[’']t\b"
    ),
    event=re.compile(
        r"(?i)\b(?:if|when|whenever|unless|until|once|within|in case|again|too|also|instead|accidents?|emergency"
        r"|errors?|fails?|otherwise|back|same|this|that|these|those|however|above|below)\b"
        r"|^(?:Please )?\w+ (?:out |up |off |on |at )?(?:the|it|them|all of)\b|\ball of (?:it|them)\b"
        r"|\(optional\)|^(?:Start|Continue|Go on|Assume|Suppose)\b"
    ),
    points_on=re.compile(r"(?i)\b(?:following|next section)\b|\bbelow(?:[.,;:!]|$)"),
)
