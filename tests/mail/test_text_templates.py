"""The language of edited mails: what it says, what it refuses and why, and that nothing gets out of it."""

import pytest

from momentum.mail.domain.text_templates import MOST_MADE, TextFaultError, fault_words, problems, rendered

KNOWN = {"name", "lesson", "course"}
ONLY = "Only variables such as {{ name }} and conditions such as {% if name %} … {% endif %} can be used."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hello {{ name }}!", "Hello Lea!"),
        ("{{name}}{{ name }}", "LeaLea"),
        ("{% if lesson %}Today: {{ lesson }}{% else %}Nothing today{% endif %}", "Nothing today"),
        ("{% if lesson %}a{% elif name %}b{% else %}c{% endif %}", "b"),
        ("{% if not lesson %}free{% endif %}", "free"),
        ("{% if name %}{% if not lesson %}both{% endif %}{% endif %}", "both"),
        ("One\n{% if name %}\nTwo\n{% endif %}\nThree", "One\nTwo\nThree"),
        (
            "100 % of {curly} } }} 日本語 👩\u200d💻 \u200fعربى",
            "100 % of {curly} } }} 日本語 👩\u200d💻 \u200fعربى",
        ),
        ("<b>{{ course }}</b>", "<b>Fish & <i>ships</i> {{ name }} {% if %}</b>"),
    ],
)
def test_what_a_template_says(source: str, text: str) -> None:
    values = {"name": "Lea", "lesson": "", "course": "Fish & <i>ships</i>\r\n{{ name }}   {% if %}"}

    assert problems(source, KNOWN) == []
    assert rendered(source, values) == text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Hi\nHello {{ nmae }}", "Line 2: There is no variable “nmae”. Did you mean “name”?"),
        ("{% if Lesson %}x{% endif %}", "Line 1: There is no variable “Lesson”. Did you mean “lesson”?"),
        ("{{ zzz }}", "Line 1: There is no variable “zzz”."),
        ("a\nb\n{{ name", "Line 3: “{{” isn’t closed with “}}”."),
        ("{% if name", "Line 1: “{%” isn’t closed with “%}”."),
        ("\n{% if name %}x", "Line 2: “if” isn’t closed with “{% endif %}”."),
        ("x{% endif %}", "Line 1: “endif” has no “if” before it."),
        ("{% if name %}{% else %}{% else %}{% endif %}", "Line 1: “else” has no “if” before it."),
        ("{% if name %}{% else %}{% elif name %}{% endif %}", "Line 1: “elif” has no “if” before it."),
        ("{% if name %}" * 6 + "{% endif %}" * 6, "Line 1: There are too many conditions inside each other."),
        ("a\x00b", "There is a character that can’t be shown."),
        ("a\x1b[31mb", "There is a character that can’t be shown."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(source: str, said: str) -> None:
    assert problems(source, KNOWN) == [said]


ATTACKS = [
    "{{ name.__class__ }}",
    "{{ name.__class__.__mro__[1].__subclasses__() }}",
    "{{ name['__class__'] }}",
    "{{ ''.__class__ }}",
    "{{ name|upper }}",
    "{{ name|attr('__class__') }}",
    "{{ name|center(10000000) }}",
    "{{ 'x' * 100000000 }}",
    "{{ name ~ name }}",
    "{{ name() }}",
    "{{ name.format(name) }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ [name] }}",
    "{{ {'a': name} }}",
    "{{ name if name else name }}",
    "{{ -name }}",
    "{{ 7 }}",
    "{{ 'text' }}",
    "{{ }}",
    "{{ {{ name }} }}",
    "{% %}",
    "{% for x in name %}{{ x }}{% endfor %}",
    "{% for x in range(10**9) %}a{% endfor %}",
    "{% while name %}{% endwhile %}",
    "{% set name = 1 %}",
    "{% include 'panel/home.html' %}",
    "{% import 'panel/home.html' as x %}",
    "{% extends 'layouts/base.html' %}",
    "{% block x %}{% endblock %}",
    "{% macro name() %}{% endmacro %}",
    "{% call name() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% raw %}{{ name }}{% endraw %}",
    "{% trans %}x{% endtrans %}",
    "{% if name.x %}{% endif %}",
    "{% if name == name %}{% endif %}",
    "{% if name and lesson %}{% endif %}",
    "{% if name is defined %}{% endif %}",
    "{% if name %}{% elif name|length > 1 %}{% endif %}",
    "{% if not not name %}{% endif %}",
    "{% if (name) %}{% endif %}",
    "{% else name %}",
    "{# name #}",
    "{# name",
    "{{ # }}",
    "{{ name ` }}",
    "{{ name ]}}",
    "{{ 'name }}",
]


@pytest.mark.parametrize("source", ATTACKS)
def test_nothing_but_variables_and_conditions_can_be_written(source: str) -> None:
    said = problems(source, KNOWN)

    assert said
    assert all(sentence.startswith("Line 1: ") for sentence in said)
    with pytest.raises(TextFaultError, match="unreadable"):
        rendered(source, {"name": "Lea"})


@pytest.mark.parametrize(
    "name", ["self", "loop", "__class__", "range", "lipsum", "cycler", "none", "ｎame", "nаme"]
)
def test_names_that_jinja_knows_or_that_look_alike_are_no_variables(name: str) -> None:
    source = "{{ " + name + " }}"

    assert "There is no variable" in problems(source, KNOWN)[0]
    with pytest.raises(TextFaultError):
        rendered(source, {"name": "Lea"})


@pytest.mark.parametrize(
    "source",
    [
        "{{ " + "(" * 5_000 + "name" + ")" * 5_000 + " }}",
        "{% if name %}" * 800,
        "{{ name" + ".a" * 5_000 + "}}",
        "{" * 10_000,
    ],
)
def test_ten_thousand_characters_of_anything_are_answered(source: str) -> None:
    assert problems(source, KNOWN)
    with pytest.raises(TextFaultError, match="unreadable"):
        rendered(source, {"name": "Lea"})


def test_what_a_mail_lacks_can_be_asked_for_but_not_said() -> None:
    assert rendered("Hi{% if lesson %}, {{ lesson }}{% endif %}.", {}) == "Hi."

    with pytest.raises(TextFaultError) as missing:
        rendered("Hi {{ lesson }}.", {"name": "Lea"})

    assert missing.value.code == "missing:lesson"
    assert fault_words(missing.value.code) == "There was no value for “lesson”."


def test_a_text_that_comes_out_empty_or_too_long_is_not_used() -> None:
    with pytest.raises(TextFaultError, match="empty"):
        rendered("{% if lesson %}x{% endif %} {{ name }}", {"name": " \n "})
    with pytest.raises(TextFaultError, match="too_long"):
        rendered("{{ name }}" * 30, {"name": "x" * 10_000})

    assert len(rendered("{{ name }}", {"name": "x" * 10_000})) < MOST_MADE
