"""What can be found: made from the catalogue by `momentum.search.actions`, and made anew from it at any time."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Category, Course, Lesson
from momentum.learning.models import Progress
from momentum.learning.permissions import open_lessons


class Unpacked(models.Func):
    """A vector as it is, at the price of reading it from where long values lie."""

    function = "search_unpacked"
    output_field = SearchVectorField()


def _weighing(weights: str) -> Unpacked:
    return Unpacked(models.Func("head", models.Value(weights), function="ts_filter"))


class FacetGroup(models.Model):
    """A combination of facets that courses have: results are counted by it, and narrowed to some of them."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="+", db_index=False)
    days = models.PositiveSmallIntegerField()
    offer = models.CharField(max_length=12)
    level = models.CharField(max_length=12)
    language = models.CharField(max_length=12)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["category", "days", "offer", "level", "language"], name="search_kind_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.category_id}, {self.days}, {self.offer}, {self.level}, {self.language}"


class Document(models.Model):
    """A published course as search sees it.

    Counting reads every row that matches, thousands for a common word, so rows are short: what is long (`words`,
    `head`, `text`, `spelling`) lies outside, and is read for a page's worth only. `words` is what is matched, by its
    index alone; `head` is what is ranked.
    """

    course = models.OneToOneField(Course, models.CASCADE, primary_key=True, related_name="document")
    kind = models.ForeignKey(FacetGroup, models.PROTECT, related_name="+", db_index=False)
    # How many learners the course had last night, which decides between equals.
    learners = models.PositiveIntegerField(default=0)
    # The PostgreSQL configuration that its words were stemmed by.
    config = models.CharField(max_length=20)
    # Unstemmed, for suggestions while typing.
    title = SearchVectorField()
    # Title A, summary and category B, description C.
    head = SearchVectorField()
    # The same with the text of published lessons, D.
    words = SearchVectorField()
    # The description without markup, to quote from.
    text = models.TextField(blank=True)
    # The words that anybody may read, which is all that a misspelling may be corrected to.
    spelling: "models.Field[list[str], list[str]]" = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = (
            # A list of entries to be sorted in later would be read by every search until then.
            GinIndex(Unpacked("words"), name="search_document_found", fastupdate=False),
            GinIndex(Unpacked("title"), name="search_document_begun", fastupdate=False),
            GinIndex(_weighing("{a}"), name="search_document_in_title", fastupdate=False),
            GinIndex(_weighing("{a,b}"), name="search_document_in_top", fastupdate=False),
            models.Index(fields=["config"], name="search_document_config"),
        )

    def __str__(self) -> str:
        return f"{self.course_id} ({self.config})"


class PassageQuerySet(models.QuerySet["Passage"]):
    def open_to(self, user: "User | None") -> "PassageQuerySet":
        """Those of lessons that this visitor may read, and so may see quoted.

        Of a course done in sequence a learner is quoted only what they have begun, so that nothing is given away.
        """
        if user is not None and user.is_admin:
            return self
        readable = open_lessons(user or AnonymousUser(), at=timezone.now()).filter(pk=OuterRef("lesson_id"))
        begun = Progress.objects.filter(user=user, lesson=OuterRef("lesson_id"))
        in_any_order = Q(lesson__preview=True) | Q(course__in_sequence=False)
        return self.filter(Exists(readable)).filter(in_any_order | Exists(begun))


class Passage(models.Model):
    """A published lesson's text, to quote from to those who may read it."""

    lesson = models.OneToOneField(Lesson, models.CASCADE, primary_key=True, related_name="+")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    words = SearchVectorField()
    text = models.TextField()

    objects = PassageQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.lesson_id)


class Word(models.Model):
    """A word that anybody may read in the catalogue, and in how many courses it stands."""

    word = models.TextField(primary_key=True)
    courses = models.IntegerField()

    def __str__(self) -> str:
        return self.word
