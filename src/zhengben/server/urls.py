"""Every address of the product: the console at the root, the public's page, the machine's answers, and health."""

from django.urls import include, path

from zhengben.server import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("check/", include("zhengben.portal.urls")),
    path("api/v1/", include("zhengben.api.urls")),
    path("", include("zhengben.console.urls")),
]

handler400 = "zhengben.server.errors.bad_request"
handler403 = "zhengben.server.errors.forbidden"
handler404 = "zhengben.server.errors.not_found"
handler500 = "zhengben.server.errors.broken"
