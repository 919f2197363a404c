"""The interface's addresses, under /api/v1/."""

from django.urls import path

from zhengben.api import check, disclosure

urlpatterns = [path("check", check.check), path("disclosure", disclosure.disclosure)]
