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
    why="{quote} ({place})",
    actions=(
        "Write down from memory what {term} means, then compare it with the lesson.",
        "Find one example of {term} around you today and write it down in a sentence.",
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
        "longer/shorter, above/below, warm/cold, hot/cold, strong/weak, high/low, dry/wet, summer/winter, "
        "morning/evening, north/south, left/right, inside/outside, early/late, most/few, many/few, "
        "open/closed, maximum/minimum, often/rarely, usually/rarely, faster/slower, can/cannot, "
        "must/must not, should/should not, is/is not, are/are not, old/new, large/small, long/short, "
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
)
