"""Which pictures a story has; none is opened here."""

from django.db.models import QuerySet

from medskapa.stages.listening.models import Picture, Story


def pictures_of(story: Story) -> QuerySet[Picture]:
    """The pictures of a story that the reader may open already, without what is sealed in them. One SQL query."""
    return story.pictures.defer("sealed").order_by("pk")
