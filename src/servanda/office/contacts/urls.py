from django.urls import path

from . import views

urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/new/", views.person_new, name="person-new"),
    path("contacts/people/<int:number>/", views.person, name="person"),
    path("contacts/people/<int:number>/mark/", views.person_marked, name="person-marked"),
    path("contacts/people/<int:number>/posts/", views.post_added, name="post-added"),
    path("contacts/posts/<int:number>/", views.post_changed, name="post-changed"),
    path("contacts/lists/", views.lists, name="lists"),
    path("contacts/lists/<int:number>/", views.one_list, name="list"),
    path("contacts/opt-out/<str:token>/", views.opted_out, name="opt-out"),
]
