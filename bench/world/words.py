"""What the made-up courses are about, and the sentences that they are made of."""

import random

# Slugs of the seeded categories, and subjects in each.
SUBJECTS: dict[str, str] = {
    "business-leadership": (
        "delegation meetings pricing hiring strategy negotiation budgeting onboarding feedback mentoring sales"
        " logistics accounting retention planning forecasting contracts founders boards metrics culture remote"
        " marketing branding"
    ),
    "personal-development": (
        "habits focus procrastination journaling memory gratitude confidence decisions mornings goals reading"
        " patience boundaries discipline curiosity kindness solitude resilience perfectionism minimalism savings"
        " learning purpose courage"
    ),
    "technology-data": (
        "python databases spreadsheets statistics networks encryption testing algorithms dashboards linux"
        " containers typography regex debugging queues caching graphs probability robots sensors sql privacy"
        " automation forecasting"
    ),
    "health-wellness": (
        "sleep stretching running breathing nutrition posture hydration meditation strength balance swimming"
        " walking migraines stress allergies cooking fasting yoga cycling knees shoulders ageing sunlight rest"
    ),
    "creative-skills": (
        "drawing watercolour lettering photography poetry pottery piano guitar knitting collage storytelling"
        " animation woodwork gardening embroidery singing printmaking portraits perspective colour composition"
        " improvisation screenwriting origami"
    ),
    "communication": (
        "listening presenting writing email interviews apologies conflict rhetoric questions small-talk humour"
        " body-language debate empathy persuasion summaries translation moderation storytelling speeches silence"
        " letters phone-calls networking"
    ),
}
_FIRST = "Practical Everyday Quiet Honest Simple Better Steady Thoughtful Lighter Clearer Braver Slow".split()
_THEN = (
    "from the beginning|for busy people|one step a day|without fuss|that lasts|in ten minutes|with others|done well"
    "|for beginners|in practice|made simple|on your own|in small steps|for a lifetime|again|by doing"
).split("|")
_PLAIN = (
    "today notice small change write down what happened compare before after choose one thing practise slowly repeat"
    " ask somebody explain why matters example common mistake remember first second finally begin again keep short"
    " list tomorrow evening measure progress rule exception question answer moment effort result pattern reason"
).split()
NAMES = (
    "Ada Amara Ben Carla Chidi Dana Elif Emil Farah Femi Grace Hana Ines Ivan Jonas Kemi Lars Lena Mei Milo Nadia"
    " Noor Omar Pia Priya Quinn Rosa Sami Sofia Tomas Uma Vera Wen Yara Zoe"
).split()
FAMILIES = (
    "Abara Bauer Costa Diaz Eriksen Fofana Garcia Haddad Ito Jansen Khan Lind Moreau Nair Okoye Petrov Quist Rossi"
    " Silva Tanaka Ueda Vogt Weber Xu Yilmaz Zuniga"
).split()


def title(chance: random.Random, subject: str) -> str:
    """Return a title on this subject."""
    return f"{chance.choice(_FIRST)} {subject.replace('-', ' ')} {chance.choice(_THEN)}"


def dialect(chance: random.Random, subject: str) -> list[str]:
    """Return the words that courses on this subject use more than others do."""
    stem = subject.split("-")[0]
    ends = ("craft", "work", "wise", "side", "path", "point", "line", "form", "mark", "ground")
    return [subject.replace("-", " "), *(stem + end for end in chance.sample(ends, 6))]


def sentence(chance: random.Random, dialect: list[str]) -> str:
    """Return a sentence that isn't worth reading."""
    words = chance.choices(_PLAIN, k=9) + chance.choices(dialect, k=3)
    chance.shuffle(words)
    return " ".join(words).capitalize() + "."


def lesson_text(chance: random.Random, paragraphs: list[str]) -> str:
    """Return the text of a lesson, of about 450 words."""
    parts = chance.sample(paragraphs, 8)
    return (
        f"{parts[0]}{parts[1]}<h2>What to look for</h2>{parts[2]}{parts[3]}{parts[4]}"
        f"<h2>Try it</h2>{parts[5]}{parts[6]}<h2>Tomorrow</h2>{parts[7]}"
    )


def paragraphs(chance: random.Random, dialect: list[str], number: int = 24) -> list[str]:
    """Return paragraphs that lessons on one subject are put together from."""
    return [f"<p>{' '.join(sentence(chance, dialect) for _ in range(5))}</p>" for _ in range(number)]


def vocabulary() -> list[str]:
    """Return the words that every sentence is made of."""
    return sorted(set(_PLAIN))
