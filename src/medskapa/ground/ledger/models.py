"""What the ledger stores: chains of records, keys, kept answers, counts of attempts, and what the clock has started."""

from secrets import token_urlsafe

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from medskapa.ground.ledger.moment import now

CHAIN_KEY = 40  # characters: a lab's public id, or "installation"
SUBJECT = 100  # characters: a model's label and a public id


def new_key_id() -> str:
    """The id of a data key: always random, in the seeded demo, too, since the log of withdrawals knows keys by it."""
    return token_urlsafe(9)


class Chain(models.Model):
    """The head of one audit chain: this row is locked first by whoever adds to the chain."""

    key = models.CharField(max_length=CHAIN_KEY, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)


class Record(models.Model):
    """One line of an audit chain: who did what to what, when, and the hash of the line before. Never changed."""

    chain = models.CharField(max_length=CHAIN_KEY)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    roles = models.JSONField()
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=SUBJECT)
    about = models.JSONField()
    reading = models.BooleanField()
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["chain", "number"], name="record_once"),
            CheckConstraint(name="record_numbers_begin_at_one", condition=Q(number__gte=1)),
        ]
        indexes = [Index(fields=["subject", "number"], name="record_by_subject")]


class Reading(models.Model):
    """That a record tells of the reading of this subject: an index for those who ask who read their words."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="readings")
    subject = models.CharField(max_length=SUBJECT)

    class Meta:
        constraints = [UniqueConstraint(fields=["subject", "record"], name="reading_once")]


class WrappingKey(models.Model):
    """A lab's own key, wrapped by the master key; it wraps the data keys of that lab."""

    chain_key = models.CharField(max_length=CHAIN_KEY, unique=True)
    wrapped = models.BinaryField()


class DataKey(models.Model):
    """The key of one story, one pseudonym or one post. Once destroyed, what was sealed under it cannot be read by anybody."""

    public_id = models.CharField(max_length=12, unique=True, default=new_key_id, editable=False)
    chain_key = models.CharField(max_length=CHAIN_KEY, db_index=True)
    under = models.ForeignKey(WrappingKey, on_delete=models.PROTECT, related_name="data_keys")
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    cleaned_at = models.DateTimeField(null=True)  # when everything that was made with it had been cleaned up

    class Meta:
        constraints = [
            CheckConstraint(
                name="data_key_there_or_destroyed",
                condition=Q(wrapped__isnull=True, destroyed_at__isnull=False) | Q(wrapped__isnull=False, destroyed_at__isnull=True),
            ),
            CheckConstraint(name="data_key_cleaned_after_destroyed", condition=Q(cleaned_at__isnull=True) | Q(destroyed_at__isnull=False)),
        ]
        indexes = [
            Index(fields=["destroyed_at"], condition=Q(destroyed_at__isnull=False, cleaned_at__isnull=True), name="data_key_to_clean")
        ]


class Answer(models.Model):
    """The answer to a form that was sent, sealed under the form's own key, of which only a hash is here."""

    key_hash = models.CharField(max_length=64, unique=True)
    content_hash = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)  # empty while the answer is made, and when it is no longer kept
    at = models.DateTimeField(db_index=True, default=now)


class Spent(models.Model):
    """How often something was tried from one source since a moment. The source is a keyed hash that changes daily."""

    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["kind", "source"], name="spent_once")]


class Due(models.Model):
    """That something was begun or done in a period: a task by whichever clock came first, a mail; or that a clock or a worker lived."""

    task = models.CharField(max_length=120)
    period = models.DateTimeField(db_index=True)
    enqueued_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [UniqueConstraint(fields=["task", "period"], name="due_once")]
