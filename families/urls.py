from django.urls import path

from families.views import family

urlpatterns = [
    path("mijn/gezin/", family.family_edit, name="family_edit"),
    path("mijn/gegevens/", family.data_show, name="data_show"),
    path("mijn/gegevens.json", family.data_download, name="data_download"),
    path("mijn/wissen/", family.account_erase, name="account_erase"),
]
