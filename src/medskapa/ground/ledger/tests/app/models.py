"""A small lab with a thread of three stages and a loop, to try the ledger on."""

from django.db import models

from medskapa.ground.ledger.ids import new_public_id
from medskapa.ground.ledger.sealing import SealedText
from medskapa.ground.ledger.states import Stateful


class SmallLab(models.Model):
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)

    class Meta:
        app_label = "ledger_tests"

    @property
    def chain_key(self) -> str:
        return self.public_id


class OfLab(models.Model):
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    lab = models.ForeignKey(SmallLab, on_delete=models.CASCADE)

    class Meta:
        abstract = True
        app_label = "ledger_tests"

    def get_absolute_url(self) -> str:
        return f"/{self._meta.model_name}/{self.public_id}/"

    @property
    def chain_key(self) -> str:
        return self.lab.public_id


class Tale(Stateful, OfLab):
    MOVES = {"told": {"released", "withdrawn"}, "released": {"withdrawn"}}

    key = models.ForeignKey("ledger.DataKey", on_delete=models.PROTECT, null=True, db_constraint=False)  # real tables are truncated
    words = SealedText(max_length=200, null=True)
    title = SealedText(max_length=40, null=True)
    state = models.CharField(max_length=9, default="told")
    released_at = models.DateTimeField(null=True)

    class Meta(OfLab.Meta):
        pass


class Finding(OfLab):
    name = models.CharField(max_length=40, default="a finding")
    is_open = models.BooleanField(default=True)

    class Meta(OfLab.Meta):
        pass


class Bond(OfLab):
    tale = models.ForeignKey(Tale, on_delete=models.CASCADE)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE)

    class Meta(OfLab.Meta):
        pass


class Plan(OfLab):
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, null=True)
    before = models.ForeignKey("self", on_delete=models.CASCADE, null=True)
    name = models.CharField(max_length=40, default="a plan")

    class Meta(OfLab.Meta):
        pass


class AskedAgain(OfLab):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE)
    tale = models.ForeignKey(Tale, on_delete=models.CASCADE)

    class Meta(OfLab.Meta):
        pass


MODELS = (SmallLab, Tale, Finding, Bond, Plan, AskedAgain)
