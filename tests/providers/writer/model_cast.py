"""What the tests of the model writer share: models of each protocol, a reference, and a request."""

from momentum.providers.documents import Document, OutlineEntry, Page
from momentum.providers.writer import CourseRequest
from momentum.providers.writer.model import ModelConfig, ModelWriter, build_writer
from tests.providers.fake_models import FakeModels
from tests.providers.prose import CHAPTERS

KEY = "sk-very-secret-1234567890"
MODELS = {
    "anthropic": "anthropic:claude-sonnet-4-6",
    "bedrock": "bedrock:global.anthropic.claude-sonnet-4-6",
    "openai": "openai:gpt-4o-mini",
}
REQUEST = CourseRequest(topic="Keeping bees", audience="gardeners", days=3, tone="calm", level="beginner")


def book(*extra: str) -> Document:
    """A page for each chapter, then a page for each extra text."""
    pages = [f"{title}\n\n{'\n\n'.join(paragraphs)}" for title, paragraphs in CHAPTERS.items()] + list(extra)
    return Document(
        title="A Handbook of Bees",
        pages=[Page(number=number, text=text) for number, text in enumerate(pages, 1)],
        outline=[OutlineEntry(level=0, title=title, page=number) for number, title in enumerate(CHAPTERS, 1)],
        words=sum(len(page.split()) for page in pages),
    )


def config(fake: FakeModels, wire: str, *, timeout: float = 20.0, retries: int = 2) -> ModelConfig:
    """Bedrock gets its keys from AWS's variables, which the fixture sets: botocore wants HTTPS for others."""
    return ModelConfig(
        base_url=fake.base_url(wire),
        api_key="" if wire == "bedrock" else KEY,
        timeout=timeout,
        retries=retries,
    )


def writer_on(
    fake: FakeModels, wire: str = "openai", *, timeout: float = 20.0, retries: int = 2
) -> ModelWriter:
    """A writer whose model is the fake."""
    return build_writer(MODELS[wire], config(fake, wire, timeout=timeout, retries=retries))
