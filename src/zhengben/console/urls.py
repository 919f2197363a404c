"""The console's addresses."""

from django.urls import path

from zhengben.console import (
    brands, cases, disclosure, inbox, leads, notices, people, rail_view, rechecks, sign, sources, start,
)  # fmt: skip

urlpatterns = [
    path("", start.home),
    path("start/", start.start),
    path("rail/", rail_view.rail),
    path("sign-in/", sign.sign_in),
    path("welcome/<str:uid>/<str:token>/", sign.welcome),
    path("sign-out/", sign.sign_out),
    path("language/", sign.language),
    path("leads/", inbox.leads),
    path("leads/rows/", inbox.rows),
    path("leads/add/", leads.add),
    path("leads/<int:key>/", leads.lead),
    path("leads/<int:key>/case/", inbox.open_lead),
    path("leads/<int:key>/dismiss/", inbox.dismiss_lead),
    path("cases/", cases.case_list),
    path("cases/<str:number>/", cases.case),
    path("cases/<str:number>/verify/<int:turn>/", cases.verify),
    path("cases/<str:number>/package/<int:turn>/", cases.package),
    path("cases/<str:number>/picture/<int:turn>.png", cases.picture),
    path("cases/<str:number>/withdraw/", cases.withdraw),
    path("notices/", notices.queue),
    path("notices/<int:key>/", notices.notice),
    path("notices/<int:key>/sign/", notices.sign_notice),
    path("notices/<int:key>/approve/", notices.approve_notice),
    path("notices/<int:key>/reject/", notices.reject_notice),
    path("rechecks/", rechecks.rechecks),
    path("disclosure/", disclosure.disclosure),
    path("disclosure/print/", disclosure.printed),
    path("disclosure/<str:code>/", disclosure.figure),
    path("brands/", brands.brands),
    path("brands/<str:key>/", brands.brand),
    path("brands/<str:key>/renew/", brands.renew),
    path("sources/", sources.sources),
    path("people/", people.people),
    path("people/<int:key>/link/", people.new_link),
    path("people/<int:key>/leave/", people.leave),
]
