"""Which courses are like which. SQL over whole tables, so that memory is PostgreSQL's to bound, and time is minutes.

Two signals. Of those who took a course, how many took the other (held back where few took both); and rare words that
titles, summaries and outcomes share (TF-IDF, the cosine over a course's most telling words), the more so the better
known the other course is. Both count in learners, so that they can be added; `bench/` says how well they do.
"""

from datetime import datetime, timedelta

from django.db import connection

NEAREST = 40
_LATELY = timedelta(days=90)

# Who took very many courses says little about any two of them, and costs the square: the latest 50 count.
_TAKEN = """
create temp table taken on commit drop as
select user_id, course_id from (
    select user_id, course_id, row_number() over (partition by user_id order by enrolled_at desc, id desc) as back
    from learning_enrolment where status <> 'cancelled'
) numbered where back <= 50
"""

_LEARNERS = """
create temp table learners on commit drop as
select c.id as course_id, count(taken.user_id)::float as number,
    count(taken.user_id)::float / greatest(1, max(count(taken.user_id)) over ()) as fame
from catalog_course c left join taken on taken.course_id = c.id where c.status = 'published' group by c.id
"""

_TOGETHER = """
create temp table together on commit drop as
select one.course_id, two.course_id as other_id, count(*)::float as number
from taken one join taken two on two.user_id = one.user_id and two.course_id > one.course_id
group by 1, 2 having count(*) > 1
"""

# Words that stand in more than a twentieth of the courses tell nothing apart.
_WORDS = """
create temp table words on commit drop as
with shelf as (
    select c.id, to_tsvector('simple', c.title || ' ' || c.summary || ' ' || c.outcomes::text) as text
    from catalog_course c where c.status = 'published'
),
found as (
    select shelf.id as course_id, word.lexeme, cardinality(word.positions) as often
    from shelf, unnest(shelf.text) word where length(word.lexeme) > 2
),
spread as (
    select lexeme, ln(1 + (select count(*) from shelf)::float / count(*)) as rarity
    from found group by lexeme
    having count(*) > 1 and count(*) <= greatest(20, (select count(*) from shelf) / 20)
),
weighed as (
    select course_id, lexeme, (1 + ln(often)) * rarity as weight,
        row_number() over (partition by course_id order by (1 + ln(often)) * rarity desc, lexeme) as place
    from found join spread using (lexeme)
)
select course_id, lexeme, weight / sqrt(sum(weight * weight) over (partition by course_id)) as weight
from weighed where place <= 12 and weight > 0
"""

_ALIKE = """
create temp table alike on commit drop as
select one.course_id, two.course_id as other_id, sum(one.weight * two.weight) as score
from words one join words two on two.lexeme = one.lexeme and two.course_id > one.course_id
group by 1, 2 having sum(one.weight * two.weight) > 0.1
"""

_NEAREST = """
insert into recommendation_likeness (course_id, other_id, together, words)
with signals as (
    select course_id, other_id, number as together, 0.0::float as words from together
    union all
    select course_id, other_id, 0, score from alike
),
pairs as (
    select course_id, other_id, sum(together) as together, sum(words) as words from signals group by 1, 2
),
mirrored as (
    select course_id, other_id, together, words from pairs
    union all
    select other_id, course_id, together, words from pairs
),
scaled as (
    select mirrored.course_id, other_id,
        together / (here.number + 10) / power(other.number + 10, 0.1) * together / (together + 2) as together,
        words * power(other.fame + 0.01, 0.7) as words
    from mirrored
    join learners here on here.course_id = mirrored.course_id
    join learners other on other.course_id = mirrored.other_id
),
ranked as (
    select scaled.*, row_number() over (
        partition by course_id order by together + {words} * words desc, other_id
    ) as place
    from scaled
)
select course_id, other_id, together, words from ranked where place <= %s
"""

_POPULAR = """
insert into recommendation_favourite (category_id, course_id, new, place, weight)
with lately as (
    select course_id, count(*) as number from learning_enrolment
    where enrolled_at > %s and status <> 'cancelled' group by course_id
),
ranked as (
    select c.category_id, c.id, coalesce(lately.number, 0) + ln(1 + c.enrolment_count) as fame, c.level
    from catalog_course c left join lately on lately.course_id = c.id
    where c.status = 'published'
),
placed as (
    select *, row_number() over (partition by category_id order by fame desc, id) as place,
        fame / greatest(1, sum(fame) over (partition by category_id)) as weight
    from ranked
)
select category_id, id, false, place, weight from placed where place <= 25
"""

_NEW = """
insert into recommendation_favourite (category_id, course_id, new, place, weight)
select category_id, id, true, place, 0.01 / place from (
    select category_id, id, row_number() over (partition by category_id order by published_at desc, id) as place
    from catalog_course where status = 'published' and published_at > %s
) newest where place <= 5
"""

# What a word in common weighs beside a learner in common.
WORDS_WEIGH = 0.1


def measure(now: datetime) -> None:
    """Work out anew which courses are alike, and which stand out on their shelves. Belongs in a transaction."""
    with connection.cursor() as cursor:
        # For this transaction alone; what needs more goes to disk.
        cursor.execute("set local work_mem = '64MB'")
        for making in (_TAKEN, _LEARNERS, "analyze taken", _TOGETHER, _WORDS, "analyze words", _ALIKE):
            cursor.execute(making)
        cursor.execute("delete from recommendation_likeness")
        cursor.execute(_NEAREST.format(words=WORDS_WEIGH), [NEAREST])
        cursor.execute("delete from recommendation_favourite")
        cursor.execute(_POPULAR, [now - _LATELY])
        cursor.execute(_NEW, [now - _LATELY / 3])
        cursor.execute("drop table taken, learners, together, words, alike")
        cursor.execute("analyze recommendation_likeness")
