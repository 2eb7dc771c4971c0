"""`momentum settings`: what an administrator may change, what is in force, and why."""

import argparse
import sys

from momentum.cli.refusal import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="list | set | unset")
    words.add_parser(
        "list", help="show every setting, its value and where that comes from (as without a word)"
    )
    change = words.add_parser("set", help="change a setting")
    change.add_argument("name", help="such as payments.premium_grace_days")
    change.add_argument("value")
    back = words.add_parser("unset", help="go back to the default")
    back.add_argument("name")


def main(options: argparse.Namespace) -> None:
    if options.word in {None, "list"}:
        sys.stdout.write(_list())
        return
    from momentum.site.actions import change_settings

    section, dot, field = options.name.partition(".")
    if not (section and dot and field):
        raise RefusedError(f"{options.name} is no setting. `momentum settings` lists them.")
    values = {field: options.value} if options.word == "set" else {}
    changed = change_settings(actor=None, section=section, values=values, unset=() if values else (field,))
    sys.stdout.write(f"{options.name} is {_said(getattr(changed, field))} now.\n")


def _list() -> str:
    from momentum.site.queries.current import current
    from momentum.site.queries.declared import sections

    lines = []
    for kind in sections().values():
        section = current(kind)
        lines.append(f"{section.title}")
        for field, setting in section.settings().items():
            source = section.locked.get(field) or section.sources[field]
            value = _said(getattr(section, field))
            lines.append(
                f"  {f'{section.name}.{field}':<31} {value:<27} {source:<29} {setting.label}".rstrip()
            )
            if field in section.unusable:
                lines.append(f"    WRONG: another value is stored, but it must be {section.unusable[field]}.")
    return "\n".join([*lines, ""])


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) or "(empty)"
