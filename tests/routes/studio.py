"""Having courses written."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.routes.route import ADMIN, ADMIN_POST, JOB, NOBODY, SIGN_IN, Route, of, selected
from tests.world import World


def _day(world: World) -> dict[str, Any]:
    return {"job_id": world.job.id, "day": 1}


def _changed(world: World) -> dict[str, Any]:
    job = world.failed
    return {
        "topic": job.topic,
        "days": 3,
        "level": job.level,
        "category": str(job.category_id),
        "writer": job.writer,
    }


def _cited(world: World) -> dict[str, Any]:
    return {"slug": world.course.slug, "day": 1, "number": 1}


def _cited_in_draft(world: World) -> dict[str, Any]:
    return {"slug": world.draft.slug, "day": 1, "number": 1}


def _reference(world: World) -> dict[str, Any]:
    return {"reference_id": world.reference.id}


ROUTES: dict[str, Route] = {
    "studio:jobs": Route(get=ADMIN, post=ADMIN_POST, data=selected("cancel", "queued.id", confirmed="yes")),
    "studio:start": Route(get=ADMIN, post=(SIGN_IN, 403, 403, 422)),
    "studio:comparison": Route(
        get=ADMIN, query=lambda world: {"job": [str(world.job.id), str(world.failed.id)]}
    ),
    "studio:preparation": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=lambda world: {"job_id": world.failed.id}, data=_changed
    ),
    "studio:outline": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=of("job_id", "outlined.id"), data=lambda world: {"seen": "0", "do": "save"}
    ),
    "studio:reference": Route(get=ADMIN, kwargs=_reference),
    "studio:version-new": Route(
        post=ADMIN_POST, kwargs=of("reference_id", "revision.reference_id"),
        data=lambda world: {"file": SimpleUploadedFile("tides.md", b"# Tides\n\nThe sea rises twice a day.")},
    ),
    "studio:revision": Route(get=ADMIN, kwargs=of("revision_id", "revision.id")),
    "studio:revised-lesson": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=lambda world: {"revision_id": world.revision.id, "day": 1},
        data=lambda world: {"change": str(world.change.id), "decision": "decline"},
    ),
    "studio:page-image": Route(get=ADMIN, kwargs=lambda world: {**_reference(world), "page": 1, "size": "small"}),
    "studio:log": Route(get=ADMIN, kwargs=JOB),
    "studio:job": Route(get=ADMIN, kwargs=JOB),
    "studio:progress": Route(get=ADMIN, kwargs=JOB),
    "studio:cancellation": Route(post=ADMIN_POST, kwargs=of("job_id", "queued.id")),
    "studio:resumption": Route(post=ADMIN_POST, kwargs=of("job_id", "failed.id")),
    "studio:lesson-resumption": Route(
        post=ADMIN_POST, kwargs=lambda world: {"job_id": world.failed.id, "day": 1}
    ),
    "studio:rating": Route(post=ADMIN_POST, kwargs=JOB, data=lambda world: {"stars": "4"}),
    "studio:publication": Route(post=ADMIN_POST, kwargs=JOB),
    "studio:review": Route(get=ADMIN, kwargs=_day),
    "studio:reading": Route(post=(SIGN_IN, 403, 403, 204), kwargs=_day, data=lambda world: {"state": "read"}),
    "studio:passage-image": Route(get=(SIGN_IN, 403, 403, 404), kwargs=lambda world: {**_day(world), "number": 1}),
    "studio:source-access": Route(post=ADMIN_POST, kwargs=_day, data=lambda world: {"title": "Tides", "shown": "on"}),
    "sources:source": Route(get=(SIGN_IN, 200, 403, 200), kwargs=_cited),
    "sources:picture": Route(get=(SIGN_IN, 404, 403, 404), kwargs=lambda world: {**_cited(world), "size": "page"}),
    "studio:approval": Route(post=ADMIN_POST, kwargs=_day),
    "studio:proposal-new": Route(post=ADMIN_POST, kwargs=_day, data=lambda world: {"note": "Shorter."}),
    "studio:proposal": Route(
        get=ADMIN, post=ADMIN_POST, kwargs=of("proposal_id", "proposal.id"), data=lambda world: {"decision": "reject"}
    ),
}  # fmt: skip

HIDDEN: dict[str, Route] = {
    "sources:source": Route(get=NOBODY, kwargs=_cited_in_draft),
    "sources:picture": Route(get=NOBODY, kwargs=lambda world: {**_cited_in_draft(world), "size": "page"}),
}
