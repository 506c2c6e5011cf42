from django.urls import path

from . import views

urlpatterns = [
    path("finance/compare/", views.compare, name="compare"),
    path("finance/models/", views.own_form, name="own-model"),
    path("finance/models/add/", views.own_model, name="own-model-add"),
    path("finance/risk/", views.risk, name="risk"),
]
