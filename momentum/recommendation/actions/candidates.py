"""What a learner might take next: the nearest of what they took, and what stands out on the shelves that they like.

One statement for many learners. What was taken lately weighs more than what was taken long ago, what was finished
more than what was begun. What was left still counts as taken, so it never comes back, but recommends nothing. A step
up from the level last finished is preferred, two steps aren't; after one course that follows from a course, the next
that follows from the same weighs less, so that a list isn't all of one kind.
"""

import uuid
from collections.abc import Sequence

from django.db import connection

from momentum.recommendation.actions.similarity import WORDS_WEIGH

KEPT = 10
# Of so many it is worked out what they follow from: variety brings none of those behind them to the front.
_LIKELY = 40

_CHOOSE = """
insert into recommendation_recommendation (learner_id, course_id, place, reason, because_id)
with taken as (
    select e.user_id, e.course_id, e.status, c.category_id, c.level,
        row_number() over (partition by e.user_id order by e.enrolled_at desc, e.id desc) as back
    from learning_enrolment e join catalog_course c on c.id = e.course_id
    where e.user_id = any(%(learners)s)
),
seeds as (
    select user_id, course_id, category_id, status,
        array_position(array['beginner', 'intermediate', 'advanced'], level::text) as level,
        case status when 'completed' then 1.0 else 0.8 end::float * power(0.85::float, back - 1) as weight
    from taken where status <> 'cancelled' and back <= 30
),
likes as (
    select user_id, category_id, sum(weight) / sum(sum(weight)) over (partition by user_id) as share
    from seeds group by user_id, category_id
),
reached as (
    select user_id, max(level) filter (where status = 'completed') as level from seeds group by user_id
),
signals as materialized (
    select s.user_id, l.other_id as course_id, s.course_id as because_id, s.status, s.level as from_level,
        s.weight * l.together as together, s.weight * {words} * l.words as words, 0.0 as fame, false as new
    from seeds s join recommendation_likeness l on l.course_id = s.course_id
    union all
    select k.user_id, f.course_id, null, null, null, 0, 0,
        k.share * f.weight, f.new
    from likes k join recommendation_favourite f on f.category_id = k.category_id
),
summed as (
    select user_id, course_id, sum(together + words + fame) as score,
        sum(together) > 2 * sum(words) as mostly_together,
        sum(fame) > 5 * sum(together + words) as mostly_fame, bool_or(new) as new
    from signals group by user_id, course_id
),
weighed as (
    select m.*, c.category_id,
        array_position(array['beginner', 'intermediate', 'advanced'], c.level::text) as level,
        m.score * case array_position(array['beginner', 'intermediate', 'advanced'], c.level::text)
            - coalesce(r.level, 1) when 0 then 1.0 when 1 then 1.05 when 2 then 0.7 else 0.9 end as value
    from summed m
    join reached r using (user_id)
    join catalog_course c on c.id = m.course_id and c.status = 'published'
    join catalog_category shelf on shelf.id = c.category_id and shelf.active
    where not exists (select from taken where taken.user_id = m.user_id and taken.course_id = m.course_id)
),
likely as materialized (
    select * from (
        select weighed.*, row_number() over (partition by user_id order by value desc, course_id) as back from weighed
    ) ranked where back <= %(likely)s
),
because as (
    select distinct on (user_id, course_id) user_id, course_id, because_id, status, from_level
    from signals where because_id is not null and (user_id, course_id) in (select user_id, course_id from likely)
    order by user_id, course_id, together + words desc, because_id
),
varied as (
    select likely.*, because_id, status, from_level, value * power(0.92, row_number() over (
        partition by user_id, because_id order by value desc, course_id
    ) - 1) as worth
    from likely left join because using (user_id, course_id)
),
placed as (
    select varied.*, row_number() over (partition by user_id order by worth desc, course_id) as place from varied
)
select user_id, course_id, place,
    case
        when mostly_fame or because_id is null then case when new then 'new' else 'popular' end
        when status = 'completed' and level = from_level + 1 then 'step'
        when mostly_together then 'together'
        when status = 'completed' then 'finished'
        else 'taking'
    end as reason,
    case when mostly_fame then null else because_id end as because_id
from placed where place <= %(kept)s
"""

# Each shelf's best after another, beginners' courses first.
_NEWCOMERS = """
insert into recommendation_recommendation (learner_id, course_id, place, reason, because_id)
select null, course_id, row_number() over (order by turn, enrolment_count desc, course_id), 'popular', null from (
    select f.course_id, c.enrolment_count, row_number() over (
        partition by f.category_id order by c.level <> 'beginner', f.place
    ) as turn
    from recommendation_favourite f
    join catalog_course c on c.id = f.course_id
    join catalog_category shelf on shelf.id = f.category_id and shelf.active
    where not f.new
) standing order by 3 limit %s
"""


def choose(learners: Sequence[uuid.UUID]) -> None:
    """Work out anew what is recommended to these learners. Belongs in a transaction."""
    ids = list(learners)
    with connection.cursor() as cursor:
        # Two runs that meet at one learner take turns, so that the second finds what the first wrote.
        cursor.execute("select 1 from accounts_user where id = any(%s) order by id for no key update", [ids])
        cursor.execute("delete from recommendation_recommendation where learner_id = any(%s)", [ids])
        # For this transaction alone: what a batch of learners is sorted in.
        cursor.execute("set local work_mem = '64MB'")
        cursor.execute(_CHOOSE.format(words=WORDS_WEIGH), {"learners": ids, "kept": KEPT, "likely": _LIKELY})


def choose_for_newcomers() -> None:
    """Work out anew what is recommended to who has taken nothing yet. Belongs in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("delete from recommendation_recommendation where learner_id is null")
        cursor.execute(_NEWCOMERS, [KEPT])
