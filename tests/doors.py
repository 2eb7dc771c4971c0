"""A contract for import-linter: what belongs to one app alone."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Some rooms of every app are imported by modules of the same app alone.

    Args:
        rooms: their names, such as "views".
        openers: modules outside that may import them all the same: those that mount every app.
    """

    type_name = "doors"

    rooms = fields.SetField(subfield=fields.StringField())
    openers = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 - import-linter's
        found = [
            (importer, door)
            for door in sorted(graph.modules)
            if self._is_door(door)
            for importer in sorted(graph.find_modules_that_directly_import(door))
            if _app_of(importer) != _app_of(door) and importer not in self.openers  # type: ignore[operator]
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, door in check.metadata["found"]:
            output.print_error(f"{importer} may not import {door}.")

    def _is_door(self, module: str) -> bool:
        parts = module.split(".")
        return len(parts) > 2 and parts[2] in self.rooms  # type: ignore[operator]


def _app_of(module: str) -> str:
    return ".".join(module.split(".")[:2])
