"""Which pictures and which recording a story has; nothing is opened here."""

from django.db.models import QuerySet

from medskapa.stages.listening.models import Picture, Recording, Story


def pictures_of(story: Story) -> QuerySet[Picture]:
    """The pictures of a story that the reader may open already, without what is sealed in them. One SQL query."""
    return story.pictures.defer("sealed").order_by("pk")


def recording_of(story: Story) -> Recording | None:
    """The recording of a story that the reader may open already, without its sound. One SQL query."""
    return Recording.objects.filter(story=story).defer("sealed").first()
