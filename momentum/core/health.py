"""Is this process alive, and can it serve?"""

import shutil

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from momentum.core import static_files
from momentum.core.durable import late_queues, workers_running

# With less, nothing can be kept that people send. (`momentum doctor` complains much earlier.)
FULL_DISK_BYTES = 100_000_000


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process runs; touches nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be served, else 503 saying what is missing.

    That is: the database answers and is migrated, static files are there, and there is room on the disk.

    `workers` is how many are alive; pages can be served with none. `late_queues`, where there are any, says for how
    many seconds the first in each has waited.
    """
    if shutil.disk_usage(settings.MOMENTUM_HOME).free < FULL_DISK_BYTES:
        return JsonResponse({"status": "unavailable", "disk": "full"}, status=503)
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    if waiting:
        return JsonResponse({"status": "unavailable", "database": "not migrated"}, status=503)
    if not static_files.are_collected():
        missing = {"status": "unavailable", "database": "ok", "static_files": "not collected"}
        return JsonResponse(missing, status=503)
    ready: dict[str, object] = {"status": "ready", "database": "ok", "workers": workers_running()}
    if late := late_queues():
        ready["late_queues"] = {queue.queue: queue.seconds for queue in late}
    return JsonResponse(ready)
