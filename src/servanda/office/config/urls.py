"""Every address: the pages under each language's prefix (English at the root), the API and the health check once."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from servanda.office.archive.views import oai, sitemap
from servanda.office.site.api import api
from servanda.office.site.views import api_docs, healthz

urlpatterns = [
    path("healthz", healthz),
    path("oai", oai),
    path("sitemap.xml", sitemap),
    path("sitemap-<str:part>.xml", sitemap),
    path("api/v1/", api.urls),
    path("api/docs", api_docs, name="api-docs"),
    *i18n_patterns(
        path("", include("servanda.office.site.urls")),
        path("", include("servanda.office.common.urls")),
        path("account/", include("allauth.account.urls")),
        path("account/2fa/", include("allauth.mfa.urls")),
        path("", include("servanda.office.contacts.urls")),
        path("", include("servanda.office.obligations.urls")),
        path("", include("servanda.office.finance.urls")),
        path("", include("servanda.office.reporting.urls")),
        path("", include("servanda.office.meetings.urls")),
        path("", include("servanda.office.archive.urls")),
        prefix_default_language=False,
    ),
]
