"""The telling on one page: everything is asked at once, and nothing depends on what was answered before."""

from typing import Any

from django.http import QueryDict

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.stages.listening.forms.telling import NOT_SAID, Files, TellForm, read_back_field
from medskapa.stages.listening.models import PartnerLink, Reach


class WholeForm(TellForm):
    """All that a telling asks but voice and pictures, which take more than one page of fields."""

    def __init__(
        self, data: QueryDict | None, *, lab: Lab, teller: Pseudonym | None, partner: PartnerLink | None = None, files: Files | None = None
    ) -> None:
        super().__init__(data, lab=lab, teller=teller, partner=partner, files=files)
        for name in ("pictures", "recording", "keeps_sound"):
            del self.fields[name]
        self.fields["read_back"] = read_back_field()
        self.fields["read_back"].required = False  # only of what somebody else wrote, which is asked on the same page

    def narrow(self, limit: str = Reach.PUBLIC_NAMED) -> None:
        """Offer everything: who must not read it is asked on the same page, and what would go too far is taken as far as it may."""

    def clean(self) -> dict[str, Any]:
        """Whether it was read back has to be said of what somebody else wrote, and of nothing else."""
        cleaned = super().clean()
        if not self.is_helped:
            return {**cleaned, "read_back": ""}
        if not cleaned.get("read_back") and "read_back" not in self.errors:
            self.add_error("read_back", NOT_SAID)
        return cleaned
