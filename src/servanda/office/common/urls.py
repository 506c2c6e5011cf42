from django.urls import path

from . import views

urlpatterns = [
    path("sign-in/", views.send_sign_in_link, name="sign-in"),
    path("sign-in/<str:token>/", views.sign_in_link, name="sign-in-link"),
    path("account/", views.account, name="account"),
    path("who-may-do-what/", views.who_may_do_what, name="who-may"),
    path("audit-trail/", views.audit_trail, name="audit-trail"),
]
