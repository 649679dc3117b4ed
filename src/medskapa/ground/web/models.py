"""What the design system itself keeps: how often each topic of the live pages has changed."""

from django.db import models


class Topic(models.Model):
    """Something that pages watch, such as `lab/<id>/day/<id>`. Its version grows with each change; it says no more."""

    name = models.CharField(max_length=120, unique=True)
    version = models.PositiveBigIntegerField(default=0)
