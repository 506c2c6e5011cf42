from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("map.svg", views.world_map, name="map"),
    path("states/", views.states, name="states"),
    path("states/<str:iso3>/", views.state, name="state"),
    path("states/<str:iso3>/record/<str:table>/", views.facts, name="facts"),
    path("states/<str:iso3>/record/<str:table>/<int:number>/end/", views.fact_ended, name="fact-ended"),
    path("contradictions/", views.contradictions, name="contradictions"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/roles/<int:number>/end/", views.role_ended, name="role-ended"),
    path("about/", views.about, name="about"),
]
