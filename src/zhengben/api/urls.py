"""The interface's addresses, under /api/v1/."""

from django.urls import path

from zhengben.api import cases, check, disclosure, index

urlpatterns = [
    path("", index.index),
    path("check", check.check),
    path("cases", cases.case_list),
    path("cases/<str:number>", cases.one_case),
    path("disclosure", disclosure.disclosure),
]
