"""How an application stands: what is typed so far, what is missing, and in which step."""

from dataclasses import dataclass
from datetime import date

from huizen.models import Municipality
from projects.application.content import content_of
from projects.application.facts import Facts, folded, read
from projects.application.parts import Part, Step, parts_of, values_of
from projects.application.rules import area_of, faults_in
from projects.models import Application, ApplicationFile
from projects.report_content import Content


@dataclass(frozen=True)
class Standing:
    """An application as it is now. `faults`: what stops it from being handed in, by the key of its field."""

    application: Application
    parts: list[Part]
    values: dict[str, str]
    facts: Facts
    faults: dict[str, str]
    files: list[ApplicationFile]

    @property
    def content(self) -> Content:
        """What would be frozen if it were handed in now."""
        return content_of(self.application, self.facts, self.files)

    def parts_in(self, step: Step) -> list[Part]:
        """The fields of one step."""
        return [part for part in self.parts if part.step == step]

    def faults_in(self, step: Step) -> list[tuple[Part, str]]:
        """What is missing in one step: the field, and the sentence."""
        return [(part, self.faults[part.key]) for part in self.parts_in(step) if part.key in self.faults]


def standing_of(application: Application, *, today: date) -> Standing:
    """Reads what a page or a version shows (three queries, whatever is filled in)."""
    parts = parts_of(application.call, application.draft)
    values = values_of(parts, application.draft)
    facts = read(application.call, values, known_places(today))
    faults = faults_in(parts, values, facts, application.call, area_of(application.call))
    return Standing(application, parts, values, facts, faults, files_of(application))


def files_of(application: Application) -> list[ApplicationFile]:
    """What goes with it when it is handed in, as it was added."""
    return list(application.files.filter(removed_at=None).order_by("pk"))


def known_places(today: date) -> dict[str, Municipality]:
    """The municipalities of today by the name that people type (one query)."""
    return {folded(place.name): place for place in Municipality.objects.on(today)}
