"""The public's addresses, under /check/."""

from django.urls import path

from zhengben.portal import check, follow, report

urlpatterns = [
    path("", check.ask),
    path("card/", check.card),
    path("report/", report.report),
    path("follow/", follow.follow),
]
